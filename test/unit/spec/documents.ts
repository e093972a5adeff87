/** openapi.yaml and contracts/control.yaml as these tests read them: parsed plainly, not through the generator's reader. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Schema } from "@cfworker/json-schema";
import { parse } from "yaml";

interface Known {
  source: string;
  source_en?: string;
  source_zh?: string;
  reason: string;
  also?: string[];
}

interface Wording extends Known {
  status: number;
  error_code: string;
  error_msg: { en: string; zh: string };
}

interface GenauthWording extends Known {
  statusCode: number;
  apiCode?: number;
  message: { en: string; zh: string };
}

interface Judged {
  operationId: string;
  "x-ciam-printed": string[];
  "x-ciam-checks": string[];
  "x-ciam-checks-source": string;
  "x-ciam-also"?: Record<string, string[]>;
}

interface Variant extends Judged {
  /** The name of its request schema. */
  body: string;
  when: { header: string; present: boolean };
}

interface Content {
  "application/json": { schema: Schema; examples?: Record<string, { value: unknown }> };
}

interface Common {
  "x-ciam-dialect": string;
  /** The field of a success response with the result of the operation. */
  "x-ciam-payload"?: string;
  security: Record<string, string[]>[];
  parameters: { name: string; in: string; required: boolean; example: string; schema: Schema }[];
  requestBody?: { content: Content };
  responses: Record<string, { content?: Content }>;
}

interface ControlCall {
  operationId: string;
  "x-ciam-capability"?: string;
  requestBody?: { content: Content };
  responses: Record<string, unknown>;
}

interface Document<Call> {
  openapi: string;
  paths: Record<string, Record<string, Call>>;
  components: {
    schemas: Record<string, Schema>;
    securitySchemes: Record<string, { type: string; scheme?: string; in?: string; name?: string }>;
  };
}

export type OpenApi = Document<Judged & Common & { "x-ciam-variants"?: Variant[] }>;
export type Control = Document<ControlCall>;

interface Catalogue {
  "x-ciam-errors": Record<string, { summary: string; bamboocloud?: Wording; genauth?: GenauthWording }>;
}

export const files = {
  openapi: fileURLToPath(new URL("../../../openapi.yaml", import.meta.url)),
  control: fileURLToPath(new URL("../../../contracts/control.yaml", import.meta.url)),
};

export const openapi: OpenApi & Catalogue = parse(readFileSync(files.openapi, "utf8"));
export const control: Control = parse(readFileSync(files.control, "utf8"));

type Operation = Judged & Common & { method: string; path: string; when?: Variant["when"]; body?: string };

/** Every operation of a document; a variant shares some parts with the operation of its path. */
export function operationsOf(document: OpenApi): Operation[] {
  return callsOf(document).flatMap(({ "x-ciam-variants": variants = [], ...main }) => {
    const { "x-ciam-also": _notTheVariants, ...common } = main;
    return [main, ...variants.map((variant) => ({ ...common, ...variant }))];
  });
}

export function callsOf<Call>({ paths }: Document<Call>): (Call & { method: string; path: string })[] {
  return Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, call]) => ({ ...call, method: method.toUpperCase(), path })),
  );
}

export const operations = operationsOf(openapi);

export function operation(id: string): Operation {
  const found = operations.find(({ operationId }) => operationId === id);
  if (found === undefined) throw new Error(`openapi.yaml has no operation ${id}`);
  return found;
}

export const catalogue = openapi["x-ciam-errors"];

export const wordings = Object.entries(catalogue).flatMap(([name, { bamboocloud }]) =>
  bamboocloud === undefined ? [] : [{ name, ...bamboocloud }],
);

export const genauthWordings = Object.entries(catalogue).flatMap(([name, { genauth }]) =>
  genauth === undefined ? [] : [{ name, code: genauthCode(genauth), ...genauth }],
);

/** The usual notation: the statusCode, with the apiCode after a slash if there is one. */
function genauthCode({ statusCode, apiCode }: GenauthWording): string {
  return apiCode === undefined ? String(statusCode) : `${statusCode}/${apiCode}`;
}

/** The errors of an operation's checks, in the order of evaluation. */
export function refusalsOf(operationId: string): Wording[] {
  return operation(operationId)["x-ciam-checks"].map((check) => {
    const wording = catalogue[check]?.bamboocloud;
    if (wording === undefined) throw new Error(`x-ciam-errors has no Bamboocloud wording for ${check}`);
    return wording;
  });
}
