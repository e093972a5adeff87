/** Holds bodies against the closed schemas of openapi.yaml. */
import { type Schema, Validator } from "@cfworker/json-schema";
import type { Spec } from "./types.ts";

/** What is wrong with a value, one short text each; empty when it fits. */
export type SchemaCheck = (reference: string, value: unknown) => readonly string[];

export function schemaCheck(spec: Spec): SchemaCheck {
  const validators = new Map<string, Validator>();
  return (reference, value) => {
    if (value === undefined) return ["there is no JSON"];
    const validator = validators.get(reference) ?? new Validator(spec.schema(reference) as Schema, "2020-12", false);
    validators.set(reference, validator);
    const { errors } = validator.validate(value);
    return errors
      .filter(({ keyword }) => !OUTER.has(keyword))
      .map(({ instanceLocation, keyword, error }) => {
        const place = instanceLocation.replace(/^#\/?/, "") || "the body";
        return `${place}: ${keyword === "false" ? "no such member is documented" : error}`;
      });
  };
}

/** Keywords that only say that something below them is wrong. */
const OUTER = new Set(["properties", "$ref", "additionalProperties", "items"]);
