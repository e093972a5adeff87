/** The names that each entry of the package exports, types included. A rename inside the repository must not reach them. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { expect, test } from "vitest";
import { PROJECT } from "../support/package/scratch.ts";

type Entries = Readonly<Record<string, string | { readonly default: string }>>;

/** One line per entry: its path, and the exported names in alphabetical order. */
function exportedNames(): string {
  const { exports } = JSON.parse(readFileSync(join(PROJECT, "package.json"), "utf8")) as { readonly exports: Entries };
  const entries = Object.entries(exports).flatMap(([entry, target]) =>
    typeof target === "string"
      ? []
      : [{ entry, file: join(PROJECT, target.default.replace(/^\.\/dist\//, "").replace(/\.js$/, ".ts")) }],
  );
  const { config } = ts.readConfigFile(join(PROJECT, "tsconfig.json"), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, PROJECT);
  const program = ts.createProgram(
    entries.map(({ file }) => file),
    { ...options, noEmit: true },
  );
  const checker = program.getTypeChecker();
  const lines = entries.map(({ entry, file }) => {
    const source = program.getSourceFile(file);
    const module = source && checker.getSymbolAtLocation(source);
    const names = module === undefined ? [] : checker.getExportsOfModule(module).map(({ name }) => name);
    return `${entry} ${names.sort().join(" ")}`;
  });
  return `${lines.join("\n")}\n`;
}

test("each entry of the package exports the names of exports.txt", () => {
  const published = readFileSync(join(PROJECT, "test/package/exports.txt"), "utf8");
  expect(exportedNames(), "keep the published name: export the renamed one under it").toBe(published);
}, 60_000);
