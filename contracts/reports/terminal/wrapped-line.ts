/** Breaks a line that is too long for a terminal, and indents the rest by the length of the line's own prefix. */

const COLUMNS = 120;

interface Word {
  /** The blanks before it, if it does not begin a line. */
  readonly gap: string;
  readonly word: string;
}

/** Two spaces separate the parts. Inside a part, a line may break only after a comma. */
export function wrappedLine(start: string, parts: readonly string[]): string {
  return wrapped(
    start,
    parts.flatMap((part) => words(part, /(?<=,) /, "  ")),
  );
}

/** A sentence: a line may break at every space. The rest is indented further than the prefix. */
export function wrappedText(start: string, text: string): string {
  return wrapped(start, words(text, / /, " "), start.length + 2);
}

function wrapped(start: string, all: readonly Word[], indent = start.length): string {
  const lines: string[] = [];
  let line = start;
  for (const { gap, word } of all) {
    if (line === start) line += word;
    else if (line.length + gap.length + word.length <= COLUMNS) line += gap + word;
    else {
      lines.push(line);
      line = " ".repeat(indent) + word;
    }
  }
  return [...lines, line.trimEnd()].join("\n");
}

function words(part: string, separator: RegExp, firstGap: string): Word[] {
  return part.split(separator).map((word, index) => ({ gap: index === 0 ? firstGap : " ", word }));
}
