/**
 * Loads the mock with one textual change in it. The changed module and all that import it are loaded anew for each mutant, under
 * addresses of their own; the others, the contract suite among them, are loaded once. Works in plain Node, not under vitest.
 */
import { readFileSync } from "node:fs";
import { registerHooks } from "node:module";
import type { Mock } from "../../mocks/index.ts";
import { importersIn } from "./importers.ts";
import type { Mutant } from "./mutant.ts";

const MOCKS = new URL("../../mocks/", import.meta.url).href;
const ENTRY = `${MOCKS}index.ts`;
const QUERY = "?mutant=";

const importersOf = importersIn(MOCKS);

interface Loading {
  /** Of the module with the bug. */
  readonly changed: string;
  readonly source: string;
  readonly renewed: ReadonlySet<string>;
}

/** By the query that the renewed modules carry. */
const loadings = new Map<string, Loading>();

registerHooks({
  resolve(specifier, context, next) {
    const resolved = next(specifier, context);
    const query = queryOf(context.parentURL ?? "");
    const isRenewed = loadings.get(query)?.renewed.has(resolved.url) === true;
    return isRenewed ? { ...resolved, url: `${resolved.url}${query}` } : resolved;
  },
  load(url, context, next) {
    const loading = loadings.get(queryOf(url));
    if (loading === undefined || !url.startsWith(`${loading.changed}?`)) return next(url, context);
    return { format: "module-typescript", source: loading.source, shortCircuit: true };
  },
});

function queryOf(url: string): string {
  const start = url.indexOf(QUERY);
  return start < 0 ? "" : url.slice(start);
}

/** A mock with this bug. Throws for a change that cannot be made. */
export async function mutatedMock(mutant: Mutant): Promise<Mock> {
  const { createMock }: typeof import("../../mocks/index.ts") = await import(prepared(mutant));
  // A message that a bug keeps back is not waited for.
  return createMock({ sleep: async () => undefined });
}

/** The address under which the mock has this bug. */
function prepared(mutant: Mutant): string {
  const changed = new URL(mutant.file, MOCKS).href;
  const source = changedSource(mutant);
  const renewed = importersOf(changed);
  if (!renewed.has(ENTRY)) throw new Error(`the mock does not use mocks/${mutant.file}`);
  const query = `${QUERY}${loadings.size}`;
  loadings.set(query, { changed, source, renewed });
  return `${ENTRY}${query}`;
}

function changedSource({ file, find, put }: Mutant): string {
  const source = readFileSync(new URL(file, MOCKS), "utf8");
  const count = source.split(find).length - 1;
  if (count !== 1) throw new Error(`what it looks for occurs ${count} times in mocks/${file}, not once: ${find}`);
  if (put === find) throw new Error(`it puts what is there already in mocks/${file}`);
  return source.replace(find, () => put);
}
