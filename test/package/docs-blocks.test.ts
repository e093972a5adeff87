/** Each code block of the documentation is executed by a test, or stands in the list below with a reason. */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { blocksOf, type CodeBlock, pages, pageText } from "../support/package/documents.ts";
import { PROJECT } from "../support/package/scratch.ts";

/** Blocks in these languages are for copying. Others, such as `text`, show what a command prints. */
const FOR_COPYING = new Set(["ts", "js", "mjs", "tsx", "jsx", "sh", "bash", "json", "yaml", "yml"]);

/** By page and name of the block: why no test executes it. docs-reference.test.ts reads these tables instead. */
const NOT_EXECUTED: Readonly<Record<string, string>> = {
  "docs/contributing.md: contributing: check": "it runs every test, this one included; the gate runs the same parts",
  "docs/guides/executable.md: executable: image": "it needs a base image from a registry; tried by hand on a local one",
  "docs/guides/executable.md: executable: build": "executable.test.ts runs the script behind it",
  "docs/guides/webpack-and-umi.md: proxy: umi": "umi takes 500 MB to install. Tried by hand with umi 4.6",
  "docs/guides/next-and-other-frameworks.md: proxy: nuxt": "Nuxt takes 230 MB to install. Tried by hand with Nuxt 4.5",
  "docs/guides/next-and-other-frameworks.md: proxy: angular": "the Angular CLI is too large to install for one table",
};

/** Calls of `block` in tests: `block("name", "language", "page")`, each a literal, a template or a constant. */
const CALL = /\bblock\(\s*(["`])(.+?)\1,\s*"(\w+)",\s*(?:(["`])(.+?)\4|(\w+))/g;

interface Execution {
  readonly name: RegExp;
  readonly language: string;
  readonly page: RegExp;
}

const blocks = (await Promise.all((await pages()).map(async (page) => blocksOf(page, await pageText(page))))).flat();
const forCopying = blocks.filter(({ language }) => FOR_COPYING.has(language));
const executions = (await testSources()).flatMap(executionsIn);

async function testSources(): Promise<readonly string[]> {
  const files = await readdir(join(PROJECT, "test"), { recursive: true, withFileTypes: true });
  const sources = files.filter((file) => file.isFile() && file.name.endsWith(".ts"));
  return Promise.all(sources.map((file) => readFile(join(file.parentPath, file.name), "utf8")));
}

function executionsIn(source: string): readonly Execution[] {
  return [...source.matchAll(CALL)].map(([, , name = "", language = "", , page, constant = ""]) => {
    const value = page ?? new RegExp(`const ${constant} = "([^"]+)"`).exec(source)?.[1] ?? "";
    return { name: literalOrTemplate(name), language, page: literalOrTemplate(value) };
  });
}

/** A pattern for what a literal or a template can be. */
function literalOrTemplate(text: string): RegExp {
  const parts = text.split(/\$\{[^}]*\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".+")}$`);
}

function isExecuted({ name = "", language, page }: CodeBlock): boolean {
  return executions.some((one) => one.language === language && one.name.test(name) && one.page.test(page));
}

function keyOf({ page, name }: CodeBlock): string {
  return `${page}: ${name}`;
}

test("each block for copying is executed by a test, or has a reason why not", () => {
  expect(forCopying.length).toBeGreaterThan(35);
  const unexplained = forCopying.filter((block) => !isExecuted(block) && NOT_EXECUTED[keyOf(block)] === undefined);
  expect(unexplained.map((block) => `${keyOf(block)} (${block.language})`)).toEqual([]);
});

test("each reason belongs to a block that exists", () => {
  const keys = new Set(forCopying.map(keyOf));
  expect(Object.keys(NOT_EXECUTED).filter((key) => !keys.has(key))).toEqual([]);
});

test("no page has two blocks of one name and language", () => {
  const keys = forCopying.map((block) => `${keyOf(block)} (${block.language})`);
  expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
});
