/**
 * Makes text of unknown origin safe to print. contracts/reports/shared/visible-text.ts has the same rules, because the contract
 * suite shares no code with the mock. One table of examples tests both.
 */

/** Control characters, invisible characters, changes of text direction, lone surrogates, and noncharacters. */
const unseen = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\uFFFE\uFFFF]/gu;

const shortForms: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** Text for one line: escapes each character that a reader cannot see or a terminal would obey. */
export function oneLine(text: string): string {
  return withoutCommands(text.replace(unseen, spelled));
}

/** Text of several lines: the same, but keeps line feeds and tabs. */
export function printable(text: string): string {
  const visible = text.replace(unseen, (character) =>
    character === "\n" || character === "\t" ? character : spelled(character),
  );
  return withoutCommands(visible);
}

function spelled(character: string): string {
  const code = (character.codePointAt(0) ?? 0).toString(16);
  return shortForms[character] ?? (code.length > 4 ? `\\u{${code}}` : `\\u${code.padStart(4, "0")}`);
}

/**
 * Breaks the commands that a CI system reads from output. GitHub obeys lines that begin with "::"; GitHub, Azure and TeamCity obey
 * "##[", "##vso[" and "##teamcity[" anywhere in a line; Buildkite begins a section with "---", "+++" or "~~~". GitLab and Travis
 * need control characters.
 */
function withoutCommands(text: string): string {
  return text
    .replace(/^([^\S\n]*):(?=:)/gm, "$1: ")
    .replace(/##(?=[\w-]*\[)/g, "## ")
    .replace(/^(?=(?:---|\+\+\+|~~~|\^\^\^)\s)/gm, " ");
}
