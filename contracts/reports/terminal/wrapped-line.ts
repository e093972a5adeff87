/** Breaks a line that is too long for a terminal; the rest is indented as far as the line's own beginning. */

const COLUMNS = 120;

/** Two blanks keep the parts apart; within a part, a line may end after a comma only. */
export function wrappedLine(start: string, parts: readonly string[]): string {
  const lines: string[] = [];
  let line = start;
  for (const { gap, word } of parts.flatMap(words)) {
    if (line === start) line += word;
    else if (line.length + gap.length + word.length <= COLUMNS) line += gap + word;
    else {
      lines.push(line);
      line = " ".repeat(start.length) + word;
    }
  }
  return [...lines, line.trimEnd()].join("\n");
}

function words(part: string): { gap: string; word: string }[] {
  return part.split(/(?<=,) /).map((word, index) => ({ gap: index === 0 ? "  " : " ", word }));
}
