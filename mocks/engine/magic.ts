/** Magic values: numbers and addresses whose ending orders an error, for people who have no tool at hand but a form. */

import type { AnyDialect } from "../dialect-kit/operation.ts";
import type { Fields } from "../http/body.ts";
import { type CheckId, magicSuffixes, type OperationEntry, receiverFields } from "../spec/index.ts";

const SUFFIX_LENGTH = 5;

export interface Magic {
  readonly check: CheckId;
  readonly why: string;
}

/**
 * What a number or address of the request orders of this operation, in the body or in an object right in it; undefined if none does.
 * Asked of every request, so it makes no lists.
 */
export function magicOf(body: Fields, entry: OperationEntry, dialect: AnyDialect): Magic | undefined {
  return orderedIn(body, entry, dialect, true);
}

function orderedIn(fields: Fields, entry: OperationEntry, dialect: AnyDialect, isWhole: boolean): Magic | undefined {
  for (const name in fields) {
    const value = fields[name];
    const isInner = isWhole && typeof value === "object" && value !== null;
    const ordered = isInner
      ? orderedIn(value as Fields, entry, dialect, false)
      : orderedBy(receiverFields.has(name) ? value : undefined, entry, dialect);
    if (ordered !== undefined) return ordered;
  }
  return undefined;
}

function orderedBy(receiver: unknown, entry: OperationEntry, dialect: AnyDialect): Magic | undefined {
  if (typeof receiver !== "string") return undefined;
  const suffix = endingOf(receiver);
  const error = errors.get(`${dialect.name} ${suffix}`);
  const check = error === undefined ? undefined : entry.checks.find((name) => dialect.errorCode(name) === error);
  if (check === undefined) return undefined;
  return { check, why: `${receiver} is a magic value: ${suffix} orders ${error} (magic_values)` };
}

/** By dialect and ending. */
const errors = new Map(
  Object.entries(magicSuffixes).flatMap(([dialect, suffixes]) =>
    Object.entries(suffixes).map(([error, suffix]) => [`${dialect} ${suffix}`, error] as const),
  ),
);

/** Of a number its last digits, of an address those before its @. */
function endingOf(receiver: string): string {
  const at = receiver.indexOf("@");
  const end = at < 0 ? receiver.length : at;
  return receiver.slice(Math.max(0, end - SUFFIX_LENGTH), end);
}
