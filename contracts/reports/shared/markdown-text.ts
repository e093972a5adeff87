/** Pieces of GitHub Markdown. Escapes text of unknown origin. */
import { cut, oneLine, visible } from "./visible-text.ts";

const LONGEST_LINE = 300;

/** Every character with a meaning in Markdown or HTML. A dash, dot or slash inside a line has none. */
const structural = /[!-&(-+:<-@[-`{-~]/g;

/** The text never starts a line, where dashes and digits would begin a list. */
export function inline(text: string): string {
  const entities = oneLine(cut(text, LONGEST_LINE)).replace(structural, (character) => `&#${character.charCodeAt(0)};`);
  // GitHub links addresses, users and issues in the rendered text, where entities no longer protect them.
  return entities.replace(/&#(?:35|64);/g, "$&&#8203;").replace(/(?<=www)\./gi, "&#46;");
}

export function code(text: string): string {
  return `<code>${inline(text) || " "}</code>`;
}

/** GitHub adds a copy button to a fence. This fence is longer than any fence in the text. */
export function fenced(text: string, language: "sh" | "text" = "text"): string {
  let longest = 2;
  for (const [run] of text.matchAll(/`+/g)) longest = Math.max(longest, run.length);
  const fence = "`".repeat(longest + 1);
  return `${fence}${language}\n${visible(text)}\n${fence}`;
}

export function foldable(summary: string, ...content: readonly string[]): string {
  return [
    "<details>",
    `<summary>${summary}</summary>`,
    "",
    ...content.flatMap((part) => [part, ""]),
    "</details>",
    "",
  ].join("\n");
}

export function tableRow(cells: readonly (string | number)[]): string {
  return `| ${cells.join(" | ")} |`;
}

/** As many whole pieces as fit, and a last one that counts the rest. */
export function within(pieces: readonly string[], bytes: number): string[] {
  const encoder = new TextEncoder();
  let room = bytes;
  for (const [index, piece] of pieces.entries()) {
    room -= encoder.encode(piece).length + 1;
    if (room < 0) return [...pieces.slice(0, index), `\n${leftOut(pieces.length - index)}\n`];
  }
  return [...pieces];
}

function leftOut(count: number): string {
  const why = "because the summary of a step holds at most 1 MiB";
  return `The rest (${count} ${count === 1 ? "part" : "parts"}) is not shown, ${why}. See the JSON or HTML report.`;
}
