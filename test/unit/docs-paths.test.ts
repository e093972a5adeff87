/** The pages for contributors name files of the repository. Each of them exists. */
import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const PAGES = ["docs/**/*.md", "mocks/README.md", "contracts/README.md", "test/README.md", "test/bench/README.md"];
const PATH = /`((?:cli|contracts|docs|mocks|test)\/[\w./-]*)`/g;

test.each(globSync(PAGES, { cwd: ROOT }))("%s names no file or folder that is missing", (page) => {
  const text = readFileSync(join(ROOT, page), "utf8");
  const missing = [...text.matchAll(PATH)].map(([, path = ""]) => path).filter((path) => !existsSync(join(ROOT, path)));
  expect(missing).toEqual([]);
});
