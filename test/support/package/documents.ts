/** The pages of the documentation, with their links, headings and code blocks. */
import { readdir, readFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { PROJECT } from "./scratch.ts";

export interface CodeBlock {
  readonly page: string;
  /** Of the comment `<!-- name -->` just before the block. */
  readonly name: string | undefined;
  readonly language: string;
  readonly code: string;
}

const OTHERS = ["README.md", "CHANGELOG.md", "contracts/README.md", "mocks/README.md"];

/** The sample reports are what the suite has written, and no pages of ours. */
const SAMPLE = /^docs\/reports\/(?!README\.md$)/;

/** Paths of all pages, relative to the project. */
export async function pages(): Promise<readonly string[]> {
  const files = await readdir(join(PROJECT, "docs"), { recursive: true, withFileTypes: true });
  const inDocs = files
    .filter((file) => file.isFile() && file.name.endsWith(".md"))
    .map((file) => relative(PROJECT, join(file.parentPath, file.name)));
  return [...OTHERS, ...inDocs.filter((page) => !SAMPLE.test(page)).sort()];
}

export function pageText(page: string): Promise<string> {
  return readFile(join(PROJECT, page), "utf8");
}

/** The blocks that name a language. */
export function blocksOf(page: string, text: string): readonly CodeBlock[] {
  const fences = text.matchAll(/(?:<!-- ([^>]+?) -->\s*)?^ *```(\w+)\n(.*?)^ *```$/gms);
  return [...fences].map(([, name, language = "", code = ""]) => ({ page, name, language, code }));
}

/** Where links and pictures lead, code left out. Both forms count: `[text](target)` and `[text]: target`. */
export function linksOf(text: string): readonly string[] {
  const prose = withoutCode(text);
  const inline = [...prose.matchAll(/\]\(([^)\s]+)(?:\s+"[^"]*")?\)/g)];
  const references = [...prose.matchAll(/^\[[^\]]+\]: (\S+)/gm)];
  return [...inline, ...references].map(([, target = ""]) => target);
}

/** The anchors of the headings, as GitHub makes them. */
export function anchorsOf(text: string): ReadonlySet<string> {
  const anchors = new Set<string>();
  for (const [, heading = ""] of text.replace(/^ *```.*?^ *```$/gms, "").matchAll(/^#+ (.+)$/gm)) {
    const base = anchorOf(heading);
    let anchor = base;
    for (let count = 1; anchors.has(anchor); count++) anchor = `${base}-${count}`;
    anchors.add(anchor);
  }
  return anchors;
}

function anchorOf(heading: string): string {
  const words = heading.replace(/\[([^\]]+)\]\([^)]*\)/g, "$1").toLowerCase();
  return words.replace(/[^\p{Letter}\p{Number}\p{Mark} _-]/gu, "").replaceAll(" ", "-");
}

function withoutCode(text: string): string {
  return text.replace(/^ *```.*?^ *```$/gms, "").replace(/`[^`\n]*`/g, "");
}
