/** Magic values: numbers and addresses whose ending selects an error. They let a user of a form provoke errors. */

import type { AnyDialect } from "../dialect-kit/operation.ts";
import type { Fields } from "../http/body.ts";
import { type CheckId, magicSuffixes, type OperationEntry, receiverFields } from "../spec/index.ts";

const SUFFIX_LENGTH = 5;

export interface Magic {
  readonly check: CheckId;
  readonly why: string;
}

/**
 * The error that a magic value in the body, or in an object directly in it, selects for this operation; undefined if there is
 * none. Runs for every request, so it builds no lists.
 */
export function magicOf(body: Fields, entry: OperationEntry, dialect: AnyDialect): Magic | undefined {
  return magicIn(body, entry, dialect, true);
}

function magicIn(fields: Fields, entry: OperationEntry, dialect: AnyDialect, isWhole: boolean): Magic | undefined {
  for (const name in fields) {
    const value = fields[name];
    const isInner = isWhole && typeof value === "object" && value !== null;
    const magic = isInner
      ? magicIn(value as Fields, entry, dialect, false)
      : magicBy(receiverFields.has(name) ? value : undefined, entry, dialect);
    if (magic !== undefined) return magic;
  }
  return undefined;
}

function magicBy(receiver: unknown, entry: OperationEntry, dialect: AnyDialect): Magic | undefined {
  if (typeof receiver !== "string") return undefined;
  const suffix = endingOf(receiver);
  const error = errors.get(`${dialect.name} ${suffix}`);
  const check = error === undefined ? undefined : entry.checks.find((name) => dialect.errorCode(name) === error);
  if (check === undefined) return undefined;
  return { check, why: `${receiver} is a magic value: the ending ${suffix} gives ${error} (magic_values)` };
}

/** The error code by dialect and ending. */
const errors = new Map(
  Object.entries(magicSuffixes).flatMap(([dialect, suffixes]) =>
    Object.entries(suffixes).map(([error, suffix]) => [`${dialect} ${suffix}`, error] as const),
  ),
);

/** The last five characters of a number, or of the part of an address before its @. */
function endingOf(receiver: string): string {
  const at = receiver.indexOf("@");
  const end = at < 0 ? receiver.length : at;
  return receiver.slice(Math.max(0, end - SUFFIX_LENGTH), end);
}
