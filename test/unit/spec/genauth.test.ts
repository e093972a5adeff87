/**
 * The GenAuth part of openapi.yaml: operations, headers, responses and orders, against the vendor's page and the SDK's
 * requests.
 */
import SwaggerParser from "@apidevtools/swagger-parser";
import { type Schema, Validator } from "@cfworker/json-schema";
import { expect, test } from "vitest";
import { files, genauthWordings, type OpenApi, openapi, operations, operationsOf } from "./documents.ts";

const isGenauth = (entry: { "x-ciam-dialect": string }) => entry["x-ciam-dialect"] === "genauth";
const resolved = operationsOf((await SwaggerParser.dereference(files.openapi)) as unknown as OpenApi).filter(isGenauth);

const expected = [
  { operationId: "genauthSendSms", method: "POST", path: "/api/v3/send-sms", token: "none", payload: undefined },
  {
    operationId: "genauthVerifyUpdatePhoneRequest",
    method: "POST",
    path: "/api/v3/verify-update-phone-request",
    token: "accessToken",
    payload: "data",
  },
  {
    operationId: "genauthUpdatePhone",
    method: "POST",
    path: "/api/v3/update-phone",
    token: "accessToken",
    payload: "data",
  },
  {
    operationId: "genauthGetProfile",
    method: "GET",
    path: "/api/v3/get-profile",
    token: "accessToken",
    payload: "data",
  },
];

test("GenAuth has exactly these four operations, paths and access token requirements", () => {
  const found = resolved.map(({ operationId, method, path, security, "x-ciam-payload": payload }) => {
    return { operationId, method, path, token: security.flatMap(Object.keys).join() || "none", payload };
  });
  expect(found).toEqual(expected);
});

test("every operation belongs to one of the two dialects, thirteen in all", () => {
  const dialects = operations.map((entry) => entry["x-ciam-dialect"]);
  expect(dialects.toSorted()).toEqual([...Array(9).fill("bamboocloud"), ...Array(4).fill("genauth")]);
});

test("the access token is the whole Authorization header: the SDK writes no scheme", () => {
  const scheme = openapi.components.securitySchemes["accessToken"];
  expect(scheme).toMatchObject({ type: "apiKey", in: "header", name: "authorization" });
});

const HEADERS = [
  { name: "x-authing-app-id", in: "header", required: false, example: "nTo1eRIub60vPb54WeE6aojPwYwImtl4" },
  { name: "x-genauth-app-id", in: "header", required: false, example: "nTo1eRIub60vPb54WeE6aojPwYwImtl4" },
  { name: "x-authing-lang", in: "header", required: false, example: "zh-CN" },
];

/** The SDK always sends all three. */
const PROFILE_QUERY = ["withCustomData", "withIdentities", "withDepartmentIds"];

test.each(resolved)(
  "$operationId takes the application id in either header, and a language",
  ({ operationId, parameters }) => {
    const query = operationId === "genauthGetProfile" ? PROFILE_QUERY : [];
    expect(parameters).toMatchObject([...HEADERS, ...query.map((name) => ({ name, in: "query", required: false }))]);
    expect(parameters).toHaveLength(HEADERS.length + query.length);
  },
);

test.each(resolved)("the samples of $operationId's headers fit their schemas", ({ parameters }) => {
  for (const { schema, example } of parameters.filter((parameter) => parameter.in === "header")) {
    expect(validated(schema, example)).toBe(true);
  }
});

function validated(schema: Schema | boolean | undefined, value: unknown): boolean {
  return new Validator(schema ?? false, "2020-12").validate(value).valid;
}

function bodyOf(operationId: string) {
  return resolved.find((entry) => entry.operationId === operationId)?.requestBody?.content["application/json"];
}

function responseOf(operationId: string, status: string) {
  const found = resolved.find((entry) => entry.operationId === operationId)?.responses[status];
  return found?.content?.["application/json"];
}

/** Of the vendor's page on updatePhone, copied by hand. */
const PAGE = {
  request: { updatePhoneToken: "xxxx" },
  response: {
    statusCode: 200,
    message: "Operation successful",
    requestId: "934108e5-9fbf-4d24-8da1-c330328abd6c",
  },
};

test("the page's request and response are examples of updatePhone", () => {
  const values = (content: ReturnType<typeof bodyOf>) =>
    Object.values(content?.examples ?? {}).map(({ value }) => value);
  expect(values(bodyOf("genauthUpdatePhone"))).toEqual([PAGE.request]);
  expect(values(responseOf("genauthUpdatePhone", "200"))).toEqual([PAGE.response]);
});

test.each([
  [PAGE.response, true],
  [{ statusCode: 200, message: "" }, true],
  [{ ...PAGE.response, data: { success: true } }, true],
  [{ ...PAGE.response, data: { success: false } }, false],
  [{ ...PAGE.response, data: {} }, false],
  [{ ...PAGE.response, apiCode: 2020 }, false],
  [{ ...PAGE.response, statusCode: 201 }, false],
  [{ message: "Operation successful" }, false],
])("whether updatePhone may respond with %j: %s", (value, allowed) => {
  expect(validated(responseOf("genauthUpdatePhone", "200")?.schema, value)).toBe(allowed);
});

/** Samples of the vendor's page on error codes, copied by hand. */
const REFUSALS = [
  { statusCode: 429, message: "您的请求已超过最大数量限制，请稍后重试" },
  { statusCode: 403, apiCode: 2333, message: "Account not exists or password is incorrect.", requestId: "xxxxxx" },
];

test.each(expected)("$operationId returns 200 for success and refusal, and no body is both", ({ operationId }) => {
  const [success, refusal, ...more] = responseOf(operationId, "200")?.schema.anyOf ?? [];
  expect(more).toEqual([]);
  for (const sample of REFUSALS)
    expect([validated(success, sample), validated(refusal, sample)]).toEqual([false, true]);
  const examples = Object.values(responseOf(operationId, "200")?.examples ?? {});
  expect(examples).not.toEqual([]);
  for (const { value } of examples)
    expect([validated(success, value), validated(refusal, value)]).toEqual([true, false]);
});

test.each(expected)(
  "$operationId returns any other status only with a refusal, for mirroring gateways",
  ({ operationId }) => {
    const [, refusal] = responseOf(operationId, "200")?.schema.anyOf ?? [];
    const { responses } = resolved.find((entry) => entry.operationId === operationId) ?? { responses: {} };
    expect(Object.keys(responses)).toEqual(["200", "4XX", "5XX"]);
    for (const status of ["4XX", "5XX"]) expect(responseOf(operationId, status)?.schema).toEqual(refusal);
  },
);

/** The checks of the client, in this order in every operation. */
const WHO = [
  "client-missing",
  "client-unknown",
  "access-token-missing",
  "access-token-invalid",
  "access-token-expired",
  "account-gone",
];

/** The groups of checks in order: client, form, facts about the numbers, codes, gateway. */
const ORDERS = {
  genauthSendSms: [
    ["client-missing", "client-unknown"],
    ["mobile-missing", "scene-missing", "scene-unknown", "mobile-malformed"],
    ["send-too-soon", "send-quota-used", "gateway-down"],
  ],
  genauthVerifyUpdatePhoneRequest: [
    WHO,
    ["verify-method-unknown", "new-mobile-missing", "code-missing", "mobile-malformed", "old-mobile-missing"],
    ["mobile-own", "mobile-taken", "old-mobile-mismatch"],
    ["code-unknown", "code-wrong", "code-superseded", "code-used", "code-expired", "code-exhausted"],
    ["old-code-wrong", "old-code-expired"],
  ],
  genauthUpdatePhone: [
    WHO,
    ["update-token-missing"],
    ["update-token-unknown", "update-token-foreign", "update-token-used", "update-token-expired"],
    // Only the token contains the number.
    ["mobile-taken"],
  ],
  genauthGetProfile: [WHO],
};

test.each(Object.entries(ORDERS))(
  "%s checks the client first, then the form, the numbers and the codes",
  (id, order) => {
    const entry = operations.find(({ operationId }) => operationId === id);
    expect(entry?.["x-ciam-checks"]).toEqual(order.flat());
  },
);

test.each(resolved)("the page of $operationId prints no errors, so its order is inferred", (entry) => {
  expect(entry["x-ciam-printed"]).toEqual([]);
  expect(entry["x-ciam-checks-source"]).toMatch(/^inferred: the page prints no errors/);
});

test("every wording of GenAuth is used by one of its operations", () => {
  const used = new Set(resolved.flatMap((entry) => entry["x-ciam-checks"]));
  expect(genauthWordings.map(({ name }) => name).sort()).toEqual([...used].sort());
});
