/** Generates the control protocol's registry, with the schemas that validate its input. A development tool. */
import { fileURLToPath } from "node:url";
import SwaggerParser from "@apidevtools/swagger-parser";
import type { Document } from "./read-spec.ts";

export async function controlModule(file: URL): Promise<string> {
  await SwaggerParser.validate(fileURLToPath(file));
  const document: Document = await SwaggerParser.parse(fileURLToPath(file));
  const registry: Record<string, unknown> = {};
  for (const [path, item] of Object.entries<Document>(document.paths)) {
    for (const [method, operation] of Object.entries<Document>(item)) {
      registry[operation.operationId] = {
        method: method.toUpperCase(),
        path,
        status: Number(Object.keys(operation.responses).find((status) => status.startsWith("2"))),
        capability: operation["x-ciam-capability"] ?? null,
        query: querySchema(document, operation.parameters ?? []),
        bodyRequired: operation.requestBody?.required === true,
        body: operation.requestBody?.content["application/json"].schema ?? null,
      };
    }
  }
  const components = { schemas: referredSchemas(document, registry) };
  return [
    "/** Every call of the control protocol. `body` and `query` are JSON Schemas; null where the call takes none. */",
    `export const controlCalls = ${source(registry)} as const;\n`,
    "/** The schemas that those of the calls refer to. */",
    `export const components = ${source(components)};\n`,
  ].join("\n");
}

/** What each policy key does. */
export async function policyDescriptions(file: URL): Promise<Readonly<Record<string, string>>> {
  const document: Document = await SwaggerParser.parse(fileURLToPath(file));
  const properties: Record<string, Document> = document.components.schemas.PolicyValues.properties;
  return Object.fromEntries(Object.entries(properties).map(([key, { description }]) => [key, description]));
}

/** Descriptions are left out: they validate nothing, and every page loads this module. */
function source(value: unknown): string {
  const withoutDescriptions = (name: string, inner: unknown) =>
    name === "description" && typeof inner === "string" ? undefined : inner;
  return JSON.stringify(value, withoutDescriptions, 2);
}

/** The named schemas that `value` refers to, and those that they refer to in turn. */
function referredSchemas(document: Document, value: unknown): Record<string, unknown> {
  const found: Record<string, unknown> = {};
  const visit = (inner: unknown): void => {
    for (const [, name = ""] of JSON.stringify(inner).matchAll(/"#\/components\/schemas\/(\w+)"/g)) {
      if (Object.hasOwn(found, name)) continue;
      found[name] = document.components.schemas[name];
      visit(found[name]);
    }
  };
  visit(value);
  return Object.fromEntries(Object.entries(found).sort(([one], [other]) => (one < other ? -1 : 1)));
}

function querySchema(document: Document, parameters: Document[]): unknown {
  const query = parameters
    .map((parameter) => (parameter.$ref === undefined ? parameter : parameterNamed(document, parameter.$ref)))
    .filter((parameter) => parameter.in === "query");
  if (query.length === 0) return null;
  return {
    type: "object",
    additionalProperties: false,
    properties: Object.fromEntries(query.map(({ name, schema }) => [name, schema])),
  };
}

function parameterNamed(document: Document, reference: string): Document {
  return document.components.parameters[reference.slice(reference.lastIndexOf("/") + 1)];
}
