/** Finds schemas of objects wherever they stand in a document. Knows nothing of what is said about them. */
import type { Schema } from "@cfworker/json-schema";

export interface Found {
  where: string;
  schema: Schema;
}

/** Also a schema that has members without calling itself an object is one. */
export function objectSchemas(node: unknown, path: readonly string[] = []): Found[] {
  if (typeof node !== "object" || node === null) return [];
  const below = Object.entries(node).flatMap(([key, value]) => objectSchemas(value, [...path, key]));
  return isObjectSchema(node) ? [{ where: path.join("."), schema: node }, ...below] : below;
}

function isObjectSchema(node: Schema): boolean {
  const { type, properties } = node;
  return type === "object" || (Array.isArray(type) && type.includes("object")) || typeof properties === "object";
}
