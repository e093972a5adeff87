/** Code blocks of the README and of the pages in docs/. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { PROJECT } from "./scratch.ts";

/** The first block of this language after the comment `<!-- name -->`. */
export async function block(name: string, language: string, page: string): Promise<string> {
  const text = await readFile(join(PROJECT, page), "utf8");
  const [, after] = text.split(`<!-- ${name} -->`);
  const [, code] = new RegExp(`\`\`\`${language}\n(.*?)\`\`\``, "s").exec(after ?? "") ?? [];
  if (code === undefined) throw new Error(`${page} has no ${language} block after <!-- ${name} -->`);
  return code;
}

/** The name of each block of the page; undefined for one without. */
export async function blockNames(page: string): Promise<readonly (string | undefined)[]> {
  const text = await readFile(join(PROJECT, page), "utf8");
  const fences = text.matchAll(/(?:<!-- ([^>]+?) -->\s*)?^ *```\w+\n.*?^ *```$/gms);
  return [...fences].map(([, name]) => name);
}
