/** The password rules, each a pure function of its arguments. The spec says which rules an operation checks, and in which order. */
import type { Policy } from "./policy.ts";

/** source: inferred. Shorter parts of an identity would rule out too many passwords. */
const SHORTEST_PART = 3;

type IdentityRules = Pick<Policy, "password_identity_ignores_case" | "password_reversed_username">;

/** Whether the password contains the reversed user name of three characters or more, or is equal to it. */
export function hasReversed(password: string, username: string | undefined, policy: IdentityRules): boolean {
  if (username === undefined) return false;
  const reversed = charactersOf(username).reverse().join("");
  if (policy.password_reversed_username === "contained") return containsPart(password, reversed, policy);
  const ignoresCase = policy.password_identity_ignores_case;
  return compared(password, ignoresCase) === compared(reversed, ignoresCase);
}

/** Whether the password contains the part of three characters or more. */
export function containsPart(
  password: string,
  part: string | undefined,
  { password_identity_ignores_case: ignoresCase }: Pick<IdentityRules, "password_identity_ignores_case">,
): boolean {
  if (part === undefined || lengthOf(part) < SHORTEST_PART) return false;
  return compared(password, ignoresCase).includes(compared(part, ignoresCase));
}

/** How many of the four classes occur: upper case, lower case, digits, special characters. */
export function classesOf(password: string): number {
  return [/[A-Z]/, /[a-z]/, /\d/, /[^A-Za-z\d]/].filter((kind) => kind.test(password)).length;
}

/** How often one character repeats: in its longest run, or in the whole password. */
export const repeatsOf: Readonly<Record<Policy["password_repeat_counting"], (password: string) => number>> = {
  run: longestRun,
  total: mostOccurrences,
};

function mostOccurrences(password: string): number {
  const counts = new Map<string, number>();
  for (const character of charactersOf(password)) counts.set(character, (counts.get(character) ?? 0) + 1);
  return Math.max(0, ...counts.values());
}

function longestRun(password: string): number {
  let longest = 0;
  let run = 0;
  let previous: string | undefined;
  for (const character of charactersOf(password)) {
    run = character === previous ? run + 1 : 1;
    previous = character;
    longest = Math.max(longest, run);
  }
  return longest;
}

export function lengthOf(password: string): number {
  return charactersOf(password).length;
}

/** Characters as a reader counts them: an emoji is one character, whatever its number of code units. source: inferred. */
function charactersOf(text: string): string[] {
  graphemes ??= new Intl.Segmenter();
  return Array.from(graphemes.segment(text), ({ segment }) => segment);
}

/** Made with the first password, because it takes as long as loading many modules. */
let graphemes: Intl.Segmenter | undefined;

export function isWeak(
  password: string,
  { password_weak_list: list, password_weak_list_ignores_case: ignoresCase }: Policy,
): boolean {
  const wanted = compared(password, ignoresCase);
  return list.some((weak) => compared(weak, ignoresCase) === wanted);
}

function compared(text: string, ignoresCase: boolean): string {
  return ignoresCase ? lowerCase(text) : text;
}

/** Letter by letter: in a whole text the lower case of a letter can depend on its neighbours (the Greek sigma). */
function lowerCase(text: string): string {
  return Array.from(text, (letter) => letter.toLowerCase()).join("");
}
