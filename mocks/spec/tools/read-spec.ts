/**
 * openapi.yaml as the generator reads it: parsed, validated, and with the x-ciam-* keys checked against each other.
 * A development tool; knows nothing of what is generated from it.
 */
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import SwaggerParser from "@apidevtools/swagger-parser";
import { parse } from "yaml";

interface Texts {
  en: string;
  zh: string;
}

/** What a dialect calls an error: the members that go over the wire, and how they are known. */
export type Wording = (
  | { status: number; error_code: string; error_msg: Texts }
  | { statusCode: number; apiCode?: number; message: Texts }
) & {
  source: string;
  source_en?: string;
  source_zh?: string;
  reason: string;
  also?: string[];
  /** What {0}, {1} stand for in an example; the real values depend on the policy. */
  example_params?: { en: string[]; zh: string[] };
};

/** The error code as people name it, such as `IDAAS.SDK.USER.0001` or `404/2004`, and its texts. */
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
  /** The schema of the request body, by its name under components.schemas. */
  body?: string;
  /** Whether that body names a number or an address. */
  takesReceiver: boolean;
  /** The schema of a successful answer's body, likewise; absent where the answer has none. */
  answer?: string;
  /** The member of that answer which holds what the operation gives; absent where it is the whole body. */
  payload?: string;
  checks: string[];
  checksSource: string;
  printed: string[];
  also: Record<string, string[]>;
  /** The variant of a path is chosen by a header; the main operation has no condition. */
  when?: { header: string; present: boolean };
}

export interface Spec {
  document: Document;
  errors: Record<string, CatalogueEntry>;
  operations: SpecOperation[];
  /** The ending of a number that gets an error, by dialect and error code. */
  magic: Record<string, Record<string, string>>;
}

// biome-ignore lint/suspicious/noExplicitAny: the parsed YAML; what is taken from it is checked below
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

/** Each ending is five digits and stands for one error that there is. */
function assertMagicIsPossible(magic: Spec["magic"], errors: Record<string, CatalogueEntry>): void {
  const taken = new Set<string>();
  for (const [dialect, suffixes] of Object.entries(magic)) {
    const worded = Object.values(errors).map((entry) => entry[dialect]);
    const codes = new Set(worded.map((wording) => (typeof wording === "object" ? spoken(wording).code : undefined)));
    for (const [code, suffix] of Object.entries(suffixes)) {
      if (!codes.has(code)) throw new Error(`x-ciam-magic has ${code}, which no error of ${dialect} has`);
      if (!/^\d{5}$/.test(suffix) || taken.has(suffix))
        throw new Error(`x-ciam-magic: ${suffix} is taken, or not five digits`);
      taken.add(suffix);
    }
  }
}

/** One path and method may hold several operations; those with a condition come first, as they are tried first. */
function operationsAt(path: string, method: string, main: Document): SpecOperation[] {
  const variants: Document[] = main["x-ciam-variants"] ?? [];
  const claimed = new Set(variants.map((variant) => variant.body));
  const schema = main.responses["200"].content?.["application/json"].schema;
  // Where a refusal comes with the same status, the success is named first.
  const answer = schemaName(schema?.anyOf?.[0] ?? schema);
  const payload: string | undefined = main["x-ciam-payload"];
  const shared = {
    dialect: main["x-ciam-dialect"],
    method: method.toUpperCase(),
    path,
    ...(answer === undefined ? {} : { answer }),
    ...(payload === undefined ? {} : { payload }),
  };
  return [
    ...variants.map((variant) => ({ ...read(variant, variant.body), ...shared, when: variant.when })),
    { ...read(main, ownBody(main, claimed)), ...shared },
  ];
}

function namesReceiver(schema: Document, schemas: Document): boolean {
  return Object.values<Document>(schema?.properties ?? {}).some(
    (member) => member["x-ciam-receiver"] === true || namesReceiver(schemas[schemaName(member) ?? ""], schemas),
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
      throw new Error(`${operation.operationId} has the check "${name}", which x-ciam-errors does not word`);
    }
    codes.add(spoken(wording).code);
  }
  for (const code of operation.printed) {
    if (!codes.has(code)) throw new Error(`${operation.operationId} prints ${code}, and no check answers it`);
  }
}
