/** Finds the operation of a request, or the closest one for an unknown path. */
import { closest } from "fastest-levenshtein";
import { headerOf, type PlainHeaders } from "../http/message.ts";
import { type OperationEntry, operationEntries } from "../spec/index.ts";

export type Route =
  | { readonly found: "operation"; readonly entry: OperationEntry }
  | { readonly found: "path"; readonly allow: readonly string[] }
  | { readonly found: "nothing"; readonly closest: string; readonly emulated: readonly string[] };

/** In characters. A path may be very long, and comparing more than this does not change the closest match. */
const LONGEST_GUESS = 100;

const byMethodAndPath = new Map<string, OperationEntry[]>();
const methodsByPath = new Map<string, string[]>();
for (const entry of operationEntries) {
  const key = `${entry.method} ${entry.path}`;
  const sharing = byMethodAndPath.get(key) ?? [];
  byMethodAndPath.set(key, [...sharing, entry]);
  if (sharing.length === 0) methodsByPath.set(entry.path, [...(methodsByPath.get(entry.path) ?? []), entry.method]);
}

export function route(method: string, path: string, headers: PlainHeaders): Route {
  const entry = byMethodAndPath.get(`${method} ${path}`)?.find((candidate) => isMeant(candidate, headers));
  if (entry !== undefined) return { found: "operation", entry };
  const allow = methodsByPath.get(path);
  if (allow !== undefined) return { found: "path", allow };
  const emulated = [...byMethodAndPath.keys()];
  return { found: "nothing", closest: closest(`${method} ${path}`.slice(0, LONGEST_GUESS), emulated), emulated };
}

function isMeant({ when }: OperationEntry, headers: PlainHeaders): boolean {
  return when === undefined || (headerOf(headers, when.header) !== undefined) === when.present;
}
