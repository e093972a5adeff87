/** The standard part of openapi.yaml: operations, headers, schemas, examples; and that both documents are valid. */
import SwaggerParser from "@apidevtools/swagger-parser";
import { type Schema, Validator } from "@cfworker/json-schema";
import { expect, test } from "vitest";
import { files, type OpenApi, openapi, operations, operationsOf } from "./documents.ts";
import { objectSchemas } from "./object-schemas.ts";
import { exceptions } from "./optional-fields.ts";
import { headers, seeds } from "./seeds.ts";

const resolved = operationsOf((await SwaggerParser.dereference(files.openapi)) as unknown as OpenApi);
const bamboocloud = resolved.filter((entry) => entry["x-ciam-dialect"] === "bamboocloud");

const expected = [
  { operationId: "sendSms", method: "POST", path: "/api/v2/sdk/sms/send", bearer: "none" },
  { operationId: "updateMobile", method: "POST", path: "/api/v2/sdk/profile/update-mobile", bearer: "required" },
  { operationId: "updateEmail", method: "POST", path: "/api/v2/sdk/profile/update-email", bearer: "required" },
  {
    operationId: "updatePasswordByMobile",
    method: "POST",
    path: "/api/v2/sdk/pwd/update-by-mobile",
    bearer: "optional",
  },
  {
    operationId: "resetPasswordByMobile",
    method: "POST",
    path: "/api/v2/sdk/pwd/update-by-mobile",
    bearer: "optional",
  },
  { operationId: "getCaptcha", method: "GET", path: "/api/v2/sdk/captcha", bearer: "none" },
  { operationId: "verifyCaptcha", method: "POST", path: "/api/v2/sdk/captcha/verify", bearer: "none" },
  { operationId: "sendEmail", method: "POST", path: "/api/v2/sdk/email/send", bearer: "none" },
  { operationId: "loginByMobileCode", method: "POST", path: "/api/v2/sdk/login/mobile-verify-code", bearer: "none" },
];

test("Bamboocloud has exactly these nine operations, paths and bearer token requirements", () => {
  const found = bamboocloud.map(({ operationId, method, path, security }) => {
    return { operationId, method, path, bearer: bearerOf(security) };
  });
  expect(byId(found)).toEqual(byId(expected));
});

/** `security` lists alternatives; an empty one makes the token optional. */
function bearerOf(security: Record<string, string[]>[]): string {
  const alternatives = security.map((alternative) => Object.keys(alternative).map(schemeOf).join("+"));
  const bearer = alternatives.includes("http bearer");
  if (alternatives.some((name) => name !== "" && name !== "http bearer")) return alternatives.join(" or ");
  if (bearer && alternatives.includes("")) return "optional";
  return bearer ? "required" : "none";
}

function schemeOf(name: string): string {
  const scheme = openapi.components.securitySchemes[name];
  return scheme === undefined ? `undefined ${name}` : `${scheme.type} ${scheme.scheme}`;
}

function byId<Named extends { operationId: string }>(list: Named[]): Named[] {
  return list.toSorted((a, b) => a.operationId.localeCompare(b.operationId));
}

test("a password reset is a call to update-by-mobile without Authorization", () => {
  const variants = operations.filter(({ when }) => when !== undefined);
  expect(variants.map(({ operationId, when, body }) => ({ operationId, when, body }))).toEqual([
    {
      operationId: "resetPasswordByMobile",
      when: { header: "authorization", present: false },
      body: "ResetPasswordByMobileRequest",
    },
  ]);
  expect(variants[0]?.requestBody?.content["application/json"].schema.oneOf).toContainEqual({
    $ref: "#/components/schemas/ResetPasswordByMobileRequest",
  });
});

test.each(bamboocloud)("$operationId takes the six documented headers with the documented samples", (entry) => {
  const found = entry.parameters.map(({ name, in: place, required, example }) => ({ name, place, required, example }));
  expect(found).toEqual(headers.map((header) => ({ ...header, place: "header" })));
});

test.each(seeds)("the request example of $operationId's page is an example of its body", ({ operationId, request }) => {
  const body = resolved.find((entry) => entry.operationId === operationId)?.requestBody?.content["application/json"];
  expect(Object.values(body?.examples ?? {}).map(({ value }) => value)).toContainEqual(request);
});

/** Request and response bodies; a variant shares both with the operation of its path. */
const bodies = resolved
  .filter(({ when }) => when === undefined)
  .flatMap(({ operationId, requestBody, responses }) => [
    ...(requestBody ? [{ operationId, part: "request", ...requestBody.content["application/json"] }] : []),
    ...Object.entries(responses).flatMap(([status, { content }]) =>
      content ? [{ operationId, part: status, ...content["application/json"] }] : [],
    ),
  ]);

const examples = bodies.flatMap(({ operationId, part, schema, examples = {} }) =>
  Object.entries(examples).map(([name, { value }]) => ({ operationId, part, name, schema, value })),
);

test.each(bodies)("the $part of $operationId is a JSON object, or one of several", ({ schema }) => {
  const alternatives = alternativesOf(schema);
  expect(alternatives.map(({ type }) => type)).toEqual(alternatives.map(() => "object"));
});

/** One path may take several bodies, and one status may stand for success and refusal. */
function alternativesOf(schema: Schema): Schema[] {
  return schema.oneOf ?? schema.anyOf ?? [schema];
}

test.each(bodies.filter(({ part }) => part !== "400"))("the $part of $operationId has an example", ({ examples }) => {
  expect(Object.keys(examples ?? {})).not.toEqual([]);
});

test.each(examples)("the example $name of the $part of $operationId fits its schema", ({ schema, value }) => {
  expect(new Validator(schema, "2020-12").validate(value)).toEqual({ valid: true, errors: [] });
});

test.each(examples)(
  "the example $name of the $part of $operationId does not fit with an additional field",
  ({ schema, value }) => {
    const more = { ...(value as object), undocumented: "1" };
    expect(new Validator(schema, "2020-12").validate(more).valid).toBe(false);
  },
);

test.each(seeds)("the error example of $operationId's page fits the schema of its 400", ({ operationId, refusal }) => {
  const response = bodies.find((body) => body.operationId === operationId && body.part === "400");
  expect(new Validator(response?.schema ?? false, "2020-12").validate(refusal)).toEqual({ valid: true, errors: [] });
});

test.each(bamboocloud)("the samples of $operationId's headers fit their schemas", ({ parameters }) => {
  for (const { schema, example } of parameters) {
    expect(new Validator(schema, "2020-12").validate(example)).toEqual({ valid: true, errors: [] });
  }
});

test("the inspected schemas include those of all bodies", () => {
  const found = objectSchemas(resolved).map(({ schema }) => schema);
  for (const { schema } of bodies) expect(found).toEqual(expect.arrayContaining(alternativesOf(schema)));
});

const schemas = objectSchemas(openapi).map(({ where, schema }) => {
  const all = Object.keys(schema.properties ?? {});
  return { where, schema, required: exceptions[where.replace(/^components\.schemas\./, "")]?.required ?? all };
});

test.each(schemas)("$where is closed and requires $required", ({ schema, required }) => {
  expect(schema.additionalProperties).toBe(false);
  expect(schema.required?.toSorted()).toEqual(required.toSorted());
});

test("only the schemas with a listed reason have optional fields", () => {
  const found = schemas.filter(({ schema, required }) => required.length < Object.keys(schema.properties ?? {}).length);
  expect(found.map(({ where }) => where).sort()).toEqual(
    Object.keys(exceptions)
      .map((name) => `components.schemas.${name}`)
      .sort(),
  );
});

test.each(Object.entries(files))("the %s document is valid OpenAPI 3.1", async (_name, file) => {
  await expect(SwaggerParser.validate(file)).resolves.toHaveProperty("openapi", "3.1.0");
});
