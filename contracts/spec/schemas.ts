/** Checks bodies against the closed schemas of openapi.yaml. */
import { type Schema, Validator } from "@cfworker/json-schema";
import type { Spec } from "./types.ts";

/** The errors of a value, one short text each; empty if the value is valid. */
export type SchemaCheck = (reference: string, value: unknown) => readonly string[];

export function schemaCheck(spec: Spec): SchemaCheck {
  const validators = new Map<string, Validator>();
  return (reference, value) => {
    if (value === undefined) return ["the body is not JSON"];
    const validator = validators.get(reference) ?? new Validator(spec.schema(reference) as Schema, "2020-12", false);
    validators.set(reference, validator);
    const obstacle = obstacleIn(value);
    if (obstacle !== undefined) return [`the body: ${obstacle}`];
    const { errors } = validator.validate(value);
    return errors
      .filter(({ keyword }) => !OUTER.has(keyword))
      .map(({ instanceLocation, keyword, error }) => {
        const place = instanceLocation.replace(/^#\/?/, "") || "the body";
        return `${place}: ${keyword === "false" ? UNDOCUMENTED_FIELD : error}`;
      });
  };
}

/** Objects and arrays inside each other; no page has more than five. Much deeper values would overflow the stack. */
const MOST_LEVELS = 100;
/** Half of a surrogate pair: it cannot be encoded. */
const LONE_SURROGATE = /\p{Surrogate}/u;

/** What keeps the validator from reading the value. */
function obstacleIn(value: unknown, levels = MOST_LEVELS): string | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  if (levels === 0) return "objects or arrays are too deep inside each other";
  for (const [name, inner] of Object.entries(value)) {
    const obstacle = LONE_SURROGATE.test(name)
      ? "a field name has half a surrogate pair"
      : obstacleIn(inner, levels - 1);
    if (obstacle !== undefined) return obstacle;
  }
  return undefined;
}

/** How the error of a field that the schema does not have ends. */
export const UNDOCUMENTED_FIELD = "undocumented field";

/** Keywords that only report an error below them. */
const OUTER = new Set(["properties", "$ref", "additionalProperties", "items"]);
