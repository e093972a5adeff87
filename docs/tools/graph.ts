/**
 * Draws which folder imports which, from the imports as dependency-cruiser sees them. An arrow that follows from two others is left
 * out, so that the picture shows the layers. A development tool.
 */
import { readFile, writeFile } from "node:fs/promises";
import { cruise, type ICruiseResult } from "dependency-cruiser";
import extractConfig from "dependency-cruiser/config-utl/extract-depcruise-config";

const page = new URL("../explanation/architecture.md", import.meta.url);
const SECTION = /(<!-- generated: graph -->\n)[\s\S]*?(<!-- \/generated -->)/;

const { options = {} } = await extractConfig("./.dependency-cruiser.mjs");
const { output } = await cruise(["cli", "mocks", "contracts"], { ...options, exclude: "/(tools|examples)/" });
const text = await readFile(page, "utf8");
if (!SECTION.test(text)) throw new Error(`${page.pathname} has no section "generated: graph"`);
await writeFile(page, text.replace(SECTION, `$1\n${drawing(edges(output as ICruiseResult))}\n$2`));

type Edges = Map<string, Set<string>>;

function edges({ modules }: ICruiseResult): Edges {
  const found: Edges = new Map();
  for (const { source, dependencies } of modules) {
    const from = folderOf(source);
    if (from === undefined) continue;
    for (const { resolved } of dependencies) {
      const to = folderOf(resolved);
      if (to !== undefined && to !== from) found.set(from, (found.get(from) ?? new Set()).add(to));
    }
  }
  return found;
}

/** The folder below `mocks` or `contracts`, or the file that stands right in one of them; undefined for what is not ours. */
function folderOf(file: string): string | undefined {
  const [half = "", part = ""] = file.split("/");
  if (half === "cli") return half;
  return half === "mocks" || half === "contracts" ? `${half}/${part}` : undefined;
}

function drawing(all: Edges): string {
  const shown = [...all].flatMap(([from, targets]) =>
    [...targets].filter((to) => !isIndirect(all, from, to)).map((to) => [from, to] as const),
  );
  const names = [...new Set(shown.flat())].sort();
  const halves = ["contracts", "mocks"].map((half) => {
    const nodes = names
      .filter((name) => name.startsWith(`${half}/`))
      .map((name) => `    ${idOf(name)}["${name.slice(half.length + 1)}"]`);
    return [`  subgraph ${half}`, ...nodes, "  end"].join("\n");
  });
  const arrows = shown.map(([from, to]) => `  ${idOf(from)} --> ${idOf(to)}`).sort();
  return ["```mermaid", "flowchart TD", ...halves, ...arrows, "```", ""].join("\n");
}

/** Whether another way leads from one to the other. */
function isIndirect(all: Edges, from: string, to: string): boolean {
  const seen = new Set<string>();
  const next = [...(all.get(from) ?? [])].filter((name) => name !== to);
  for (const name of next) {
    if (seen.has(name)) continue;
    seen.add(name);
    next.push(...(all.get(name) ?? []));
  }
  return seen.has(to);
}

function idOf(name: string): string {
  return name.replace(/\W/g, "_");
}
