/** Makes text of unknown origin safe to look at. Knows no format; each one still escapes in its own way. */

/** Controls, invisible and direction-changing characters, halves of surrogate pairs, and what XML 1.0 cannot hold. */
const unseen = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\uFFFE\uFFFF]/gu;

const shortForms: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** Line feeds and tabs stay; whatever else a reader would not see, or a terminal would obey, is spelled out. */
export function visible(text: string): string {
  return text.replace(unseen, (character) =>
    character === "\n" || character === "\t" ? character : spelled(character),
  );
}

/** The same on one line. */
export function oneLine(text: string): string {
  return text.replace(unseen, spelled);
}

/** The beginning of a long text, and how much is missing. */
export function cut(text: string, longest: number): string {
  if (text.length <= longest) return text;
  const end = isHighSurrogate(text.charCodeAt(longest - 1)) ? longest - 1 : longest;
  return `${text.slice(0, end)} … (${text.length - end} more characters)`;
}

function spelled(character: string): string {
  const code = (character.codePointAt(0) ?? 0).toString(16);
  return shortForms[character] ?? (code.length > 4 ? `\\u{${code}}` : `\\u${code.padStart(4, "0")}`);
}

function isHighSurrogate(code: number): boolean {
  return code >= 0xd800 && code <= 0xdbff;
}
