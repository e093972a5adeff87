/** Code blocks of the README. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { PROJECT } from "./scratch.ts";

/** The first block of this language after the comment `<!-- name -->`. */
export async function block(name: string, language: string): Promise<string> {
  const readme = await readFile(join(PROJECT, "README.md"), "utf8");
  const [, after] = readme.split(`<!-- ${name} -->`);
  const [, code] = new RegExp(`\`\`\`${language}\n(.*?)\`\`\``, "s").exec(after ?? "") ?? [];
  if (code === undefined) throw new Error(`README.md has no ${language} block after <!-- ${name} -->`);
  return code;
}
