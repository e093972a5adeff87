/** Who is signed in. Survives a reload; whoever shows it listens for `session` events of the document. */

export interface Session {
  readonly idToken: string;
  /** As it was typed, with or without the area code. */
  readonly mobile: string;
}

const KEY = "session";

export function session(): Session | undefined {
  const kept = localStorage.getItem(KEY);
  // Nobody but `setSession` writes it.
  return kept === null ? undefined : (JSON.parse(kept) as Session);
}

/** undefined signs out. */
export function setSession(next: Session | undefined): void {
  if (next === undefined) localStorage.removeItem(KEY);
  else localStorage.setItem(KEY, JSON.stringify(next));
  document.dispatchEvent(new Event("session"));
}
