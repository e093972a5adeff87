/** Links and pictures of the documentation: each leads somewhere, in the repository and in the package. */
import { access } from "node:fs/promises";
import { join, posix } from "node:path";
import { expect, test } from "vitest";
import { anchorsOf, linksOf, pages, pageText } from "../support/package/documents.ts";
import { environmentWithNode, output, PROJECT } from "../support/package/scratch.ts";

/** Pages for readers of the source. They may link to files that only the repository has. */
const FOR_CONTRIBUTORS = /^(docs\/(explanation\/|contributing\.md|decisions\.md|glossary\.md)|mocks\/|CHANGELOG\.md)/;

interface Link {
  readonly page: string;
  readonly target: string;
  /** Relative to the project. */
  readonly path: string;
  readonly anchor: string;
}

const links = (await Promise.all((await pages()).map(linksIn))).flat();

async function linksIn(page: string): Promise<readonly Link[]> {
  const targets = linksOf(await pageText(page)).filter((target) => !/^[a-z]+:/.test(target));
  return targets.map((target) => {
    const [path = "", anchor = ""] = target.split("#");
    return { page, target, path: path === "" ? page : posix.join(posix.dirname(page), path), anchor };
  });
}

/** What npm would pack, built files aside: those no page links to. */
async function packedFiles(): Promise<ReadonlySet<string>> {
  const args = ["pack", "--dry-run", "--json", "--ignore-scripts"];
  const [{ files }] = JSON.parse(await output("npm", args, { cwd: PROJECT, env: environmentWithNode() }));
  return new Set(files.map(({ path }: { path: string }) => path));
}

test("the README has at most 150 lines", async () => {
  expect((await pageText("README.md")).trimEnd().split("\n").length).toBeLessThanOrEqual(150);
});

test("each relative link and picture leads to a file of the repository", async () => {
  expect(links.length).toBeGreaterThan(100);
  const missing = links.map(async (link) =>
    access(join(PROJECT, link.path)).then(
      () => [],
      () => [shown(link)],
    ),
  );
  expect((await Promise.all(missing)).flat()).toEqual([]);
});

test("each anchor names a heading of the page that it leads to", async () => {
  const anchored = links.filter(({ anchor, path }) => anchor !== "" && path.endsWith(".md"));
  expect(anchored.length).toBeGreaterThan(5);
  const wrong = anchored.map(async (link) =>
    anchorsOf(await pageText(link.path)).has(link.anchor) ? [] : [shown(link)],
  );
  expect((await Promise.all(wrong)).flat()).toEqual([]);
});

test("each link and picture of a page for users leads to a file of the package", async () => {
  const packed = await packedFiles();
  const forUsers = links.filter(({ page }) => packed.has(page) && !FOR_CONTRIBUTORS.test(page));
  expect(forUsers.length).toBeGreaterThan(80);
  const isPacked = (path: string) => packed.has(path) || [...packed].some((file) => file.startsWith(`${path}/`));
  expect(forUsers.filter(({ path }) => !isPacked(path)).map(shown)).toEqual([]);
});

test("the index of docs/ leads to every page of docs/", async () => {
  const reached = new Set(links.filter(({ page }) => page === "docs/README.md").map(({ path }) => path));
  const inDocs = (await pages()).filter((page) => page.startsWith("docs/") && page !== "docs/README.md");
  expect(inDocs.filter((page) => !reached.has(page))).toEqual([]);
});

function shown({ page, target }: Link): string {
  return `${page}: ${target}`;
}
