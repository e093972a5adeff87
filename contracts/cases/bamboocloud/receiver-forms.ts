/** The forms of a number and of an address; all mean the same receiver. */
import { inferred } from "../../spec/basis.ts";
import { canonical, nationalPart } from "../../world/receivers.ts";
import { NotApplicable } from "../../world/world.ts";

/** The list of country codes shows rules for numbers. The pages of the operations do not say which forms they accept. */
export const ANY_FORM = inferred(
  "The page of the operation does not say which forms of a number or address it accepts.",
);

/** Three forms of the same receiver, the plainest first. */
export type Forms = readonly [plain: string, other: string, third: string];

/** The documented rule allows all three. */
export function formsOfMobile(mobile: string): Forms {
  if (!canonical(mobile).startsWith("+86-"))
    throw new NotApplicable("no document shows other forms for the country of the target's numbers");
  const national = nationalPart(mobile);
  return [national, `+86-${national}`, `+86${national}`];
}

export function otherFormsOfMobile(mobile: string): readonly string[] {
  return formsOfMobile(mobile).filter((form) => form !== mobile);
}

/** Inferred: the documents do not mention case. */
export function formsOfEmail(email: string): Forms {
  const plain = email.toLowerCase();
  return [plain, plain.toUpperCase(), plain.replace(/^./, (first) => first.toUpperCase())];
}

/**
 * Pairs of forms: one for the receiver of the code, one for the request. Each form in either role, with a new receiver
 * for each pair.
 */
export async function rolesOf(
  formsOf: (receiver: string) => Forms,
  fresh: () => Promise<string>,
): Promise<readonly (readonly [sentTo: string, written: string])[]> {
  const roles: [string, string][] = [];
  for (const at of [1, 2] as const) {
    const [one, other] = [formsOf(await fresh()), formsOf(await fresh())];
    roles.push([one[0], one[at]], [other[at], other[0]]);
  }
  return roles;
}
