/** Values that a JSON Schema forbids, one for each constraint, so that a new constraint is tested without a new test. */
import { type Schema, Validator } from "@cfworker/json-schema";

export interface Violation {
  readonly what: string;
  readonly value: unknown;
}

const ofEachType: Readonly<Record<string, unknown>> = {
  string: "text",
  number: 1.5,
  boolean: true,
  null: null,
  array: [],
  object: {},
};

export function violationsOf(schema: Schema): Violation[] {
  const own = [...wrongTypes(schema), ...outOfRange(schema), ...wrongTexts(schema), ...wrongItems(schema)];
  return [...own, ...otherConstants(schema), ...wrongForAll(schema)];
}

function otherConstants({ const: only }: Schema): Violation[] {
  return typeof only === "number" ? [{ what: `${only + 1}`, value: only + 1 }] : [];
}

/** Values that violate one alternative, unless another one allows them. */
function wrongForAll({ oneOf = [] }: Schema): Violation[] {
  const allowed = oneOf.map((schema: Schema) => new Validator(schema, "2020-12"));
  const candidates: Violation[] = oneOf.flatMap(violationsOf);
  return candidates.filter(({ value }) => !allowed.some((validator) => validator.validate(value).valid));
}

/** An integer is also a number, but 1.5 is not an integer. */
function wrongTypes({ type }: Schema): Violation[] {
  if (type === undefined) return [];
  const allowed: readonly string[] = [type].flat();
  return Object.entries(ofEachType)
    .filter(([name]) => !allowed.includes(name))
    .map(([name, value]) => ({ what: name === "number" ? "1.5" : `of type ${name}`, value }));
}

function outOfRange({ minimum, maximum }: Schema): Violation[] {
  return [
    ...(minimum === undefined ? [] : [{ what: `below ${minimum}`, value: minimum - 1 }]),
    ...(maximum === undefined ? [] : [{ what: `above ${maximum}`, value: maximum + 1 }]),
  ];
}

function wrongTexts({ minLength, maxLength, pattern, format, enum: allowed }: Schema): Violation[] {
  const texts = [
    ...(minLength === undefined ? [] : [""]),
    ...(maxLength === undefined ? [] : ["x".repeat(maxLength + 1)]),
    ...(pattern === undefined ? [] : ["", "a b", "x".repeat(99)].filter((text) => !new RegExp(pattern).test(text))),
    ...(format === "date-time" ? ["tomorrow", "2026-01-01", "2026-02-30T00:00:00Z", "2026-01-01T00:00:00"] : []),
    ...(allowed === undefined ? [] : ["something-else"]),
  ];
  return texts.map((value) => ({ what: value.length > 40 ? `${value.length} characters` : `"${value}"`, value }));
}

function wrongItems({ items, maxItems }: Schema): Violation[] {
  const inside = typeof items === "object" && !Array.isArray(items) ? violationsOf(items) : [];
  return [
    ...inside.map(({ what, value }) => ({ what: `a list with an item that is ${what}`, value: [value] })),
    ...(maxItems === undefined ? [] : [{ what: `${maxItems + 1} items`, value: Array(maxItems + 1).fill("x") }]),
  ];
}
