/**
 * Input that control.yaml forbids: each constraint of each body and query. The problem names the field, and nothing changes.
 */
import type { Schema } from "@cfworker/json-schema";
import { expect, test } from "vitest";
import type { ControlId } from "../../../mocks/control/calls.ts";
import { MOBILE, sendSms, stillMock } from "../../support/mock/api.ts";
import { controlCall, controlHttp, type Input } from "../../support/mock/control-http.ts";
import { violationsOf } from "../../support/mock/schema-violations.ts";

/** Refuses the call in a mock with data that could be lost. */
async function refusal(id: ControlId, input: Input) {
  const mock = stillMock();
  const { done, refused } = controlHttp(mock);
  const account = await done("createAccount", { body: { mobile: "13800000001" } });
  await sendSms(mock, MOBILE, "BIND_MOBILE_SMS");
  return refused(id, { params: { id: account.id }, ...input });
}

/** A valid body for each call that takes one; every violation of each of its fields and of each other field is tried. */
const goodBodies = {
  createAccount: { mobile: MOBILE },
  checkPassword: { password: "Correct-Horse-1" },
  issueTokens: { expires_in: 60 },
  issueCaptchaToken: { sender: MOBILE },
  plantCode: { to: MOBILE, scene: "UPDATE_MOBILE_SMS" },
  setClock: { advance_seconds: 1 },
  addFault: { operation: "sendSms", status: 500 },
  patchPolicy: { code_ttl_seconds: 60 },
  createSandbox: { client_id: "mine" },
  restoreSnapshot: {
    version: 1,
    client_id: "mine",
    taken_at: "2026-01-01T00:00:00Z",
    records: {
      settings: { clock: { offset_ms: 0, frozen_at: null }, policy: { all: {}, dialects: {} } },
      account: {},
      challenge: {},
      pass: {},
      code: {},
      sendings: {},
      token: {},
      faults: {},
      counter: {},
    },
    messages: [],
  },
} satisfies Partial<Record<ControlId, object>>;

const calls = Object.keys(goodBodies) as (keyof typeof goodBodies)[];

function schemaOf(id: ControlId): Schema {
  const schema = controlCall(id).requestBody?.content["application/json"]?.schema;
  if (schema === undefined) throw new Error(`${id} takes no body`);
  return schema;
}

/** The fields of an object, including those of its parts. */
function fieldsOf({ properties = {}, allOf = [] }: Schema): Record<string, Schema> {
  return Object.assign({}, properties, ...allOf.map(fieldsOf));
}

const violations = calls.flatMap((id) =>
  Object.entries(fieldsOf(schemaOf(id))).flatMap(([field, schema]) =>
    violationsOf(schema).map(({ what, value }) => ({ id, field, what, body: { ...goodBodies[id], [field]: value } })),
  ),
);

test.each(violations)("$id refuses a $field that is $what", async ({ id, field, body }) => {
  const { status, detail } = await refusal(id, { body });
  expect(status).toBe(400);
  expect(detail).toContain(`body/${field}`);
});

const inDialect = Object.entries(fieldsOf(schemaOf("patchPolicy"))).flatMap(([field, schema]) =>
  field === "bamboocloud" ? [] : violationsOf(schema).map(({ what, value }) => ({ field, what, value })),
);

test.each(inDialect.filter(({ what }) => !what.endsWith(" items")))(
  "patchPolicy refuses a $field of one dialect that is $what",
  async ({ field, value }) => {
    const { status, detail } = await refusal("patchPolicy", { body: { bamboocloud: { [field]: value } } });
    expect(status).toBe(400);
    expect(detail).toContain(`body/bamboocloud/${field}`);
  },
);

const missing = calls.flatMap((id) => (schemaOf(id).required ?? []).map((field) => ({ id, field })));

test.each(missing)("$id refuses a body without $field", async ({ id, field }) => {
  const body = Object.fromEntries(Object.entries(goodBodies[id]).filter(([name]) => name !== field));
  const { status, detail } = await refusal(id, { body });
  expect(status).toBe(400);
  expect(detail).toContain(`"${field}"`);
});

const surplus = calls.flatMap((id) =>
  ["colour", "constructor", "toString", "hasOwnProperty"].map((field) => ({ id, field })),
);

test.each(surplus)("$id refuses the unknown field $field", async ({ id, field }) => {
  const { status, detail } = await refusal(id, { body: { ...goodBodies[id], [field]: "x" } });
  expect(status).toBe(400);
  expect(detail).toBe(`body/${field}: unknown field`);
});

test.each(calls)("%s refuses the field __proto__, and no object inherits from it", async (id) => {
  const body = JSON.stringify({ ...goodBodies[id], planted: 1 }).replace('"planted":1', '"__proto__":{"planted":1}');
  const { status, detail } = await refusal(id, { body });
  expect(status).toBe(400);
  expect(detail).toBe("body/__proto__: unknown field");
  expect(Object.hasOwn(Object.prototype, "planted")).toBe(false);
});

const noObjects = calls.flatMap((id) => ["[]", '"text"', "1", "true", "null"].map((body) => ({ id, body })));

test.each(noObjects)("$id refuses the body $body", async ({ id, body }) => {
  const { status, detail } = await refusal(id, { body });
  expect(status).toBe(400);
  expect(detail).toMatch(/^body: .*Expected "object"/);
});

test.each(calls.filter((id) => Object(controlCall(id).requestBody).required))(
  "%s refuses a call without a body",
  async (id) => {
    const { status, detail } = await refusal(id, {});
    expect(status).toBe(400);
    expect(detail).toMatch(/^body: /);
  },
);

test.each(["setClock", "patchPolicy"] as const)("%s refuses an empty change", async (id) => {
  const { status, detail } = await refusal(id, { body: {} });
  expect(status).toBe(400);
  expect(detail).toMatch(/^body: .*at least 1/);
});

test("a fault with nothing but its operation is refused", async () => {
  const { status, detail } = await refusal("addFault", { body: { operation: "sendSms" } });
  expect(status).toBe(400);
  expect(detail).toMatch(/^body: .*at least 2/);
});

test.each([
  ["listMessages", "to", ""],
  ["listMessages", "scene", ""],
  ["listMessages", "after", "first"],
  ["listMessages", "after", "-1"],
  ["listMessages", "after", ""],
  ["listMessages", "after", "1234567890123456"],
  ["listMessages", "wait", "-0.1"],
  ["listMessages", "wait", "60.1"],
  ["listMessages", "wait", "soon"],
  ["listMessages", "wait", ""],
  ["listMessages", "wait", "1e999"],
  ["listMessages", "limit", "1"],
  ["listMessages", "constructor", "1"],
  ["listRequests", "operation", ""],
  ["listRequests", "after", "1.5"],
  ["listRequests", "to", "13800000001"],
] as const)("%s refuses the query %s=%s", async (id, name, value) => {
  const { status, detail } = await refusal(id, { query: { [name]: value } });
  expect(status).toBe(400);
  expect(detail).toContain(`query/${name}`);
});

test.each([
  ["createAccount", { mobile: "12345" }, "mobile is malformed"],
  ["createAccount", { mobile: " 13900000000" }, "mobile is malformed"],
  ["createAccount", { email: "bob@example" }, "email is malformed"],
  ["issueCaptchaToken", { sender: "bob" }, '"sender" must be a mobile number or an e-mail address'],
  ["plantCode", { to: MOBILE, scene: "UPDATE_MOBILE" }, 'unknown scene "UPDATE_MOBILE"'],
  ["plantCode", { to: MOBILE, scene: "constructor" }, 'unknown scene "constructor"'],
  [
    "plantCode",
    { to: MOBILE, scene: "UPDATE_EMAIL_EMS" },
    '"to" must be an e-mail address: scene UPDATE_EMAIL_EMS is sent by e-mail',
  ],
  ["plantCode", { to: "a@b.cn", scene: "LOGIN_SMS" }, '"to" must be a mobile number: scene LOGIN_SMS is sent by SMS'],
] as const)("%s refuses %j, which fits the schema and makes no sense", async (id, body, detail) => {
  expect(await refusal(id, { body })).toMatchObject({ status: 400, detail });
});

test("planting a code for an unknown scene is refused with a list of the scenes", async () => {
  const { scenes } = await refusal("plantCode", { body: { to: MOBILE, scene: "LOGIN" } });
  expect(scenes).toEqual(expect.arrayContaining(["LOGIN_SMS", "UPDATE_EMAIL_EMS"]));
});

test.each(calls)("%s refuses half a surrogate pair in a field name", async (id) => {
  const body = JSON.stringify({ ...goodBodies[id], planted: 1 }).replace("planted", "\\ud800");
  expect(await refusal(id, { body })).toMatchObject({
    status: 400,
    detail: "the body has a field name with half a surrogate pair",
  });
});

const nested = (levels: number) => `${"[".repeat(levels)}${"]".repeat(levels)}`;

test.each(calls)("%s refuses a body with thousands of objects or arrays inside each other", async (id) => {
  const body = JSON.stringify({ ...goodBodies[id], planted: 1 }).replace('"planted":1', `"planted":${nested(100_000)}`);
  expect(await refusal(id, { body })).toMatchObject({
    status: 400,
    detail: "the body has objects or arrays too deep inside each other",
  });
});

test("a fault may have the deepest body that is accepted, and a snapshot with it can be restored", async () => {
  const mock = stillMock();
  await mock.faults.add({ operation: "sendSms", status: 500, body: JSON.parse(nested(99)) });
  await expect(mock.faults.add({ operation: "sendSms", status: 500, body: JSON.parse(nested(100)) })).rejects.toThrow(
    "too deep inside each other",
  );
  await mock.snapshot.restore(await mock.snapshot.take());
  expect(await mock.faults.list()).toHaveLength(1);
});

test("a fault whose body contains itself is refused", async () => {
  const body: Record<string, unknown> = {};
  body["itself"] = body;
  await expect(stillMock().faults.add({ operation: "sendSms", status: 500, body })).rejects.toThrow("too deep");
});
