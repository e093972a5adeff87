/** Which texts can be a control token. Every adapter, the client and the command line apply this rule. */

/** Visible ASCII, with blanks only between. HTTP strips outer blanks, and a header cannot hold other characters. */
const SENDABLE = /^[!-~]+(?: +[!-~]+)*$/;

/** A longer token would not leave room for the other headers of a request. */
const LONGEST = 4_096;

/** What is wrong with the token; undefined for a valid one. Never shows the token. */
export function controlTokenProblem(token: string): string | undefined {
  if (typeof token !== "string") return "the control token must be a text";
  if (token === "") return "the control token is empty: set a text, or leave it out";
  if (token.trim() === "") return "the control token has blanks only: set a text, or leave it out";
  if (token.trim() !== token) return "the control token begins or ends with a blank or a line break: remove it";
  if (token.length > LONGEST) return `the control token has ${token.length} characters: use at most ${LONGEST}`;
  if (SENDABLE.test(token)) return undefined;
  return "the control token has characters that a header cannot hold: use ASCII letters, digits and punctuation";
}

/** Throws for a text that cannot be a control token. Without a token there is nothing to check. */
export function assertControlToken(token: string | undefined): void {
  const problem = token === undefined ? undefined : controlTokenProblem(token);
  if (problem !== undefined) throw new Error(problem);
}
