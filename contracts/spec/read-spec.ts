/** Reads openapi.yaml: operations, checks, documented errors and schemas. Pure: it takes the text. */
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { parse } from "yaml";
import { type Basis, inferred } from "./basis.ts";
import { codecOf } from "./dialects/index.ts";
import { type DocumentedError, type Header, type Operation, type Spec, SpecError } from "./types.ts";

type Node = Readonly<Record<string, unknown>>;

export function readSpec(text: string): Spec {
  const document = node(parse(text), "openapi.yaml");
  const components = node(document["components"], "components");
  const catalogue = node(document["x-ciam-errors"], "x-ciam-errors");
  const read = { document, schemas: node(components["schemas"], "components.schemas"), catalogue };
  const operations = Object.entries(node(document["paths"], "paths")).flatMap(([path, item]) =>
    Object.entries(node(item, path)).flatMap(([method, operation]) =>
      operationsAt(read, path, method, node(operation, path)),
    ),
  );
  const errors = operations.flatMap((operation) => [...operation.errors.values()]);
  return {
    sha256: bytesToHex(sha256(utf8ToBytes(text))),
    version: String(node(document["info"], "info")["version"]),
    operations,
    secretFields: new Set(secretMembersOf(read.schemas)),
    textsOf: (code) => errors.filter((error) => error.code === code).map(({ texts }) => texts),
    schema: (reference) => ({ $ref: reference, components }),
  };
}

interface Reading {
  readonly document: Node;
  readonly schemas: Node;
  readonly catalogue: Node;
}

function operationsAt(reading: Reading, path: string, method: string, main: Node): Operation[] {
  const variants = list(main["x-ciam-variants"]).map((variant) => node(variant, path));
  const claimed = new Set(variants.map((variant) => `#/components/schemas/${variant["body"]}`));
  const branches = bodySchemas(main);
  const own = branches.find((branch) => !claimed.has(branch));
  const shared = { path, method: method.toUpperCase(), main };
  return [
    operation(reading, { ...shared, source: main, body: own, signedIn: demandsToken(main) }),
    ...variants.map((source) => {
      const when = node(source["when"], path);
      const body = `#/components/schemas/${source["body"]}`;
      return operation(reading, { ...shared, source, body, signedIn: when["present"] === true });
    }),
  ];
}

interface Place {
  readonly path: string;
  readonly method: string;
  /** The value at this path of the file. */
  readonly main: Node;
  /** The same value, or its variant. */
  readonly source: Node;
  readonly body: string | undefined;
  readonly signedIn: boolean;
}

function operation(reading: Reading, { path, method, main, source, body, signedIn }: Place): Operation {
  const id = text(source["operationId"], `${method} ${path}: operationId`);
  const dialect = text(main["x-ciam-dialect"], `${id}: x-ciam-dialect`);
  const checks = list(source["x-ciam-checks"]).map(String);
  const also = (source["x-ciam-also"] ?? {}) as Readonly<Record<string, readonly string[]>>;
  const page = text(source["x-ciam-page"] ?? main["x-ciam-page"], `${id}: x-ciam-page`);
  const printed = list(source["x-ciam-printed"]).map(String);
  const about = { catalogue: reading.catalogue, dialect, id, page, printed };
  const errors = checks.map((check) => documentedError(about, check, also[check] ?? []));
  const done = schemasOfAnswer(reading.document, main, 200);
  // A dialect that returns 200 for everything documents the refusal beside the success.
  const [refusal] = errors[0]?.status === 200 ? done.slice(1) : schemasOfAnswer(reading.document, main, 400);
  return {
    id,
    dialect,
    summary: text(source["summary"], `${id}: summary`),
    method,
    path,
    headers: list(main["parameters"])
      .map((parameter) => resolved(reading.document, parameter))
      .filter((parameter) => parameter["in"] === "header")
      .map(header),
    signedIn,
    body,
    requiredFields: body === undefined ? [] : list(schemaNamed(reading, body)["required"]).map(String),
    success: done[0],
    refusal: refusal ?? fail(`${id}: the schema of its refusals`),
    checks,
    errors: new Map(errors.map((error) => [error.check, error])),
    page: { strength: "documented", source: `page ${page}` },
    order: inferred(text(source["x-ciam-checks-source"], `${id}: x-ciam-checks-source`)),
  };
}

interface Pairing {
  readonly catalogue: Node;
  readonly dialect: string;
  readonly id: string;
  readonly page: string;
  /** The codes that the page of the operation prints. */
  readonly printed: readonly string[];
}

function documentedError(about: Pairing, check: string, more: readonly string[]): DocumentedError {
  const { catalogue, dialect, id } = about;
  const entry = node(catalogue[check], `${id}: the check ${check} in x-ciam-errors`);
  const wording = node(entry[dialect], `x-ciam-errors.${check}.${dialect}`);
  const { en, zh, ...details } = codecOf(dialect).documented(wording);
  const isDocumented = (source: string) => wording[source] !== "inferred";
  return {
    check,
    basis: basisOf(about, details.code, wording),
    summary: text(entry["summary"], `x-ciam-errors.${check}.summary`),
    ...details,
    texts: { en, zh, enDocumented: isDocumented("source_en"), zhDocumented: isDocumented("source_zh") },
    also: [...list(wording["also"]).map(String), ...more],
  };
}

function basisOf({ printed, page }: Pairing, code: string, wording: Node): Basis {
  const reason = String(wording["reason"] ?? "");
  if (wording["source"] === "documented" && printed.includes(code))
    return { strength: "documented", source: `page ${page}` };
  // The reason of a documented entry tells which other pages print the code.
  return inferred(printed.includes(code) ? reason : `Page ${page} does not print ${code}. ${reason}`.trim());
}

function header(parameter: Node): Header {
  return {
    name: text(parameter["name"], "the name of a header"),
    required: parameter["required"] === true,
    example: String(parameter["example"] ?? ""),
  };
}

/** If an operation has alternatives and only one of them has no token, its main form requires one. */
function demandsToken(main: Node): boolean {
  return list(main["security"]).some((alternative) => Object.keys(node(alternative, "security")).length > 0);
}

function bodySchemas(main: Node): string[] {
  const schema = jsonSchemaIn(main["requestBody"]);
  if (schema === undefined) return [];
  return list(schema["oneOf"] ?? [schema]).map((branch) => String(node(branch, "a request body")["$ref"]));
}

function schemasOfAnswer(document: Node, main: Node, status: number): readonly string[] {
  const responses = node(main["responses"], "responses");
  const schema = jsonSchemaIn(resolved(document, responses[String(status)]));
  if (schema === undefined) return [];
  return list(schema["anyOf"] ?? [schema]).map((branch) => String(node(branch, "a response")["$ref"]));
}

function jsonSchemaIn(holder: unknown): Node | undefined {
  const content = (holder as Node | undefined)?.["content"] as Node | undefined;
  const media = content?.["application/json"] as Node | undefined;
  return media?.["schema"] as Node | undefined;
}

function schemaNamed({ document }: Reading, reference: string): Node {
  return resolved(document, { $ref: reference });
}

function resolved(document: Node, value: unknown): Node {
  const here = node(value, "a reference");
  if (typeof here["$ref"] !== "string") return here;
  const path = here["$ref"].replace(/^#\//, "").split("/");
  return node(
    path.reduce<unknown>((parent, name) => (parent as Node | undefined)?.[name], document),
    here["$ref"],
  );
}

function* secretMembersOf(schemas: Node): Generator<string> {
  for (const schema of Object.values(schemas)) {
    const properties = (schema as Node)["properties"] ?? {};
    for (const [name, property] of Object.entries(properties)) {
      if (property.format === "password") yield name;
    }
  }
}

function node(value: unknown, where: string): Node {
  if (typeof value !== "object" || value === null) fail(`${where} is missing`);
  return value as Node;
}

function text(value: unknown, where: string): string {
  return typeof value === "string" ? value : fail(`${where} is missing`);
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function fail(message: string): never {
  throw new SpecError(message);
}
