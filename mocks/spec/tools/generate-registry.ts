/** The error catalogue and the registry of operations as TypeScript source. A development tool. */
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
    "/** What each check name is called on the wire, per dialect. */",
    `export const catalogue = ${literal(byDialect)} as const;\n`,
  ].join("\n");
}

/** Summaries, sources and reasons are in a module of their own, for who asks; the mock needs the words. */
function wordingOf({ source, source_en, source_zh, reason, also, example_params, ...words }: Wording) {
  return words;
}

interface Member {
  readonly format?: string;
  readonly "x-ciam-receiver"?: boolean;
}

/** The names of the members, anywhere in the schemas, that are meant. */
function membersOf({ document }: Spec, isMeant: (member: Member) => boolean): string[] {
  const schemas: { properties?: Record<string, Member> }[] = Object.values(document.components.schemas);
  const names = schemas.flatMap(({ properties = {} }) =>
    Object.entries(properties).flatMap(([name, member]) => (isMeant(member) ? [name] : [])),
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
    `export const secretFields: readonly string[] = ${literal(membersOf(spec, isSecret))};\n`,
    "/** Members of request bodies that name the number or address that a call is about. */",
    `export const receiverFields: readonly string[] = ${literal(membersOf(spec, isReceiver))};\n`,
    "/** The ending of a number or address that gets an error, by dialect and error code. */",
    `export const magicSuffixes: Readonly<Record<string, Readonly<Record<string, string>>>> = ${literal(spec.magic)};\n`,
    "export interface RequestBodies {",
    ...bodies,
    "}\n",
    "/** What a successful call gives: the body of the answer, or what its envelope holds. */",
    "export interface AnswerBodies {",
    ...answers,
    "}\n",
  ].join("\n");
}

const isSecret = ({ format }: Member) => format === "password";
const isReceiver = (member: Member) => member["x-ciam-receiver"] === true;

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

/** How each wording is known, for the catalogue that the control protocol shows. */
export function documentationModule({ errors, operations }: Spec): string {
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
    "/** How each error is known, per dialect and check name. */",
    `export const sources: Documentation["sources"] = ${literal(sources)};\n`,
    `export const purposes: Documentation["purposes"] = ${literal(purposes)};\n`,
    "interface Documentation {",
    "  readonly sources: Readonly<Record<string, Readonly<Record<string, ErrorSource>>>>;",
    "  /** What each operation is for, and whether its request names a number or an address. */",
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
