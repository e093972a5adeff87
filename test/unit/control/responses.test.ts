/** Each call of the control protocol over HTTP, once valid and once in an unknown sandbox. */
import { expect, test } from "vitest";
import type { ControlId } from "../../../mocks/control/calls.ts";
import { MOBILE, START, sendSms, stillMock } from "../../support/mock/api.ts";
import { controlCalls, controlHttp, type Input } from "../../support/mock/control-http.ts";
import { operations } from "../spec/documents.ts";

/** A mock with an account, a message, an open captcha and a second sandbox. */
async function prepared() {
  const mock = stillMock({ accounts: [{ id: "alice", mobile: "13800000001", password: "Correct-Horse-1" }] });
  const sandbox = await mock.sandboxes.create();
  await sendSms(mock, MOBILE, "BIND_MOBILE_SMS");
  return { mock, sandbox, ...controlHttp(mock) };
}

const alice = { params: { id: "alice" } };

const examples = {
  describeTarget: {},
  readKeys: {},
  readCatalogue: {},
  listSandboxes: {},
  createSandbox: {},
  listAccounts: { query: { search: "alice" } },
  createAccount: { body: { mobile: "13900000000", email: "bob@example.com", username: "bob", name: "张三" } },
  readAccount: alice,
  updateAccount: { ...alice, body: { mobile: null, email: "alice@example.com", password: "Correct-Horse-2" } },
  deleteAccount: alice,
  checkPassword: { ...alice, body: { password: "Correct-Horse-1" } },
  issueTokens: { ...alice, body: { expires_in: 60 } },
  issueCaptchaToken: { body: { sender: "bob@example.com", expires_in: -1 } },
  plantCode: { body: { to: MOBILE, scene: "UPDATE_MOBILE_SMS", code: "123456", expires_in: 10 } },
  listMessages: { query: { to: MOBILE, scene: "BIND_MOBILE_SMS", after: 0, wait: 60 } },
  readClock: {},
  setClock: { body: { set: "2027-01-01T00:00:00Z", advance_seconds: 0.5, frozen: true } },
  addFault: { body: { operation: "sendSms", check: "gateway-down", times: 2, delay_ms: 0 } },
  listFaults: {},
  clearFaults: {},
  readPolicy: {},
  patchPolicy: {
    body: {
      code_length: 4,
      genauth_http_status: "mirror",
      bamboocloud: { code_length: 8 },
      genauth: { code_length: 6 },
    },
  },
  listRequests: { query: { operation: "sendSms", after: 0 } },
  takeSnapshot: {},
  reset: {},
} satisfies Partial<Record<ControlId, Input>>;

test.each(Object.entries(examples))("the response of %s fits control.yaml", async (id, input) => {
  const { done } = await prepared();
  await done(id as ControlId, input);
});

test("every call of control.yaml has an example here", () => {
  const apart = ["deleteSandbox", "removeFault", "solveCaptcha", "restoreSnapshot", "listenToEvents"];
  const documented = controlCalls.map(({ operationId }) => operationId as string);
  expect(documented.sort()).toEqual([...Object.keys(examples), ...apart].sort());
});

test("restoreSnapshot accepts what takeSnapshot returned", async () => {
  const { done } = await prepared();
  const body = await done("takeSnapshot");
  expect(await done("restoreSnapshot", { body })).toBeUndefined();
  expect(await done("takeSnapshot")).toEqual(body);
});

test("deleteSandbox fits control.yaml and removes the sandbox", async () => {
  const { done, refused, sandbox } = await prepared();
  expect(await done("deleteSandbox", { params: { client_id: sandbox.clientId } })).toBeUndefined();
  expect(await refused("readClock", { clientId: sandbox.clientId })).toMatchObject({ status: 404 });
});

test("removeFault removes one fault, and is a 404 for an unknown id", async () => {
  const { mock, done, refused } = await prepared();
  const [first, second] = [await mock.faults.add(NEXT_FAILS), await mock.faults.add({ ...NEXT_FAILS, times: 3 })];
  expect(await done("removeFault", { params: { id: first } })).toBeUndefined();
  expect(await refused("removeFault", { params: { id: first } })).toMatchObject({
    status: 404,
    title: "No such fault",
  });
  expect((await done("listFaults")).faults).toMatchObject([{ id: second, remaining: 3 }]);
  await done("removeFault", { params: { id: second } });
  expect(await done("listFaults")).toEqual({ faults: [] });
});

const NEXT_FAILS = { operation: "getCaptcha", check: "client-missing" };

test("solveCaptcha returns the place of an open captcha, and 404 after it was solved", async () => {
  const { mock, done, refused } = await prepared();
  const { token } = await openCaptcha(mock);
  const { x, y } = await done("solveCaptcha", { params: { token } });
  expect(y).toBe(5);
  await solveOpenCaptcha(mock, token, { x, y });
  expect(await refused("solveCaptcha", { params: { token } })).toMatchObject({ status: 404, title: "No open captcha" });
});

test("solveCaptcha returns 404 for an expired captcha", async () => {
  const { mock, refused } = await prepared();
  const { token } = await openCaptcha(mock);
  await mock.clock.advance({ seconds: 120 });
  expect(await refused("solveCaptcha", { params: { token } })).toMatchObject({ status: 404, title: "No open captcha" });
});

/** Calls of the mock as a whole: they take no client id. */
const { readKeys: _keys, readCatalogue: _all, listSandboxes: _names, createSandbox: _open, ...ofASandbox } = examples;

test.each(Object.entries({ ...ofASandbox, solveCaptcha: { params: { token: "x" } } }))(
  "%s in an unknown sandbox is a 404 that names the client id",
  async (id, input) => {
    const { refused } = await prepared();
    const problem = await refused(id as ControlId, { ...input, clientId: "nobody" });
    expect(problem).toMatchObject({
      status: 404,
      title: "Unknown client id",
      detail: expect.stringContaining("nobody"),
    });
  },
);

test.each(["readAccount", "updateAccount", "deleteAccount", "checkPassword", "issueTokens"] as const)(
  "%s of an unknown account is a 404 that names the id",
  async (id) => {
    const { refused } = await prepared();
    const problem = await refused(id, { ...examples[id], params: { id: "nobody" } });
    expect(problem).toMatchObject({ status: 404, title: "No such account", detail: "no account has the id nobody" });
  },
);

test("the target description lists every capability of control.yaml", async () => {
  const { done } = await prepared();
  const capabilities = new Set(controlCalls.flatMap((call) => Object(call)["x-ciam-capability"] ?? []));
  const target = await done("describeTarget");
  expect(target).toMatchObject({ protocol: "1", dialects: ["bamboocloud", "genauth"], code_semantics: "unique" });
  expect(target.capabilities.toSorted()).toEqual([...capabilities].sort());
  expect(target.operations?.toSorted()).toEqual(operations.map(({ operationId }) => operationId).sort());
});

test("with a pinned code the target description says that codes are fixed", async () => {
  const { mock, done } = await prepared();
  await mock.policy.patch({ pinned_code: "000000" });
  expect(await done("describeTarget")).toMatchObject({ code_semantics: "fixed" });
});

test("the inbox shows a message with its times in ISO 8601", async () => {
  const { done } = await prepared();
  const { messages } = await done("listMessages");
  const times = { sent_at: START, expires_at: "2026-01-01T00:05:00.000Z" };
  expect(messages).toEqual([expect.objectContaining({ id: "1", channel: "sms", to: `+86-${MOBILE}`, ...times })]);
});

type Prepared = Awaited<ReturnType<typeof prepared>>["mock"];

const headers = (mock: Prepared) => ({
  "x-client-id": mock.clientId,
  "x-operating-sys-version": "1",
  "x-device-fingerprint": "2",
  "x-agent": "3",
});

async function openCaptcha(mock: Prepared): Promise<{ token: string }> {
  return (await mock.fetch("http://ciam.test/api/v2/sdk/captcha", { headers: headers(mock) })).json();
}

async function solveOpenCaptcha(mock: Prepared, token: string, place: { x: number; y: number }) {
  const body = JSON.stringify({ token, point_json: JSON.stringify(place), sender: MOBILE });
  await mock.fetch("http://ciam.test/api/v2/sdk/captcha/verify", { method: "POST", headers: headers(mock), body });
}
