/** The control protocol's registry, with the schemas that its input is validated against. A development tool. */
import { fileURLToPath } from "node:url";
import SwaggerParser from "@apidevtools/swagger-parser";
import type { Document } from "./read-spec.ts";

export async function controlModule(file: URL): Promise<string> {
  await SwaggerParser.validate(fileURLToPath(file));
  const document: Document = await SwaggerParser.dereference(fileURLToPath(file));
  const registry: Record<string, unknown> = {};
  for (const [path, item] of Object.entries<Document>(document.paths)) {
    for (const [method, operation] of Object.entries<Document>(item)) {
      registry[operation.operationId] = {
        method: method.toUpperCase(),
        path,
        status: Number(Object.keys(operation.responses).find((status) => status.startsWith("2"))),
        capability: operation["x-ciam-capability"] ?? null,
        query: querySchema(operation.parameters ?? []),
        bodyRequired: operation.requestBody?.required === true,
        body: operation.requestBody?.content["application/json"].schema ?? null,
      };
    }
  }
  return [
    "/** Every call of the control protocol. `body` and `query` are JSON Schemas; null where the call takes none. */",
    `export const controlCalls = ${JSON.stringify(registry, withoutWords, 2)} as const;\n`,
  ].join("\n");
}

/** What a schema says to people decides nothing, and is carried by every page. */
function withoutWords(name: string, value: unknown): unknown {
  return name === "description" && typeof value === "string" ? undefined : value;
}

function querySchema(parameters: Document[]): unknown {
  const query = parameters.filter((parameter) => parameter.in === "query");
  if (query.length === 0) return null;
  return {
    type: "object",
    additionalProperties: false,
    properties: Object.fromEntries(query.map(({ name, schema }) => [name, schema])),
  };
}
