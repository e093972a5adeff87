/** Rules for all sources: time and randomness come from outside, and shared code names no dialect. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** Every source file in these folders, with its text. */
function sources(...folders: string[]): { path: string; text: string }[] {
  return folders.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".ts"))
      .map((name) => ({ path: join(folder, name), text: readFileSync(join(ROOT, folder, name), "utf8") })),
  );
}

test("the engine uses no randomness except from the seed", () => {
  const found = sources(
    "mocks/core",
    "mocks/http",
    "mocks/dialect-kit",
    "mocks/dialects",
    "mocks/engine",
    "mocks/control",
  );
  expect(found.length).toBeGreaterThan(40);
  const chance = /Math\.random|randomUUID|getRandomValues|randomBytes/;
  expect(found.filter(({ text }) => chance.test(text)).map(({ path }) => path)).toEqual([]);
});

test("no file below the dialects names a dialect, not even in a comment", () => {
  const found = sources("mocks/core", "mocks/http", "mocks/dialect-kit", "mocks/engine", "mocks/control");
  expect(found.length).toBeGreaterThan(40);
  const named = found.filter(({ path, text }) => /bamboocloud|genauth|authing/i.test(path + text));
  expect(named.map(({ path }) => path)).toEqual([]);
});

/** The text without its comments. */
function codeOf(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, "");
}

test("no check and no operation waits or catches: that would hide a suspended walk from the engine", () => {
  const found = sources("mocks/core", "mocks/dialect-kit", "mocks/dialects");
  expect(found.length).toBeGreaterThan(40);
  const forbidden = /\b(async|await|try|catch|finally)\b|\.then\(/;
  expect(found.filter(({ text }) => forbidden.test(codeOf(text))).map(({ path }) => path)).toEqual([]);
});

test("the work of a control call's transaction is synchronous", () => {
  const found = sources("mocks/control", "mocks/engine").filter(({ text }) => /\b(inSandbox|transact)\(/.test(text));
  expect(found.length).toBeGreaterThan(8);
  const asynchronous = /\b(inSandbox|transact)\([\w\s,.{}:]*async\b/;
  expect(found.filter(({ text }) => asynchronous.test(text)).map(({ path }) => path)).toEqual([]);
});

test("only core/clock.ts reads the time", () => {
  const time = /\bDate\.now\b|new Date\(\)|performance\.now/;
  const found = sources(
    "mocks/core",
    "mocks/http",
    "mocks/dialect-kit",
    "mocks/dialects",
    "mocks/engine",
    "mocks/control",
    "mocks/stores",
  );
  expect(found.filter(({ text }) => time.test(text)).map(({ path }) => path)).toEqual(["mocks/core/clock.ts"]);
});
