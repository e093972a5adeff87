/** The signed-in account. Survives a reload; views listen for `session` events of the document. */

export interface Session {
  readonly idToken: string;
  /** As typed, with or without the area code. */
  readonly mobile: string;
}

const KEY = "session";

export function session(): Session | undefined {
  const kept = localStorage.getItem(KEY);
  // Only `setSession` writes it.
  return kept === null ? undefined : (JSON.parse(kept) as Session);
}

/** undefined logs out. */
export function setSession(next: Session | undefined): void {
  if (next === undefined) localStorage.removeItem(KEY);
  else localStorage.setItem(KEY, JSON.stringify(next));
  document.dispatchEvent(new Event("session"));
}
