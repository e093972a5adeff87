/** Numbers and addresses as one compares them: a target may write them in any form that the API takes. */

/** `+86-15201657312`, and an address in lower case; what is neither stays as it is. */
export function canonical(receiver: string): string {
  if (receiver.includes("@")) return receiver.toLowerCase();
  const national = /^(?:\+86)?-?(1\d{10})$/.exec(receiver)?.[1];
  return national === undefined ? receiver : `+86-${national}`;
}

/** The number without its area code. */
export function nationalPart(mobile: string): string {
  return canonical(mobile).replace(/^\+\d+-/, "");
}
