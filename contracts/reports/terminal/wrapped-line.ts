/** Breaks a line that is too long for a terminal, and indents the rest by the length of the line's own prefix. */

const COLUMNS = 120;

/** Two spaces separate the parts. Inside a part, a line may break only after a comma. */
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
