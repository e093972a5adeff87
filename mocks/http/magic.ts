/** Magic values: numbers and addresses whose ending orders an error, for people who have no tool at hand but a form. */
import { type CheckId, magicSuffixes, type OperationEntry, receiverFields } from "../spec/index.ts";
import type { Fields } from "./body.ts";
import type { AnyDialect } from "./operation.ts";

const SUFFIX_LENGTH = 5;

export interface Magic {
  readonly check: CheckId;
  readonly why: string;
}

/** What a number or address of the request orders of this operation; undefined if none does. */
export function magicOf(body: Fields, entry: OperationEntry, dialect: AnyDialect): Magic | undefined {
  for (const receiver of receiversIn(body)) {
    const suffix = endingOf(receiver);
    const error = suffix === undefined ? undefined : errorOf(suffix, dialect);
    const check = error === undefined ? undefined : entry.checks.find((name) => dialect.errorCode(name) === error);
    if (check !== undefined)
      return { check, why: `${receiver} is a magic value: ${suffix} orders ${error} (magic_values)` };
  }
  return undefined;
}

/** The members that name a number or an address, of the body and of the objects in it. */
function receiversIn(body: Fields): unknown[] {
  const inner = Object.values(body).flatMap((value) => Object.entries(Object(value)));
  return [...Object.entries(body), ...inner].filter(([name]) => receiverFields.has(name)).map(([, value]) => value);
}

/** Of a number its last digits, of an address those before its @. */
function endingOf(receiver: unknown): string | undefined {
  return typeof receiver === "string" ? receiver.replace(/@.*/s, "").slice(-SUFFIX_LENGTH) : undefined;
}

function errorOf(wanted: string, { name }: AnyDialect): string | undefined {
  return Object.entries(magicSuffixes[name] ?? {}).find(([, suffix]) => suffix === wanted)?.[0];
}
