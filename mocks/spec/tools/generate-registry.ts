/** Generates the error catalogue and the registry of operations as TypeScript source. A development tool. */
import type { Spec, SpecOperation, Wording } from "./read-spec.ts";

export function catalogueModule(spec: Spec): string {
  const byDialect: Record<string, Record<string, unknown>> = {};
  for (const [name, { summary: _summary, ...wordings }] of Object.entries(spec.errors)) {
    for (const [dialect, wording] of Object.entries(wordings)) {
      byDialect[dialect] ??= {};
      byDialect[dialect][name] = wordingOf(wording as Wording);
    }
  }
  return [
    "/** The API's error for each check, per dialect. */",
    `export const catalogue = ${literal(byDialect)} as const;\n`,
  ].join("\n");
}

/** The mock needs codes and messages only. Summaries, sources and reasons are in a separate module. */
function wordingOf({ source, source_en, source_zh, reason, also, example_params, ...words }: Wording) {
  return words;
}

interface Field {
  readonly format?: string;
  readonly "x-ciam-receiver"?: boolean;
}

/** The names of all fields in the schemas that `isWanted` accepts. */
function fieldNames({ document }: Spec, isWanted: (field: Field) => boolean): string[] {
  const schemas: { properties?: Record<string, Field> }[] = Object.values(document.components.schemas);
  const names = schemas.flatMap(({ properties = {} }) =>
    Object.entries(properties).flatMap(([name, field]) => (isWanted(field) ? [name] : [])),
  );
  return [...new Set(names)].sort();
}

export function operationsModule(spec: Spec): string {
  const registry = Object.fromEntries(
    spec.operations.map((operation) => [operation.operationId, registryEntry(operation)]),
  );
  const bodies = spec.operations.map(({ operationId, body }) => typeLine(operationId, body, "Record<string, never>"));
  const responses = spec.operations.map(({ operationId, dialect, response, payload }) =>
    typeLine(operationId, isEnvelope(spec, dialect) && payload === undefined ? undefined : response, "void", payload),
  );
  return [
    'import type { components } from "./openapi.gen.ts";\n',
    "/** Every operation, the variants of a path before its main operation. */",
    `export const operations = ${literal(registry)} as const;\n`,
    "/** The fields of bodies that are masked wherever they are shown. */",
    `export const secretFields: readonly string[] = ${literal(fieldNames(spec, isSecret))};\n`,
    "/** The fields of request bodies that hold the number or address of a request. */",
    `export const receiverFields: readonly string[] = ${literal(fieldNames(spec, isReceiver))};\n`,
    "/** The magic endings of numbers and addresses, by dialect and error code. */",
    `export const magicSuffixes: Readonly<Record<string, Readonly<Record<string, string>>>> = ${literal(spec.magic)};\n`,
    "export interface RequestBodies {",
    ...bodies,
    "}\n",
    "/** The result of a successful call: the body of the response, or the payload in its envelope. */",
    "export interface ResponseBodies {",
    ...responses,
    "}\n",
  ].join("\n");
}

const isSecret = ({ format }: Field) => format === "password";
const isReceiver = (field: Field) => field["x-ciam-receiver"] === true;

function typeLine(operationId: string, schema: string | undefined, absent: string, payload?: string): string {
  if (schema === undefined) return `  ${operationId}: ${absent};`;
  const whole = `components["schemas"]["${schema}"]`;
  return `  ${operationId}: ${payload === undefined ? whole : `NonNullable<${whole}["${payload}"]>`};`;
}

/** Whether the dialect wraps results in an envelope. Then a response without a payload has no result. */
function isEnvelope({ operations }: Spec, dialect: string): boolean {
  return operations.some((operation) => operation.dialect === dialect && operation.payload !== undefined);
}

function registryEntry({ dialect, method, path, checks, when }: SpecOperation) {
  return { dialect, method, path, ...(when ? { when } : {}), checks };
}

/** The summary, source and reason of each error, and the policy keys, for the catalogue of the control protocol. */
export function documentationModule(
  { errors, operations }: Spec,
  policyDescriptions: Readonly<Record<string, string>>,
): string {
  const sources: Record<string, Record<string, unknown>> = {};
  for (const [name, { summary, ...wordings }] of Object.entries(errors)) {
    for (const [dialect, wording] of Object.entries(wordings)) {
      const { source, source_en = source, source_zh = source, reason, also = [] } = wording as Wording;
      sources[dialect] ??= {};
      sources[dialect][name] = { summary, source, text_source: { en: source_en, zh: source_zh }, reason, also };
    }
  }
  const purposes = Object.fromEntries(
    operations.map(({ operationId, summary, takesReceiver }) => [operationId, { summary, takesReceiver }]),
  );
  return [
    "/** The summary, source and reason of each error, per dialect and check name. */",
    `export const sources: Documentation["sources"] = ${literal(sources)};\n`,
    `export const purposes: Documentation["purposes"] = ${literal(purposes)};\n`,
    "/** What each policy key does. */",
    `export const policyDescriptions: Readonly<Record<string, string>> = ${literal(policyDescriptions)};\n`,
    "interface Documentation {",
    "  readonly sources: Readonly<Record<string, Readonly<Record<string, ErrorSource>>>>;",
    "  /** The summary of each operation, and whether its request has a number or an address. */",
    "  readonly purposes: Readonly<Record<string, { readonly summary: string; readonly takesReceiver: boolean }>>;",
    "}\n",
    "interface ErrorSource {",
    "  readonly summary: string;",
    "  readonly source: Source;",
    "  readonly text_source: { readonly en: Source; readonly zh: Source };",
    "  readonly reason: string;",
    "  readonly also: readonly string[];",
    "}\n",
    'type Source = "documented" | "observed" | "inferred";\n',
  ].join("\n");
}

function literal(value: unknown): string {
  return JSON.stringify(value, null, 2);
}
