/** What a password may not be. Each rule is a fact about a text; which of them are asked, and in which order, is the spec's. */

/** Shorter parts of an identity would forbid too much; source: inferred. */
const SHORTEST_PART = 3;

/** Whether the user name, three characters or more, stands in the password back to front; case does not matter. */
export function containsReversed(password: string, username: string | undefined): boolean {
  return username !== undefined && containsPart(password, charactersOf(username).reverse().join(""));
}

/** Whether the part, three characters or more, stands in the password; case does not matter. */
export function containsPart(password: string, part: string | undefined): boolean {
  if (part === undefined || lengthOf(part) < SHORTEST_PART) return false;
  return lowerCase(password).includes(lowerCase(part));
}

/** How many of upper case, lower case, digits and special characters occur. */
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

/** Characters as a person counts them: an emoji is one, however many code units it takes. source: inferred. */
function charactersOf(text: string): string[] {
  return Array.from(graphemes.segment(text), ({ segment }) => segment);
}

const graphemes = new Intl.Segmenter();

export function isListed(password: string, list: readonly string[]): boolean {
  const lower = lowerCase(password);
  return list.some((weak) => lowerCase(weak) === lower);
}

/** Letter by letter: the lower case of a whole text depends on what stands beside a letter (the Greek sigma). */
function lowerCase(text: string): string {
  return Array.from(text, (letter) => letter.toLowerCase()).join("");
}
