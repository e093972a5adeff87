/** Scheduled errors: which ones are possible, how often they occur, and that they change nothing. */
import { expect, test } from "vitest";
import type { Mock, MockOptions } from "../../../mocks/index.ts";
import { api, CANONICAL_MOBILE, DONE, MOBILE, refusal, signedInAccount, stillMock } from "../../support/mock/api.ts";
import { controlHttp } from "../../support/mock/control-http.ts";
import { lastExchange } from "../../support/mock/journal.ts";

const SCENE = "UPDATE_MOBILE_SMS";
const DEVICE_INCOMPLETE = refusal("PARAM.0001", "Device information is incomplete");
const GATEWAY_DOWN = refusal("CAPTCHA.0006", "Failed to send verification code");

/** A request that succeeds without a fault, and the value that it changes. */
async function prepared(options: MockOptions = {}) {
  const mock = stillMock(options);
  const { done, refused } = controlHttp(mock);
  const { account, signedIn } = await signedInAccount(mock);
  const verify_code = await mock.codes.plant({ to: MOBILE, scene: SCENE });
  const update = (body: object = {}, headers: object = {}) =>
    api(mock)("profile/update-mobile", { mobile: MOBILE, verify_code, ...body }, { ...signedIn, ...headers });
  const mobileNow = async () => (await mock.accounts.read(account.id)).mobile;
  const schedule = (fault: object) => done("addFault", { body: { operation: "updateMobile", ...fault } });
  return { mock, done, refused, update, mobileNow, schedule };
}

/** The same for a request that needs no preparation. */
const captcha = async (mock: Mock) => (await api(mock)("captcha")).status;

test("a fault scheduled by a check's name returns that check's error", async () => {
  const { schedule, update } = await prepared();
  await schedule({ check: "mobile-taken" });
  expect(await update()).toEqual(refusal("USER.0035", "Phone number already exists"));
});

test("a fault scheduled by an error code returns that code", async () => {
  const { schedule, update, mock } = await prepared();
  await schedule({ error: "IDAAS.SDK.CAPTCHA.0007" });
  expect(await update()).toEqual(refusal("CAPTCHA.0007", "Incorrect verification code"));
  expect(await lastExchange(mock)).toMatchObject({ injected: true, decidedBy: "code-wrong" });
});

test("a fault may name check and error when they agree, even a later check with this code", async () => {
  const { schedule, update, mock } = await prepared();
  await schedule({ check: "code-expired", error: "IDAAS.SDK.CAPTCHA.0007" });
  expect(await update()).toEqual(refusal("CAPTCHA.0007", "Incorrect verification code"));
  expect(await lastExchange(mock)).toMatchObject({ injected: true, decidedBy: "code-expired" });
});

test("a fault uses the language of the request", async () => {
  const { schedule, update } = await prepared();
  await schedule({ check: "device-incomplete" });
  expect(await update({}, { "x-l": "zh" })).toEqual(refusal("PARAM.0001", "设备信息不完整"));
});

test.each([
  [
    { check: "code-wrong", error: "IDAAS.SDK.USER.0035" },
    "updateMobile never fails with code-wrong as IDAAS.SDK.USER.0035",
  ],
  [{ check: "gateway-down" }, "updateMobile never fails with gateway-down"],
  [{ error: "IDAAS.SDK.CAPTCHA.0006" }, "updateMobile never fails with IDAAS.SDK.CAPTCHA.0006"],
  [{ error: "CAPTCHA.0007" }, "updateMobile never fails with CAPTCHA.0007"],
])("%j is refused with all that is possible", async (fault, detail) => {
  const { refused } = await prepared();
  const problem = await refused("addFault", { body: { operation: "updateMobile", ...fault } });
  expect(problem).toMatchObject({ status: 400, detail });
  expect(problem["possible"]).toContainEqual({ check: "mobile-taken", error: "IDAAS.SDK.USER.0035" });
  expect(problem["possible"]).not.toContainEqual(expect.objectContaining({ check: "gateway-down" }));
});

test.each(["updatemobile", "constructor", "__proto__"])("%s is refused with all operations", async (operation) => {
  const { refused } = await prepared();
  const problem = await refused("addFault", { body: { operation, status: 500 } });
  expect(problem).toMatchObject({ status: 400, detail: `unknown operation "${operation}"` });
  expect(problem["operations"]).toEqual(expect.arrayContaining(["updateMobile", "resetPasswordByMobile"]));
});

test.each([
  { check: "code-wrong", status: 500 },
  { error: "IDAAS.SDK.CAPTCHA.0007", body: "no" },
  { check: "code-wrong", body: null },
])("%j is refused: it names two responses", async (fault) => {
  const { refused } = await prepared();
  const problem = await refused("addFault", { body: { operation: "updateMobile", ...fault } });
  expect(problem).toMatchObject({
    status: 400,
    detail: "give either check and error, or status and body, but not both",
  });
});

test("a fault that only has times is refused", async () => {
  const { refused } = await prepared();
  const problem = await refused("addFault", { body: { operation: "updateMobile", times: 3 } });
  expect(problem).toMatchObject({
    status: 400,
    detail: expect.stringMatching(/^a fault needs at least one of check, error, status/),
  });
});

test("a refused fault does not occur", async () => {
  const { refused, update } = await prepared();
  await refused("addFault", { body: { operation: "updateMobile", check: "gateway-down" } });
  expect(await update()).toEqual(DONE);
});

test("a fault changes nothing: the same request succeeds afterwards", async () => {
  const { schedule, update, mobileNow } = await prepared();
  await schedule({ check: "code-wrong", times: 20 });
  for (let count = 0; count < 20; count++) expect(await update()).toMatchObject({ status: 400 });
  expect(await mobileNow()).toBe("+86-13800000001");
  expect(await update()).toEqual(DONE);
  expect(await mobileNow()).toBe(CANONICAL_MOBILE);
});

test("a fault decides before any check", async () => {
  const { schedule, update } = await prepared();
  await schedule({ check: "mobile-taken" });
  expect(await update({ mobile: "" }, { "x-agent": "" })).toEqual(refusal("USER.0035", "Phone number already exists"));
  expect(await update({ mobile: "" }, { "x-agent": "" })).toEqual(DEVICE_INCOMPLETE);
});

test("a fault occurs exactly as often as scheduled", async () => {
  const { schedule, update } = await prepared();
  await schedule({ check: "device-incomplete", times: 3 });
  for (let count = 0; count < 3; count++) expect(await update()).toEqual(DEVICE_INCOMPLETE);
  expect(await update()).toEqual(DONE);
});

test("faults of one operation occur in the scheduled order", async () => {
  const { mock, done } = await prepared();
  const ids = [];
  for (const status of [501, 502, 503]) {
    const body = { operation: "getCaptcha", status, times: 2 };
    ids.push((await done("addFault", { body })).id);
  }
  expect(new Set(ids).size).toBe(3);
  const seen = [];
  for (let count = 0; count < 7; count++) seen.push(await captcha(mock));
  expect(seen).toEqual([501, 501, 502, 502, 503, 503, 200]);
});

test("a fault of one operation does not affect another operation on the same path", async () => {
  const { mock, done } = await prepared();
  await done("addFault", { body: { operation: "updatePasswordByMobile", status: 503 } });
  expect(await captcha(mock)).toBe(200);
  expect(await api(mock)("pwd/update-by-mobile", {})).toMatchObject({ status: 400 });
  const signedIn = { authorization: "Bearer x" };
  expect(await fetchText(mock, "POST", "pwd/update-by-mobile", signedIn)).toMatchObject({ status: 503, text: "" });
});

test("a fault of one sandbox does not affect another", async () => {
  const { mock, done } = await prepared();
  const other = await mock.sandboxes.create();
  await done("addFault", { body: { operation: "getCaptcha", status: 503 }, clientId: other.clientId });
  expect(await captcha(mock)).toBe(200);
  expect(await fetchText(mock, "GET", "captcha", { "x-client-id": other.clientId })).toMatchObject({ status: 503 });
});

test("clearing removes the faults of every operation in this sandbox only", async () => {
  const { mock, done, schedule, update } = await prepared();
  const other = await mock.sandboxes.create();
  await schedule({ check: "code-wrong", times: 9 });
  await done("addFault", { body: { operation: "getCaptcha", status: 503 } });
  await done("addFault", { body: { operation: "getCaptcha", status: 503 }, clientId: other.clientId });
  await done("clearFaults");
  expect(await update()).toEqual(DONE);
  expect(await captcha(mock)).toBe(200);
  expect(await fetchText(mock, "GET", "captcha", { "x-client-id": other.clientId })).toMatchObject({ status: 503 });
});

test("a fault that no check causes can be scheduled", async () => {
  const { mock, done } = await prepared();
  await done("addFault", { body: { operation: "sendSms", check: "gateway-down" } });
  expect(await api(mock)("sms/send", {})).toEqual(GATEWAY_DOWN);
});

async function fetchText(mock: Mock, method: string, path: string, headers: Record<string, string> = {}) {
  const response = await mock.fetch(`http://ciam.test/api/v2/sdk/${path}`, {
    method,
    headers: { "x-client-id": mock.clientId, ...headers },
  });
  return { status: response.status, text: await response.text() };
}
