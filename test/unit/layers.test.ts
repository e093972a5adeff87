/**
 * Who may import whom: the linter enforces the table of mocks/README.md. Nothing is random but what comes from the seed, and no
 * dialect is named where all of them meet.
 */
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** A file, what it imports, and whether it may. */
const IMPORTS = [
  ["mocks/core", "../http/plain.ts", "forbidden"],
  ["mocks/core", "../spec/index.ts", "forbidden"],
  ["mocks/core", "../dialects/bamboocloud/index.ts", "forbidden"],
  ["mocks/core", "jose", "forbidden"],
  ["mocks/core", "node:crypto", "forbidden"],
  ["mocks/core", "./clock.ts", "allowed"],
  ["mocks/spec", "../core/clock.ts", "forbidden"],
  ["mocks/spec", "../http/plain.ts", "forbidden"],
  ["mocks/spec", "yaml", "forbidden"],
  ["mocks/spec", "./operations.gen.ts", "allowed"],
  ["mocks/http", "../dialects/bamboocloud/index.ts", "forbidden"],
  ["mocks/http", "../stores/memory.ts", "forbidden"],
  ["mocks/http", "../hosts/server.ts", "forbidden"],
  ["mocks/http", "../mock.ts", "forbidden"],
  ["mocks/http", "../../contracts/vitest/suite.ts", "forbidden"],
  ["mocks/http", "../index.ts", "forbidden"],
  ["mocks/http", "../signing.ts", "forbidden"],
  ["mocks/http", "node:http", "forbidden"],
  ["mocks/http/control", "../../dialects/bamboocloud/index.ts", "forbidden"],
  ["mocks/http/control", "../../core/clock.ts", "allowed"],
  ["mocks/http", "../core/clock.ts", "allowed"],
  ["mocks/http", "../spec/index.ts", "allowed"],
  ["mocks/dialects/bamboocloud", "../genauth/index.ts", "forbidden"],
  ["mocks/dialects/genauth", "../bamboocloud/envelope.ts", "forbidden"],
  ["mocks/dialects/genauth", "../../dialects/bamboocloud/envelope.ts", "forbidden"],
  ["mocks/dialects/bamboocloud", "../../index.ts", "forbidden"],
  ["mocks/dialects/bamboocloud", "../../hosts/server.ts", "forbidden"],
  ["mocks/dialects/bamboocloud", "../../stores/memory.ts", "forbidden"],
  ["mocks/dialects/bamboocloud", "../../http/handle.ts", "forbidden"],
  ["mocks/dialects/bamboocloud", "../../http/control/control.ts", "forbidden"],
  ["mocks/dialects/bamboocloud", "../../mock.ts", "forbidden"],
  ["mocks/dialects/bamboocloud", "node:crypto", "forbidden"],
  ["mocks/dialects/bamboocloud", "./envelope.ts", "allowed"],
  ["mocks/dialects/bamboocloud", "../../core/codes.ts", "allowed"],
  ["mocks/dialects/bamboocloud", "../../http/operation.ts", "allowed"],
  ["mocks/dialects/bamboocloud", "../../http/plain.ts", "allowed"],
  ["mocks/dialects/genauth", "../../http/fields.ts", "allowed"],
  ["mocks/dialects/genauth", "../../http/code-checks.ts", "allowed"],
  ["mocks/dialects/genauth", "../../http/token-checks.ts", "allowed"],
  ["mocks/dialects/genauth", "../../http/sandbox.ts", "forbidden"],
  ["mocks/dialects/genauth", "../../http/journal.ts", "forbidden"],
  ["mocks/dialects/genauth", "../../spec/index.ts", "allowed"],
  ["mocks/core", "../dialects/genauth/index.ts", "forbidden"],
  ["mocks/http", "../dialects/genauth/policy.ts", "forbidden"],
  ["mocks/http/control", "../../dialects/genauth/policy.ts", "forbidden"],
  ["mocks/hosts", "../dialects/genauth/index.ts", "forbidden"],
  ["mocks/stores", "../http/plain.ts", "forbidden"],
  ["mocks/stores", "../dialects/bamboocloud/index.ts", "forbidden"],
  ["mocks/stores", "../mock.ts", "forbidden"],
  ["mocks/stores", "../index.ts", "forbidden"],
  ["mocks/stores", "../spec/index.ts", "forbidden"],
  ["mocks/stores", "../core/store.ts", "allowed"],
  ["mocks/hosts", "../core/clock.ts", "forbidden"],
  ["mocks/hosts", "../dialects/bamboocloud/index.ts", "forbidden"],
  ["mocks/hosts", "../stores/memory.ts", "forbidden"],
  ["mocks/hosts", "../stores/indexed-store.ts", "forbidden"],
  ["mocks/hosts", "../stores/browser-store.ts", "allowed"],
  ["mocks/hosts", "../http/control/control.ts", "forbidden"],
  ["mocks/hosts", "../mock.ts", "allowed"],
  ["mocks/hosts", "../client.ts", "allowed"],
  ["mocks/hosts", "node:http", "allowed"],
  ["mocks/hosts/overlay", "../../core/clock.ts", "forbidden"],
  ["mocks/hosts/overlay", "msw", "forbidden"],
  ["mocks/hosts/overlay", "node:fs", "forbidden"],
  ["mocks/hosts/overlay", "../../sandbox.ts", "allowed"],
  ["mocks/hosts/overlay", "./element.ts", "allowed"],
  ["mocks/inspector", "../http/plain.ts", "forbidden"],
  ["mocks/inspector", "../mock.ts", "forbidden"],
  ["mocks/inspector", "../spec/index.ts", "forbidden"],
  ["mocks/inspector", "./element.js", "allowed"],
  ["contracts", "../mocks/index.ts", "forbidden"],
  ["contracts/cases", "../../mocks/core/codes.ts", "forbidden"],
  ["contracts", "./target.ts", "allowed"],
] as const;

const FORMS = [
  (from: string) => `import { something } from "${from}";\n\nexport const more = something;\n`,
  (from: string) => `import type { Something } from "${from}";\n\nexport type More = Something;\n`,
  (from: string) => `export { something } from "${from}";\n`,
  (from: string) => `export const more = () => import("${from}");\n`,
];

const fileName = (folder: string, row: number, form: number) => `${folder}/example-${row}-${form}.ts`;

/**
 * The linter's verdict on every example: one run over a tree of its own with the project's rules. (`--stdin-file-path` would
 * need no files, but does not say which rule was broken.)
 */
function forbiddenImports(): Set<string> {
  const tree = mkdtempSync(join(tmpdir(), "ciam-layers-"));
  afterAll(() => rmSync(tree, { recursive: true }));
  copyFileSync(join(ROOT, "biome.json"), join(tree, "biome.json"));
  for (const [row, [folder, from]] of IMPORTS.entries()) {
    for (const [form, write] of FORMS.entries()) {
      const path = join(tree, fileName(folder, row, form));
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, write(from));
    }
  }
  const biome = join(ROOT, "node_modules/@biomejs/biome/bin/biome");
  const options = [
    "--vcs-enabled=false",
    "--only=style/noRestrictedImports",
    "--reporter=json",
    "--max-diagnostics=none",
  ];
  const { stdout } = spawnSync(process.execPath, [biome, "lint", ...options, "."], { cwd: tree, encoding: "utf8" });
  const { diagnostics } = JSON.parse(stdout) as { diagnostics: { category: string; location: { path: string } }[] };
  return new Set(
    diagnostics
      .filter(({ category }) => category === "lint/style/noRestrictedImports")
      .map(({ location }) => location.path),
  );
}

const forbidden = forbiddenImports();

test.each(IMPORTS.map(([folder, from, verdict], row) => ({ folder, from, verdict, row })))(
  "for $folder to import $from is $verdict",
  ({ folder, verdict, row }) => {
    const verdicts = FORMS.map((_, form) => (forbidden.has(fileName(folder, row, form)) ? "forbidden" : "allowed"));
    expect(verdicts).toEqual(FORMS.map(() => verdict));
  },
);

/** Every source below these folders, and its text. */
function sources(...folders: string[]): { path: string; text: string }[] {
  return folders.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".ts"))
      .map((name) => ({ path: join(folder, name), text: readFileSync(join(ROOT, folder, name), "utf8") })),
  );
}

test("nothing in the engine draws numbers that no seed gives again", () => {
  const found = sources("mocks/core", "mocks/http", "mocks/dialects");
  expect(found.length).toBeGreaterThan(40);
  const chance = /Math\.random|randomUUID|getRandomValues|randomBytes/;
  expect(found.filter(({ text }) => chance.test(text)).map(({ path }) => path)).toEqual([]);
});

test("no dialect is named in core and http, not even in a comment", () => {
  const found = sources("mocks/core", "mocks/http");
  expect(found.length).toBeGreaterThan(40);
  const named = found.filter(({ path, text }) => /bamboocloud|genauth|authing/i.test(path + text));
  expect(named.map(({ path }) => path)).toEqual([]);
});

test("only core/clock.ts reads the time", () => {
  const time = /\bDate\.now\b|new Date\(\)|performance\.now/;
  const found = sources("mocks/core", "mocks/http", "mocks/dialects", "mocks/stores");
  expect(found.filter(({ text }) => time.test(text)).map(({ path }) => path)).toEqual(["mocks/core/clock.ts"]);
});
