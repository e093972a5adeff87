/** Finds the schemas of objects anywhere in a document. */
import type { Schema } from "@cfworker/json-schema";

export interface Found {
  where: string;
  schema: Schema;
}

/** A schema with fields counts even if it does not declare the type object. */
export function objectSchemas(node: unknown, path: readonly string[] = []): Found[] {
  if (typeof node !== "object" || node === null) return [];
  const below = Object.entries(node).flatMap(([key, value]) => objectSchemas(value, [...path, key]));
  return isObjectSchema(node) ? [{ where: path.join("."), schema: node }, ...below] : below;
}

function isObjectSchema(node: Schema): boolean {
  const { type, properties } = node;
  return type === "object" || (Array.isArray(type) && type.includes("object")) || typeof properties === "object";
}
