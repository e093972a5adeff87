/** Pieces of GitHub's Markdown in which text of unknown origin stays text. Knows no report. */
import { cut, oneLine, visible } from "./visible-text.ts";

const LONGEST_LINE = 300;

/** Whatever means something in Markdown or HTML; a dash, a dot or a slash within a line does not. */
const structural = /[!-&(-+:<-@[-`{-~]/g;

/** Never the first of a line, where dashes and digits would begin a list. */
export function inline(text: string): string {
  const entities = oneLine(cut(text, LONGEST_LINE)).replace(structural, (character) => `&#${character.charCodeAt(0)};`);
  // GitHub looks for addresses, people and issues in the finished text, where an entity no longer protects.
  return entities.replace(/&#(?:35|64);/g, "$&&#8203;").replace(/(?<=www)\./gi, "&#46;");
}

export function code(text: string): string {
  return `<code>${inline(text) || " "}</code>`;
}

/** GitHub offers to copy it; no fence that the text may contain is as long as this one. */
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

/** As many whole pieces as fit, and a last one that says how many do not. */
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
  const why = "for the summary of a step holds 1 MiB at most";
  return `The rest (${count} parts) is left out here, ${why}; the JSON and HTML reports have it all.`;
}
