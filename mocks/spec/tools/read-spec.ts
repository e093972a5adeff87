/**
 * Reads openapi.yaml for the generators: parses it, validates it and checks the x-ciam-* keys against each other. A development
 * tool.
 */
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import SwaggerParser from "@apidevtools/swagger-parser";
import { parse } from "yaml";

interface Texts {
  en: string;
  zh: string;
}

/** An error of a dialect: the fields of the response, and their source. */
export type Wording = (
  | { status: number; error_code: string; error_msg: Texts }
  | { statusCode: number; apiCode?: number; message: Texts }
) & {
  source: string;
  source_en?: string;
  source_zh?: string;
  reason: string;
  also?: string[];
  /** The values of {0} and {1} in an example. The real values depend on the policy. */
  example_params?: { en: string[]; zh: string[] };
};

/** The error code in one text, such as `IDAAS.SDK.USER.0001` or `404/2004`, and the messages. */
export function spoken(wording: Wording): { code: string; texts: Texts } {
  if ("error_code" in wording) return { code: wording.error_code, texts: wording.error_msg };
  const { statusCode, apiCode, message } = wording;
  return { code: apiCode === undefined ? String(statusCode) : `${statusCode}/${apiCode}`, texts: message };
}

interface CatalogueEntry {
  summary: string;
  [dialect: string]: Wording | string;
}

export interface SpecOperation {
  operationId: string;
  summary: string;
  dialect: string;
  method: string;
  path: string;
  /** The name of the request body's schema under components.schemas. */
  body?: string;
  /** Whether that body has a field for a number or an address. */
  takesReceiver: boolean;
  /** The name of the schema of a successful response; absent if the response has no body. */
  response?: string;
  /** The field of that response with the operation's result; absent if the result is the whole body. */
  payload?: string;
  checks: string[];
  checksSource: string;
  printed: string[];
  also: Record<string, string[]>;
  /** Selects a variant of the path by a header. The main operation has no condition. */
  when?: { header: string; present: boolean };
}

export interface Spec {
  document: Document;
  errors: Record<string, CatalogueEntry>;
  operations: SpecOperation[];
  /** The magic endings of numbers, by dialect and error code. */
  magic: Record<string, Record<string, string>>;
}

// biome-ignore lint/suspicious/noExplicitAny: the parsed YAML; the code below checks the values that it uses
export type Document = any;

export async function readSpec(file: URL): Promise<Spec> {
  const document = parse(await readFile(file, "utf8"));
  await SwaggerParser.validate(fileURLToPath(file));
  const errors: Record<string, CatalogueEntry> = document["x-ciam-errors"];
  const operations = Object.entries<Document>(document.paths).flatMap(([path, item]) =>
    Object.entries<Document>(item).flatMap(([method, operation]) => operationsAt(path, method, operation)),
  );
  const { schemas } = document.components;
  for (const operation of operations) operation.takesReceiver = namesReceiver(schemas[operation.body ?? ""], schemas);
  for (const operation of operations) assertChecksExist(operation, errors);
  const magic: Spec["magic"] = document["x-ciam-magic"];
  assertMagicIsPossible(magic, errors);
  return { document, errors, operations, magic };
}

/** Each ending must have five digits, be used once and belong to an existing error. */
function assertMagicIsPossible(magic: Spec["magic"], errors: Record<string, CatalogueEntry>): void {
  const taken = new Set<string>();
  for (const [dialect, suffixes] of Object.entries(magic)) {
    const worded = Object.values(errors).map((entry) => entry[dialect]);
    const codes = new Set(worded.map((wording) => (typeof wording === "object" ? spoken(wording).code : undefined)));
    for (const [code, suffix] of Object.entries(suffixes)) {
      if (!codes.has(code)) throw new Error(`x-ciam-magic: no error of ${dialect} has the code ${code}`);
      if (!/^\d{5}$/.test(suffix)) throw new Error(`x-ciam-magic: "${suffix}" must have five digits`);
      if (taken.has(suffix)) throw new Error(`x-ciam-magic: ${suffix} is used for two errors`);
      taken.add(suffix);
    }
  }
}

/** The operations of one path and method. Those with a condition come first, because they are tried first. */
function operationsAt(path: string, method: string, main: Document): SpecOperation[] {
  const variants: Document[] = main["x-ciam-variants"] ?? [];
  const claimed = new Set(variants.map((variant) => variant.body));
  const schema = main.responses["200"].content?.["application/json"].schema;
  // If errors have the same status, the schema lists the success first.
  const response = schemaName(schema?.anyOf?.[0] ?? schema);
  const payload: string | undefined = main["x-ciam-payload"];
  const shared = {
    dialect: main["x-ciam-dialect"],
    method: method.toUpperCase(),
    path,
    ...(response === undefined ? {} : { response }),
    ...(payload === undefined ? {} : { payload }),
  };
  return [
    ...variants.map((variant) => ({ ...read(variant, variant.body), ...shared, when: variant.when })),
    { ...read(main, ownBody(main, claimed)), ...shared },
  ];
}

function namesReceiver(schema: Document, schemas: Document): boolean {
  return Object.values<Document>(schema?.properties ?? {}).some(
    (field) => field["x-ciam-receiver"] === true || namesReceiver(schemas[schemaName(field) ?? ""], schemas),
  );
}

function read(operation: Document, body: string | undefined) {
  return {
    operationId: operation.operationId,
    summary: operation.summary,
    ...(body === undefined ? {} : { body }),
    takesReceiver: false,
    checks: operation["x-ciam-checks"],
    checksSource: operation["x-ciam-checks-source"],
    printed: operation["x-ciam-printed"],
    also: operation["x-ciam-also"] ?? {},
  };
}

function ownBody(operation: Document, claimed: ReadonlySet<string>): string | undefined {
  const schema = operation.requestBody?.content["application/json"].schema;
  const branches: Document[] = schema?.oneOf ?? (schema ? [schema] : []);
  return branches.map((branch) => schemaName(branch)).find((name) => name !== undefined && !claimed.has(name));
}

function schemaName(reference: Document): string | undefined {
  return reference?.$ref?.replace("#/components/schemas/", "");
}

function assertChecksExist(operation: SpecOperation, errors: Record<string, CatalogueEntry>): void {
  const codes = new Set<string>();
  for (const name of operation.checks) {
    const wording = errors[name]?.[operation.dialect];
    if (wording === undefined || typeof wording === "string") {
      throw new Error(`${operation.operationId}: x-ciam-errors has no ${operation.dialect} entry for check "${name}"`);
    }
    codes.add(spoken(wording).code);
  }
  for (const code of operation.printed) {
    if (!codes.has(code)) {
      throw new Error(`${operation.operationId}: x-ciam-printed has ${code}, but no check of the operation gives it`);
    }
  }
}
