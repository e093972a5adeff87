/**
 * Loads the mock with one textual change. The changed module and its importers are reloaded for each mutant under new URLs; all
 * others, such as the contract suite, are loaded once. Works in plain Node, not under vitest.
 */
import { readFileSync } from "node:fs";
import { registerHooks } from "node:module";
import type { Mock } from "../../mocks/index.ts";
import { slowStore } from "../support/mock/slow-store.ts";
import { importersIn } from "./importers.ts";
import type { Mutant } from "./mutant.ts";

const MOCKS = new URL("../../mocks/", import.meta.url).href;
const ENTRY = `${MOCKS}index.ts`;
const MEMORY = `${MOCKS}stores/memory.ts`;
const QUERY = "?mutant=";

const importersOf = importersIn(MOCKS);

interface Loading {
  /** The URL of the module with the bug. */
  readonly changed: string;
  readonly source: string;
  readonly renewed: ReadonlySet<string>;
}

/** The query of the reloaded modules. */
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
  const query = prepared(mutant);
  const { createMock }: typeof import("../../mocks/index.ts") = await import(`${ENTRY}${query}`);
  const { memoryStore }: typeof import("../../mocks/stores/memory.ts") = await import(`${MEMORY}${query}`);
  // The store takes time, so that concurrent requests interleave. The test does not wait for a message that a bug holds back.
  return createMock({ store: slowStore(memoryStore()), sleep: async () => undefined });
}

/** The query of the modules that have this bug. */
function prepared(mutant: Mutant): string {
  const changed = new URL(mutant.file, MOCKS).href;
  const source = changedSource(mutant);
  const renewed = importersOf(changed);
  if (!renewed.has(ENTRY)) throw new Error(`the mock does not use mocks/${mutant.file}`);
  const query = `${QUERY}${loadings.size}`;
  loadings.set(query, { changed, source, renewed });
  return query;
}

function changedSource({ file, find, put }: Mutant): string {
  const source = readFileSync(new URL(file, MOCKS), "utf8");
  const count = source.split(find).length - 1;
  if (count !== 1) throw new Error(`what it looks for occurs ${count} times in mocks/${file}, not once: ${find}`);
  if (put === find) throw new Error(`it puts what is there already in mocks/${file}`);
  return source.replace(find, () => put);
}
