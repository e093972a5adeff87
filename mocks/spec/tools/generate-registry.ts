/** The error catalogue and the registry of operations as TypeScript source. A development tool. */
import type { Spec, SpecOperation, Wording } from "./read-spec.ts";

export function catalogueModule(spec: Spec): string {
  const byDialect: Record<string, Record<string, unknown>> = {};
  for (const [name, { summary, ...wordings }] of Object.entries(spec.errors)) {
    for (const [dialect, wording] of Object.entries(wordings)) {
      byDialect[dialect] ??= {};
      byDialect[dialect][name] = { ...wordingOf(wording as Wording), summary };
    }
  }
  return [
    "/** What each check name is called on the wire, per dialect. */",
    `export const catalogue = ${literal(byDialect)} as const;\n`,
  ].join("\n");
}

/** Sources, reasons and examples are for readers of the YAML and for the published copy; the mock needs the words. */
function wordingOf({ source, source_en, source_zh, reason, also, example_params, ...words }: Wording) {
  return words;
}

/** The members that hold secrets: `format: password` anywhere in the schemas. */
function secretFields({ document }: Spec): string[] {
  const schemas: { properties?: Record<string, { format?: string }> }[] = Object.values(document.components.schemas);
  const names = schemas.flatMap(({ properties = {} }) =>
    Object.keys(properties).filter((name) => properties[name]?.format === "password"),
  );
  return [...new Set(names)].sort();
}

export function operationsModule(spec: Spec): string {
  const registry = Object.fromEntries(
    spec.operations.map((operation) => [operation.operationId, registryEntry(operation)]),
  );
  const bodies = spec.operations.map(({ operationId, body }) => member(operationId, body, "Record<string, never>"));
  const answers = spec.operations.map(({ operationId, dialect, answer, payload }) =>
    member(operationId, isEnvelope(spec, dialect) && payload === undefined ? undefined : answer, "void", payload),
  );
  return [
    'import type { components } from "./openapi.gen.ts";\n',
    "/** Every operation, the variants of a path before its main operation. */",
    `export const operations = ${literal(registry)} as const;\n`,
    "/** Members of bodies that are masked wherever they are shown. */",
    `export const secretFields: readonly string[] = ${literal(secretFields(spec))};\n`,
    "export interface RequestBodies {",
    ...bodies,
    "}\n",
    "/** What a successful call gives: the body of the answer, or what its envelope holds. */",
    "export interface AnswerBodies {",
    ...answers,
    "}\n",
  ].join("\n");
}

function member(operationId: string, schema: string | undefined, absent: string, payload?: string): string {
  if (schema === undefined) return `  ${operationId}: ${absent};`;
  const whole = `components["schemas"]["${schema}"]`;
  return `  ${operationId}: ${payload === undefined ? whole : `NonNullable<${whole}["${payload}"]>`};`;
}

/** Whether the dialect wraps what an operation gives, so that an answer without a payload holds nothing of it. */
function isEnvelope({ operations }: Spec, dialect: string): boolean {
  return operations.some((operation) => operation.dialect === dialect && operation.payload !== undefined);
}

function registryEntry({ dialect, method, path, checks, when }: SpecOperation) {
  return { dialect, method, path, ...(when ? { when } : {}), checks };
}

function literal(value: unknown): string {
  return JSON.stringify(value, null, 2);
}
