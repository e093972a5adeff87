/** contracts/control.yaml: its calls and capabilities, its closed requests, and the policy of core and dialects. */
import SwaggerParser from "@apidevtools/swagger-parser";
import { type Schema, Validator } from "@cfworker/json-schema";
import { expect, test } from "vitest";
import { type Assumption, assumptions, policyKeys } from "../../../mocks/core/policy.ts";
import { bamboocloud } from "../../../mocks/dialects/bamboocloud/index.ts";
import { genauth } from "../../../mocks/dialects/genauth/index.ts";
import { type Control, callsOf, control, files } from "./documents.ts";
import { type Found, objectSchemas } from "./object-schemas.ts";

const resolved = (await SwaggerParser.dereference(files.control)) as unknown as Control;

/** The calls that every target must support. */
const always = ["describeTarget", "readKeys"];

const expected = [
  "GET /__testkit 200 -",
  "GET /__testkit/jwks.json 200 -",
  "GET /__testkit/catalogue 200 catalogue",
  "GET /__testkit/sandboxes 200 sandbox-list",
  "POST /__testkit/sandboxes 201 sandboxes",
  "DELETE /__testkit/sandboxes/{client_id} 204 sandboxes",
  "GET /__testkit/accounts 200 account-list",
  "POST /__testkit/accounts 201 accounts",
  "GET /__testkit/accounts/{id} 200 account-read",
  "PATCH /__testkit/accounts/{id} 200 account-update",
  "DELETE /__testkit/accounts/{id} 204 accounts",
  "POST /__testkit/accounts/{id}/password-check 200 password-check",
  "POST /__testkit/accounts/{id}/tokens 201 tokens",
  "POST /__testkit/captcha-tokens 201 captcha-tokens",
  "GET /__testkit/captcha/{token} 200 captcha-answer",
  "POST /__testkit/codes 201 codes",
  "GET /__testkit/messages 200 messages",
  "GET /__testkit/clock 200 clock",
  "POST /__testkit/clock 200 clock",
  "GET /__testkit/faults 200 fault-list",
  "POST /__testkit/faults 201 faults",
  "DELETE /__testkit/faults/{id} 204 fault-list",
  "DELETE /__testkit/faults 204 faults",
  "GET /__testkit/policy 200 policy",
  "PATCH /__testkit/policy 200 policy",
  "GET /__testkit/requests 200 requests",
  "POST /__testkit/reset 204 reset",
  "GET /__testkit/snapshot 200 snapshot",
  "PUT /__testkit/snapshot 204 snapshot",
  "GET /__testkit/events 200 events",
];

test("the control protocol has exactly these calls, responses and capabilities", () => {
  const found = callsOf(control).map(({ method, path, responses, "x-ciam-capability": capability = "-" }) => {
    const answered = Object.keys(responses).filter((status) => status.startsWith("2"));
    return `${method} ${path} ${answered} ${capability}`;
  });
  expect(found.sort()).toEqual(expected.toSorted());
});

test.each(callsOf(control))("$operationId names its capability, unless every target must offer it", (call) => {
  const { operationId, "x-ciam-capability": capability } = call;
  if (always.includes(operationId)) expect(capability).toBeUndefined();
  else expect(capability).toMatch(/^[a-z]+(-[a-z]+)*$/);
});

const requests = callsOf(resolved).flatMap(({ operationId, requestBody }) =>
  requestBody === undefined ? [] : [{ operationId, schema: requestBody.content["application/json"].schema }],
);

test.each(requests)("the request of $operationId is an object, and all its objects are closed", ({ schema }) => {
  expect(objectSchemas(schema)).not.toEqual([]);
  expect(openOnes(schema)).toEqual([]);
});

/** An object is closed by itself, or as part of one that allows only the fields of its parts. */
function openOnes(schema: Schema): string[] {
  const found = objectSchemas(schema);
  return found.filter((one) => !isClosed(one.schema) && !isPartOfClosed(one, found)).map(({ where }) => where);
}

/** A map is closed when it defines its values and names no fields. */
function isClosed({ additionalProperties, unevaluatedProperties, properties }: Schema): boolean {
  const isMap = typeof additionalProperties === "object" && properties === undefined;
  return additionalProperties === false || unevaluatedProperties === false || isMap;
}

function isPartOfClosed({ schema }: Found, found: Found[]): boolean {
  return found.some(({ schema: whole }) => whole.unevaluatedProperties === false && whole.allOf?.includes(schema));
}

const policyValues = resolved.components.schemas.PolicyValues?.properties ?? {};

const own = {
  bamboocloud: Object.keys(bamboocloud.assumptions ?? {}),
  genauth: Object.keys(genauth.assumptions ?? {}),
};

test("the mock's policy keys, common and per dialect, are those of the protocol, each once", () => {
  const keys = [...policyKeys, ...own.bamboocloud, ...own.genauth];
  expect(keys.sort()).toEqual(Object.keys(policyValues).sort());
});

test.each(Object.entries(policyValues))("%s has a description, which is a sentence", (_key, schema) => {
  expect(schema).toMatchObject({ description: expect.stringMatching(/^[`A-Z].*\.$/) });
});

test("these keys belong to one dialect only", () => {
  expect(own).toEqual({
    bamboocloud: [],
    genauth: [
      "genauth_require_app_id",
      "update_phone_token_ttl_seconds",
      "genauth_http_status",
      "genauth_new_phone_channels",
      "genauth_old_phone_channels",
      "genauth_require_old_phone",
    ],
  });
});

const all: Readonly<Record<string, Assumption<unknown>>> = { ...assumptions, ...genauth.assumptions };

test.each(Object.keys(all))("the protocol allows the default of %s, and null", (key) => {
  const validator = new Validator(policyValues[key] ?? false, "2020-12");
  expect(validator.validate(all[key]?.default)).toEqual({ valid: true, errors: [] });
  expect(validator.validate(null)).toEqual({ valid: true, errors: [] });
});

test.each(Object.entries(all))("the default of %s has a source", (_key, { source }) => {
  expect(source).toMatch(/\S/);
});

const policyPatch = requests.find(({ operationId }) => operationId === "patchPolicy")?.schema;

test.each([
  '{"code_length": 4}',
  '{"pinned_code": null, "bamboocloud": {"code_length": 4}}',
  '{"genauth_http_status": "mirror", "genauth": {"code_ttl_seconds": 300, "genauth_require_old_phone": false}}',
  '{"genauth_new_phone_channels": ["CHANNEL_LOGIN", "CHANNEL_BIND_PHONE"]}',
])("the policy can be changed with %s", (patch) => {
  expect(new Validator(policyPatch ?? false, "2020-12").validate(JSON.parse(patch)).valid).toBe(true);
});

test.each([
  "{}",
  "[]",
  '{"code_lenght": 4}',
  '{"bamboocloud": {"code_lenght": 4}}',
  '{"bamboocloud": {"bamboocloud": {}}}',
  '{"nobody": {"code_length": 4}}',
  '{"genauth": {"genauth": {}}}',
  '{"genauth": null}',
  '{"genauth_http_status": "always-400"}',
  '{"genauth_new_phone_channels": []}',
  '{"genauth_old_phone_channels": ["LOGIN_SMS"]}',
  '{"genauth_require_old_phone": "true"}',
  '{"update_phone_token_ttl_seconds": 0}',
])("the policy cannot be changed with %s", (patch) => {
  expect(new Validator(policyPatch ?? true, "2020-12").validate(JSON.parse(patch)).valid).toBe(false);
});
