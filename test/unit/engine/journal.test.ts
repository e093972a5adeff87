/** The journal: request, response, decision and reason of each request. Secrets: journal-secrets.test.ts. */
import { expect, test } from "vitest";
import { api, DEVICE, MOBILE, refusal, START, signedInAccount, stillMock } from "../../support/mock/api.ts";
import { controlHttp, type Input } from "../../support/mock/control-http.ts";

function prepared() {
  const mock = stillMock();
  const { done } = controlHttp(mock);
  const listed = async (query: Input["query"] = {}) => (await done("listRequests", { query })).requests;
  const last = async () => (await listed()).at(-1);
  return { mock, listed, last, send: api(mock) };
}

test("a successful request is recorded with its response", async () => {
  const { mock, send, last } = prepared();
  const { signedIn } = await signedInAccount(mock);
  const verify_code = await mock.codes.plant({ to: MOBILE, scene: "UPDATE_MOBILE_SMS" });
  await send("profile/update-mobile", { mobile: MOBILE, verify_code }, signedIn);
  expect(await last()).toEqual({
    id: "1",
    at: START,
    operation: "updateMobile",
    decided_by: "passed",
    why: "every check passed",
    injected: false,
    request: {
      method: "POST",
      path: "/api/v2/sdk/profile/update-mobile",
      headers: { ...DEVICE, "x-client-id": mock.clientId, "content-type": "application/json", authorization: "***" },
      body: { mobile: MOBILE, verify_code: "***" },
    },
    response: { status: 200, headers: {}, body: null },
  });
});

test("a refused request is recorded with the check that refused it and the reason", async () => {
  const { send, last } = prepared();
  await send("sms/send", { mobile: MOBILE });
  expect(await last()).toMatchObject({
    operation: "sendSms",
    decided_by: "scene-missing",
    why: "type is absent",
    response: {
      status: 400,
      headers: { "content-type": "application/json" },
      body: refusal("PARAM.0007", "Send scene cannot be empty").body,
    },
  });
});

test.each([
  ["device-incomplete", "absent or blank: x-agent", {}, { "x-agent": " " }],
  ["mobile-missing", "mobile is blank", { mobile: " " }, {}],
  ["mobile-missing", "mobile is not a text", { mobile: 1 }, {}],
  ["captcha-token-missing", "captcha_token is absent", { mobile: MOBILE, type: "X" }, {}],
  ["captcha-token-unknown", "never issued", { mobile: MOBILE, type: "X", captcha_token: "x---{}" }, {}],
])("%s gives the reason: %s", async (check, why, body, headers) => {
  const { send, last } = prepared();
  await send("sms/send", body, headers);
  expect(await last()).toMatchObject({ decided_by: check, why: expect.stringContaining(why) });
});

test("the reason for a wrong code has the number of tries", async () => {
  const { mock, send, last } = prepared();
  const { signedIn } = await signedInAccount(mock);
  const right = await mock.codes.plant({ to: MOBILE, scene: "UPDATE_MOBILE_SMS", code: "135790" });
  const attempt = (verify_code: string) => send("profile/update-mobile", { mobile: MOBILE, verify_code }, signedIn);
  await attempt("000000");
  await attempt("000001");
  expect(await last()).toMatchObject({
    decided_by: "code-wrong",
    why: expect.stringContaining("wrong attempt 2 of 5"),
  });
  for (const wrong of ["000002", "000003", "000004", right]) await attempt(wrong);
  expect(await last()).toMatchObject({
    decided_by: "code-exhausted",
    why: expect.stringContaining("5 wrong attempts"),
  });
});

test("a path that is not emulated is recorded with the closest operation", async () => {
  const { send, last } = prepared();
  const closest = "closest: POST /api/v2/sdk/sms/send";
  const reply = await send("sms/sent", { mobile: MOBILE });
  expect(reply.status).toBe(404);
  expect(await last()).toMatchObject({ operation: null, decided_by: "not-emulated", why: closest, injected: false });
});

test("a wrong method is recorded with the allowed methods", async () => {
  const { send, last } = prepared();
  expect((await send("sms/send")).status).toBe(405);
  expect(await last()).toMatchObject({
    operation: null,
    decided_by: "wrong-method",
    why: "/api/v2/sdk/sms/send accepts POST only",
    response: { status: 405, headers: { allow: "POST" } },
  });
});

test.each([
  ["{", "the body is not JSON at position 1", "(1 characters, not a JSON object)"],
  ["nonsense", "the body is not JSON", "(8 characters, not a JSON object)"],
  ["1", "the body must be a JSON object", "(1 characters, not a JSON object)"],
])("the malformed body %j is written down as %s", async (body, why, shown) => {
  const { send, last } = prepared();
  expect((await send("sms/send", body)).status).toBe(400);
  expect(await last()).toMatchObject({ operation: "sendSms", decided_by: "body-malformed", request: { body: shown } });
  expect((await last())?.why).toContain(why);
});

test("a body that is too large is recorded without its text", async () => {
  const { send, last } = prepared();
  expect((await send("sms/send", { mobile: "x".repeat(70_000) })).status).toBe(413);
  expect(await last()).toMatchObject({
    operation: "sendSms",
    decided_by: "body-too-large",
    why: "the body is larger than 65536 bytes",
    request: { body: null },
  });
});

test("a long body is recorded as its length", async () => {
  const { send, last } = prepared();
  await send("sms/send", JSON.stringify({ mobile: "x".repeat(5_000) }));
  expect(await last()).toMatchObject({ request: { body: "(5013 characters)" } });
});

test("captcha pictures are recorded as their length", async () => {
  const { send, last } = prepared();
  await send("captcha");
  expect(await last()).toMatchObject({
    response: { status: 200, body: expect.stringMatching(/^\(\d+ characters\)$/) },
  });
});

test("the path is recorded as it was sent, without the query", async () => {
  const { mock, last } = prepared();
  await mock.fetch("http://ciam.test/api/v2/sdk/%73ms/send?id_token=secret#part", { method: "POST" });
  expect(await last()).toMatchObject({ request: { path: "/api/v2/sdk/%73ms/send" } });
  expect(JSON.stringify(await last())).not.toContain("secret");
});

test("a request without a known client id is in the journal of the default sandbox", async () => {
  const { mock, send, listed } = prepared();
  const other = await mock.sandboxes.create();
  await send("captcha", undefined, { "x-client-id": "nobody" });
  await send("captcha", undefined, { "x-client-id": "" });
  await send("nothing", undefined, { "x-client-id": other.clientId });
  expect((await listed()).map(({ decided_by }) => decided_by)).toEqual(["client-unknown", "client-missing"]);
  expect((await other.requests.list()).map(({ decidedBy }) => decidedBy)).toEqual(["not-emulated"]);
});

test("the two operations of one path are recorded separately", async () => {
  const { send, listed } = prepared();
  await send("pwd/update-by-mobile", {});
  await send("pwd/update-by-mobile", {}, { authorization: "Bearer x" });
  const operations = (await listed()).map(({ operation }) => operation);
  expect(operations).toEqual(["resetPasswordByMobile", "updatePasswordByMobile"]);
});

test("the journal can be filtered by operation and by the id of an entry", async () => {
  const { send, listed } = prepared();
  for (const path of ["captcha", "sms/send", "captcha"]) await send(path, path === "captcha" ? undefined : {});
  const ids = async (query: Input["query"]) => (await listed(query)).map(({ id }) => id);
  expect(await ids({ operation: "getCaptcha" })).toEqual(["1", "3"]);
  expect(await ids({ after: "1" })).toEqual(["2", "3"]);
  expect(await ids({ operation: "getCaptcha", after: "1" })).toEqual(["3"]);
  expect(await ids({ operation: "updateMobile" })).toEqual([]);
});

test("entries have the sandbox's time", async () => {
  const { mock, send, last } = prepared();
  await mock.clock.set("2030-05-01T12:00:00Z");
  await send("captcha");
  expect(await last()).toMatchObject({ at: "2030-05-01T12:00:00.000Z" });
});

test("the last thousand requests are kept, oldest first, and their ids continue", async () => {
  const { send, listed } = prepared();
  for (let count = 0; count < 1_005; count++) await send("nothing");
  expect((await listed()).map(({ id }) => id)).toEqual(Array.from({ length: 1_000 }, (_, index) => String(index + 6)));
});
