/** Makes text of unknown origin safe to look at. Each format still escapes in its own way. */

/**
 * Control characters, invisible characters, changes of text direction, lone surrogates, and characters that XML 1.0
 * forbids.
 */
const unseen = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\uFFFE\uFFFF]/gu;

const shortForms: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** Keeps line feeds and tabs, and escapes every other character that a reader cannot see or a terminal would obey. */
export function visible(text: string): string {
  return text.replace(unseen, (character) =>
    character === "\n" || character === "\t" ? character : spelled(character),
  );
}

/** The same, on one line. */
export function oneLine(text: string): string {
  return text.replace(unseen, spelled);
}

/**
 * Breaks the commands that a CI system reads from output. GitHub obeys lines that begin with "::"; GitHub, Azure and TeamCity obey
 * "##[", "##vso[" and "##teamcity[" anywhere in a line; Buildkite begins a section with "---", "+++" or "~~~". GitLab and Travis
 * need control characters, which `visible` has escaped.
 */
export function withoutCommands(text: string): string {
  return text
    .replace(/^([^\S\n]*):(?=:)/gm, "$1: ")
    .replace(/##(?=[\w-]*\[)/g, "## ")
    .replace(/^(?=(?:---|\+\+\+|~~~|\^\^\^)\s)/gm, " ");
}

/** JSON of the same meaning in which each character can be seen. */
export function visibleJson(json: string): string {
  return json.replace(unseen, (character) => (character === "\n" ? character : character.split("").map(unit).join("")));
}

function unit(half: string): string {
  return `\\u${half.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

/** The beginning of a long text, and how many characters follow. */
export function cut(text: string, longest: number): string {
  const start = beginning(text, longest);
  return start === text ? text : `${start} … (${text.length - start.length} more characters)`;
}

/** The same, without the count, for a short space. */
export function clipped(text: string, longest: number): string {
  const start = beginning(text, longest);
  return start === text ? text : `${start}…`;
}

function beginning(text: string, longest: number): string {
  const splits = text.length > longest && isHighSurrogate(text.charCodeAt(longest - 1));
  return text.slice(0, splits ? longest - 1 : longest);
}

function spelled(character: string): string {
  const code = (character.codePointAt(0) ?? 0).toString(16);
  return shortForms[character] ?? (code.length > 4 ? `\\u{${code}}` : `\\u${code.padStart(4, "0")}`);
}

function isHighSurrogate(code: number): boolean {
  return code >= 0xd800 && code <= 0xdbff;
}
