/** Holds the input of a control call against the schemas of contracts/control.yaml. */
import { type OutputUnit, type Schema, Validator } from "@cfworker/json-schema";
import { components, controlCalls } from "../spec/control.gen.ts";
import { badRequest, type ControlId } from "./calls.ts";

type Part = "body" | "query";

const validators = new Map<string, Validator>();

/** Throws a `ControlError` with status 400 that names what is wrong. */
export function assertValid(id: ControlId, part: Part, value: unknown): void {
  const schema = controlCalls[id][part] as Schema | null;
  if (schema === null) return;
  const key = `${id} ${part}`;
  const validator = validators.get(key) ?? new Validator({ ...schema, components } as Schema, "2020-12", false);
  validators.set(key, validator);
  const { valid, errors } = validator.validate(value);
  if (valid) return;
  const problems = errors.filter(({ keyword }) => !OUTER.has(keyword)).map((error) => `${part}${described(error)}`);
  throw badRequest(problems[0] ?? `${part} is not valid`, { errors: problems });
}

/** Keywords that only say that something below them is wrong. */
const OUTER = new Set(["properties", "allOf", "items", "$ref", "unevaluatedProperties", "additionalProperties"]);

function described({ instanceLocation, keyword, error }: OutputUnit): string {
  return `${instanceLocation.replace(/^#/, "")}: ${keyword === "false" ? "no such member" : error}`;
}
