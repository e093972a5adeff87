/** The npm scripts that run parts of the tests. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

const { scripts } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as {
  readonly scripts: Readonly<Record<"test" | "test:rest", string>>;
};

test("test:rest leaves out exactly the tests that npm test runs, so that the gate runs each test once", () => {
  const chosen = scripts.test.split(" ").slice(2);
  expect(chosen).not.toEqual([]);
  const patterns = chosen.map((filter) => (filter.startsWith(".") ? `**/*${filter}` : `${filter}/**`));
  expect(scripts["test:rest"]).toBe(["vitest run", ...patterns.map((glob) => `--exclude "${glob}"`)].join(" "));
});
