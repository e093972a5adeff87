/** The guides' set-ups for vitest, Jest and @msw/data, run in a project of their own that has the packed package. */
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { createRequire, stripTypeScriptTypes } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { type Project, packedForTests, projectIn } from "../support/package/packed.ts";
import { block } from "../support/package/readme.ts";
import { running, withRegistry } from "../support/package/scratch.ts";

const MINUTES = 60_000;
const NODE = "docs/guides/msw-in-node.md";
const TSC = createRequire(import.meta.url).resolve("typescript/bin/tsc");
const JEST = ["jest@30", "ts-jest@29", "typescript@5.9", "@types/jest@30", "jest-environment-jsdom@30"];
const OTHERS = ["msw@3", "vitest@5", ...JEST, "jest-fixed-jsdom@0.0.11", "@msw/data@1", "zod@4"];

const TSCONFIG = {
  strict: true,
  module: "NodeNext",
  target: "ES2023",
  lib: ["ES2023", "DOM"],
  types: ["jest"],
  isolatedModules: true,
  noEmit: true,
  skipLibCheck: true,
};

const pack = packedForTests();
let project: Project | undefined;

afterAll(async () => {
  if (project !== undefined) await rm(project.folder, { recursive: true, force: true });
});

/** A folder of the project, which all tests share, with these files. */
async function folderWith(skip: (note: string) => void, name: string, files: Record<string, string>): Promise<string> {
  project ??= await withRegistry(skip, async () =>
    projectIn(await mkdtemp(join(tmpdir(), "ciam-testkit-runners-")), pack(), ...OTHERS),
  );
  await mkdir(join(project.folder, name));
  const all = {
    "package.json": '{ "type": "module" }',
    "tsconfig.json": JSON.stringify({ compilerOptions: TSCONFIG }),
  };
  for (const [file, text] of Object.entries({ ...all, ...files })) await project.write(join(name, file), text);
  return join(project.folder, name);
}

/** The output of the command, which `npx` starts in the project; it must end with 0. */
async function printedBy(command: string, cwd: string): Promise<string> {
  const npx = 'npx() { "../node_modules/.bin/$@"; }';
  const run = running("bash", ["-c", `${npx}; ${command}`], { cwd, env: { ...project?.env, NO_COLOR: "1" } });
  const code = await run.ended;
  expect(code, run.printed()).toBe(0);
  return run.printed();
}

const tests = await block("runner: vitest", "ts", NODE);
const forJest = tests.replace(/^import .* from "vitest";\n/m, "");
const javaScript = stripTypeScriptTypes(forJest);
const jest = (await block("runner: jest", "sh", NODE)).trim();

const atOnce = (text: string) => text.replaceAll(/^test\(/gm, "test.concurrent(");
const oneAfterTheOther = (text: string) =>
  text
    .replace("createMock()", 'createMock({ clientId: "fixed" })')
    .replaceAll("await mock.sandboxes.create()", "mock")
    .replace(/^afterAll/m, "beforeEach(() => mock.reset());\nafterAll")
    .replace("{ afterAll,", "{ afterAll, beforeEach,");

test("vitest runs the printed tests in one sandbox and in jsdom, and they type-check", {
  timeout: 5 * MINUTES,
}, async ({ skip }) => {
  const files = {
    "printed.test.ts": tests,
    "at-once.test.ts": atOnce(tests),
    "one-sandbox.test.ts": oneAfterTheOther(tests),
  };
  const folder = await folderWith(skip, "vitest", files);
  const vitest = "npx vitest run --root .";
  expect(await printedBy(vitest, folder)).toMatch(/Tests\s+6 passed \(6\)/);
  expect(await printedBy(`${vitest} --environment jsdom`, folder)).toMatch(/Tests\s+6 passed \(6\)/);
  expect(await project?.run(process.execPath, TSC, "-p", folder)).toBe("");
});

test("Jest runs the tests as JavaScript with only the flag", { timeout: 5 * MINUTES }, async ({ skip }) => {
  const files = {
    "printed.test.js": javaScript,
    "at-once.test.js": atOnce(javaScript),
    "one-sandbox.test.js": oneAfterTheOther(javaScript),
  };
  const folder = await folderWith(skip, "jest", files);
  expect(await printedBy(jest, folder)).toContain("6 passed, 6 total");
});

test("Jest runs the tests as TypeScript with the guide's configuration", {
  timeout: 5 * MINUTES,
}, async ({ skip }) => {
  const files = {
    "printed.test.ts": forJest,
    "jest.config.js": await block("runner: jest, TypeScript", "js", NODE),
  };
  const folder = await folderWith(skip, "jest-ts", files);
  expect(await printedBy(jest, folder)).toContain("2 passed, 2 total");
});

test("Jest runs the tests in jsdom with the guide's environment, and not with its own", {
  timeout: 5 * MINUTES,
}, async ({ skip }) => {
  const files = {
    "printed.test.js": javaScript,
    "jest.config.js": await block("runner: jest, jsdom", "js", NODE),
    "web-crypto.js": await block("runner: jest, Web Crypto", "js", NODE),
  };
  const folder = await folderWith(skip, "jest-jsdom", files);
  expect(await printedBy(jest, folder)).toContain("2 passed, 2 total");
  expect(await printedBy(`! ${jest} --env jsdom`, folder)).toContain("Request is not defined");
});

test("a CommonJS test file of Jest can require the package", { timeout: 5 * MINUTES }, async ({ skip }) => {
  const required = javaScript.replaceAll(/^import (\{.*\}) from (".*");$/gm, "const $1 = require($2);");
  const folder = await folderWith(skip, "jest-cjs", { "package.json": "{}", "printed.test.js": required });
  expect(await printedBy(jest, folder)).toContain("2 passed, 2 total");
});

test("the snippet for @msw/data prints the documented output and type-checks", {
  timeout: 5 * MINUTES,
}, async ({ skip }) => {
  const snippet = await block("data", "ts", "docs/guides/msw-data.md");
  const folder = await folderWith(skip, "data", { "snippet.ts": snippet });
  const [promised] = /(?<=^\/\/ )\+86.*$/m.exec(snippet) ?? [];
  expect(await printedBy(`"${process.execPath}" snippet.ts`, folder)).toBe(`${promised}\n`);
  expect(await project?.run(process.execPath, TSC, "-p", folder)).toBe("");
});
