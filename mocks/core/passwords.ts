/** The password rules, each a pure function of the text. The spec says which rules an operation checks, and in which order. */

/** source: inferred. Shorter parts of an identity would rule out too many passwords. */
const SHORTEST_PART = 3;

/** Whether the password contains the reversed user name of three characters or more. Ignores case. */
export function containsReversed(password: string, username: string | undefined): boolean {
  return username !== undefined && containsPart(password, charactersOf(username).reverse().join(""));
}

/** Whether the password contains the part of three characters or more. Ignores case. */
export function containsPart(password: string, part: string | undefined): boolean {
  if (part === undefined || lengthOf(part) < SHORTEST_PART) return false;
  return lowerCase(password).includes(lowerCase(part));
}

/** How many of the four classes occur: upper case, lower case, digits, special characters. */
export function classesOf(password: string): number {
  return [/[A-Z]/, /[a-z]/, /\d/, /[^A-Za-z\d]/].filter((kind) => kind.test(password)).length;
}

export function longestRun(password: string): number {
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
  return Array.from(graphemes.segment(text), ({ segment }) => segment);
}

const graphemes = new Intl.Segmenter();

export function isListed(password: string, list: readonly string[]): boolean {
  const lower = lowerCase(password);
  return list.some((weak) => lowerCase(weak) === lower);
}

/** Letter by letter: in a whole text the lower case of a letter can depend on its neighbours (the Greek sigma). */
function lowerCase(text: string): string {
  return Array.from(text, (letter) => letter.toLowerCase()).join("");
}
