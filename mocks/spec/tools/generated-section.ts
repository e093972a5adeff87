/** Puts a generated table into a page, between `<!-- generated: name -->` and `<!-- /generated -->`. A development tool. */
import { readFile, writeFile } from "node:fs/promises";

const END = "<!-- /generated -->";

/** Replaces the sections of the page; writes the file only if it changes. */
export async function writeSections(page: URL, sections: Readonly<Record<string, string>>): Promise<void> {
  const present = await readFile(page, "utf8");
  const wanted = Object.entries(sections).reduce((text, [name, section]) => withSection(text, name, section), present);
  if (present !== wanted) await writeFile(page, wanted);
}

function withSection(page: string, name: string, section: string): string {
  const mark = `<!-- generated: ${name} -->`;
  const begin = page.indexOf(mark);
  const end = page.indexOf(END, begin);
  if (begin < 0 || end < begin) throw new Error(`The page has no ${mark} ... ${END}`);
  return `${page.slice(0, begin + mark.length)}\n\n${section.trim()}\n\n${page.slice(end)}`;
}

/** A Markdown table. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), `|${"---|".repeat(head.length)}`, ...rows.map(line)].join("\n");
}
