/** Generates what each policy key does and which values it allows. A development tool. */
import { fileURLToPath } from "node:url";
import SwaggerParser from "@apidevtools/swagger-parser";
import type { Document } from "./read-spec.ts";

interface Property {
  readonly description: string;
  readonly enum?: readonly (string | null)[];
}

/** A module of its own: only the catalogue and the documentation load it. */
export async function policyModule(file: URL): Promise<string> {
  const document: Document = await SwaggerParser.parse(fileURLToPath(file));
  const properties: Record<string, Property> = document.components.schemas.PolicyValues.properties;
  const keys = Object.entries(properties).map(([key, property]) => [key, documentationOf(property)]);
  return [
    "export interface PolicyKeyDocumentation {",
    "  readonly description: string;",
    "  /** The allowed texts, for a key with a choice of texts. */",
    "  readonly values?: readonly string[];",
    "}\n",
    "/** By key. */",
    `export const policyDocumentation: Readonly<Record<string, PolicyKeyDocumentation>> = ${JSON.stringify(Object.fromEntries(keys), null, 2)};\n`,
  ].join("\n");
}

function documentationOf({ description, enum: choices }: Property) {
  return choices === undefined ? { description } : { description, values: choices.filter((value) => value !== null) };
}
