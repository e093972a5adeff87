/** Validates the input of a control call against the schemas of contracts/control.yaml. */
import { type OutputUnit, type Schema, Validator } from "@cfworker/json-schema";
import { components, controlCalls } from "../spec/control.gen.ts";
import { badRequest, type ControlId } from "./calls.ts";

type Part = "body" | "query";

const validators = new Map<string, Validator>();

/** Objects and arrays inside each other. Deeper values would overflow the stack of whatever reads them later. */
const MOST_LEVELS = 100;
/** A snapshot has the body of a fault some levels further down. */
const MOST_LEVELS_OF_SNAPSHOT = 120;

/** Half of a surrogate pair: it cannot be encoded. */
const LONE_SURROGATE = /\p{Surrogate}/u;

/** Throws a `ControlError` with status 400 that lists the mistakes. */
export function assertValid(id: ControlId, part: Part, value: unknown): void {
  const schema = controlCalls[id][part] as Schema | null;
  if (schema === null) return;
  const levels = id === "restoreSnapshot" ? MOST_LEVELS_OF_SNAPSHOT : MOST_LEVELS;
  assertReadable(value, part, levels);
  const key = `${id} ${part}`;
  const validator = validators.get(key) ?? new Validator({ ...schema, components } as Schema, "2020-12", false);
  validators.set(key, validator);
  const { valid, errors } = validator.validate(value);
  if (valid) return;
  const mistakes = errors.filter(({ keyword }) => !OUTER.has(keyword)).map((error) => `${part}${described(error)}`);
  throw badRequest(mistakes[0] ?? `the ${part} is not valid`, { errors: mistakes });
}

/** Refuses what the validator itself cannot take: values that are too deep, and names that cannot be encoded. */
function assertReadable(value: unknown, part: Part, levels: number): void {
  if (typeof value !== "object" || value === null) return;
  if (levels === 0) throw badRequest(`the ${part} has objects or arrays too deep inside each other`);
  for (const [name, inner] of Object.entries(value)) {
    if (LONE_SURROGATE.test(name)) throw badRequest(`the ${part} has a field name with half a surrogate pair`);
    assertReadable(inner, part, levels - 1);
  }
}

/** Keywords whose errors only repeat an error at a deeper level. */
const OUTER = new Set(["properties", "allOf", "items", "$ref", "unevaluatedProperties", "additionalProperties"]);

function described({ instanceLocation, keyword, error }: OutputUnit): string {
  return `${instanceLocation.replace(/^#/, "")}: ${keyword === "false" ? "unknown field" : error}`;
}
