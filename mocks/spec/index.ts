/** openapi.yaml as types and tables: operations, their checks, and the API's error codes and messages. */
import { catalogue } from "./catalogue.gen.ts";
import {
  operations,
  type RequestBodies,
  type ResponseBodies,
  receiverFields as receiverNames,
  secretFields as secretNames,
} from "./operations.gen.ts";

export { magicSuffixes } from "./operations.gen.ts";

type Operations = typeof operations;
type Catalogue = typeof catalogue;

export type OperationId = keyof Operations;
export type DialectName = keyof Catalogue;

/** The names of an operation's checks. */
export type CheckId<Id extends OperationId = OperationId> = Operations[Id]["checks"][number];
/** The operations of a dialect. */
export type OperationOf<D extends DialectName> = {
  [Id in OperationId]: Operations[Id]["dialect"] extends D ? Id : never;
}[OperationId];

export type RequestBody<Id extends OperationId> = RequestBodies[Id];
export type ResponseBody<Id extends OperationId> = ResponseBodies[Id];

/** The API's error for a check of the dialect: status, code and message. */
export type Wording<D extends DialectName> = Catalogue[D][keyof Catalogue[D]];

export interface OperationEntry {
  readonly id: OperationId;
  readonly dialect: DialectName;
  readonly method: string;
  readonly path: string;
  /** Selects this operation, among those of the same path, by a header. */
  readonly when?: { readonly header: string; readonly present: boolean };
  readonly checks: readonly CheckId[];
}

/** All operations. Among those of one path, the ones with a condition come first. */
export const operationEntries: readonly OperationEntry[] = Object.entries(operations).map(([id, entry]) => ({
  id: id as OperationId,
  ...entry,
}));

export function wording<D extends DialectName>(dialect: D, check: CheckId): Wording<D> {
  // The check may belong to the other dialect, so it may be missing in this table.
  const words: Readonly<Record<string, unknown>> = catalogue[dialect];
  const found = words[check];
  if (found === undefined) throw new Error(`${dialect} has no error for check "${check}": add it to x-ciam-errors`);
  return found as Wording<D>;
}

/** The fields of bodies that are masked wherever they are shown: those with `format: password`. */
export const secretFields: ReadonlySet<string> = new Set(secretNames);

/** The fields of request bodies that hold the number or address of a request: those with `x-ciam-receiver`. */
export const receiverFields: ReadonlySet<string> = new Set(receiverNames);
