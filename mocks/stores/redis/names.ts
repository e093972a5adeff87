/** The names of keys and fields in Redis. Each text gets its own name, and every name is valid UTF-8. */
import type { Kind, Log } from "../../core/records.ts";

/** The keys of one sandbox. They share a hash tag, so that a cluster keeps them on one node. */
export interface SandboxKeys extends Readonly<Record<Log, string>> {
  /** A hash: the JSON text of each record, by `fieldOf`. */
  readonly records: string;
  /** A sorted set: the fields of the expiring records, by the time at which they may go. */
  readonly expiring: string;
}

export function keysOf(prefix: string, sandbox: string): SandboxKeys {
  const start = `${prefix}:{client:${encodeURIComponent(escaped(sandbox))}}:`;
  return {
    records: `${start}records`,
    expiring: `${start}expiring`,
    messages: `${start}messages`,
    requests: `${start}requests`,
  };
}

/** The pattern of all keys of records, for SCAN. */
export function recordsPattern(prefix: string): string {
  return `${prefix}:{client:*}:records`;
}

/** The sandbox to which a key of records belongs. */
export function sandboxOf(prefix: string, key: string): string {
  return unescaped(decodeURIComponent(key.slice(`${prefix}:{client:`.length, -"}:records".length)));
}

export function fieldOf(kind: Kind, key: string): string {
  return `${kind} ${escaped(key)}`;
}

/** The opposite of `fieldOf`. */
export function recordOf(field: string): { readonly kind: Kind; readonly key: string } {
  const space = field.indexOf(" ");
  return { kind: field.slice(0, space) as Kind, key: unescaped(field.slice(space + 1)) };
}

/** UTF-8 has no lone surrogates. As JSON they are written with a backslash. */
function escaped(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

function unescaped(text: string): string {
  return JSON.parse(`"${text}"`);
}
