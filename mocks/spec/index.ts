/** openapi.yaml as types and look-ups: operations, the checks of each, and what a refusal is called on the wire. */
import { catalogue } from "./catalogue.gen.ts";
import {
  type AnswerBodies,
  operations,
  type RequestBodies,
  receiverFields as receiverNames,
  secretFields as secretNames,
} from "./operations.gen.ts";

export { magicSuffixes } from "./operations.gen.ts";

type Operations = typeof operations;
type Catalogue = typeof catalogue;

export type OperationId = keyof Operations;
export type DialectName = keyof Catalogue;

/** The names of the checks that an operation walks through. */
export type CheckId<Id extends OperationId = OperationId> = Operations[Id]["checks"][number];
/** The operations that a dialect has. */
export type OperationOf<D extends DialectName> = {
  [Id in OperationId]: Operations[Id]["dialect"] extends D ? Id : never;
}[OperationId];

export type RequestBody<Id extends OperationId> = RequestBodies[Id];
export type ResponseBody<Id extends OperationId> = AnswerBodies[Id];

/** What a check of the dialect is called on the wire. */
export type Wording<D extends DialectName> = Catalogue[D][keyof Catalogue[D]];

export interface OperationEntry {
  readonly id: OperationId;
  readonly dialect: DialectName;
  readonly method: string;
  readonly path: string;
  /** Chosen among the operations of one path by a header. */
  readonly when?: { readonly header: string; readonly present: boolean };
  readonly checks: readonly CheckId[];
}

/** All operations; where several share a path, those with a condition come first. */
export const operationEntries: readonly OperationEntry[] = Object.entries(operations).map(([id, entry]) => ({
  id: id as OperationId,
  ...entry,
}));

export function wording<D extends DialectName>(dialect: D, check: CheckId): Wording<D> {
  // The generated table is keyed by its own names; a check may be of the other dialect.
  const words: Readonly<Record<string, unknown>> = catalogue[dialect];
  const found = words[check];
  if (found === undefined) throw new Error(`No ${dialect} wording for "${check}"; see x-ciam-errors in openapi.yaml`);
  return found as Wording<D>;
}

/** Members of bodies that are masked wherever they are shown: those with `format: password`. */
export const secretFields: ReadonlySet<string> = new Set(secretNames);

/** Members of request bodies that name the number or address that a call is about: those with `x-ciam-receiver`. */
export const receiverFields: ReadonlySet<string> = new Set(receiverNames);
