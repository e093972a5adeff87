/** Sandboxes: opened, deleted, reset, and isolated from each other. */
import { expect, test } from "vitest";
import { createMock } from "../../../mocks/index.ts";
import { api, DONE, MOBILE, refusal, START, sendSms, signedInAccount, stillMock } from "../../support/mock/api.ts";
import { controlHttp } from "../../support/mock/control-http.ts";
import { slowStore } from "../../support/mock/slow-store.ts";

const ALICE = { id: "alice", mobile: "+86-13800000001", email: "alice@example.com", username: "alice", name: "Alice" };

test("a new sandbox is empty and has no changes of the default one", async () => {
  const mock = stillMock({ accounts: [ALICE] });
  await mock.policy.patch({ code_length: 9 });
  await mock.clock.advance({ days: 1 });
  await sendSms(mock, MOBILE, "BIND_MOBILE_SMS");
  const { clientId } = await mock.sandboxes.create();
  const { done, send } = controlHttp(mock);
  expect(await done("readPolicy", { clientId })).toMatchObject({ code_length: 6 });
  expect(await done("readClock", { clientId })).toEqual({ now: START, offset_seconds: 0, frozen: false });
  expect(await done("listMessages", { clientId })).toEqual({ messages: [] });
  expect(await done("listRequests", { clientId })).toEqual({ requests: [] });
  expect(await send("GET", "/__testkit/accounts/alice", { clientId })).toMatchObject({ status: 404 });
});

test("one number can belong to an account in each sandbox", async () => {
  const mock = stillMock({ accounts: [ALICE] });
  const other = await mock.sandboxes.create();
  const twin = await other.accounts.create({ mobile: ALICE.mobile, email: ALICE.email, username: ALICE.username });
  await other.accounts.delete(twin.id);
  expect(await mock.accounts.read("alice")).toEqual(ALICE);
});

test("a code of one sandbox is wrong in another, and still works in its own", async () => {
  const mock = stillMock();
  const other = await mock.sandboxes.create();
  const here = await signedInAccount(mock);
  const there = await signedInAccount(other);
  const options = { to: MOBILE, scene: "UPDATE_MOBILE_SMS", code: "246810" };
  await mock.codes.plant(options);
  const body = { mobile: MOBILE, verify_code: options.code };
  const notVerified = await api(mock, other)("profile/update-mobile", body, there.signedIn);
  expect(notVerified).toMatchObject({ body: { error_code: "IDAAS.SDK.MOBILE.0002" } });
  expect(await api(mock)("profile/update-mobile", body, here.signedIn)).toEqual(DONE);
});

test("two sandboxes send different codes to one number for one scene", async () => {
  const mock = stillMock();
  const other = await mock.sandboxes.create();
  const options = { to: MOBILE, scene: "UPDATE_MOBILE_SMS" };
  expect(await other.codes.plant(options)).not.toBe(await mock.codes.plant(options));
});

test("tokens of one sandbox are invalid in another", async () => {
  const mock = stillMock();
  const other = await mock.sandboxes.create();
  const { signedIn } = await signedInAccount(mock);
  await signedInAccount(other);
  const reply = await api(mock, other)("profile/update-mobile", {}, signedIn);
  expect(reply).toEqual(refusal("PARAM.0016", "IdToken is invalid or expired"));
});

test("a captcha token of one sandbox is unknown in another", async () => {
  const mock = stillMock();
  const other = await mock.sandboxes.create();
  const captcha_token = await mock.captcha.issueToken({ sender: MOBILE });
  const body = { mobile: MOBILE, type: "BIND_MOBILE_SMS", captcha_token };
  expect(await api(mock, other)("sms/send", body)).toMatchObject({ body: { error_code: "IDAAS.SDK.CAPTCHA.0004" } });
  expect(await api(mock)("sms/send", body)).toEqual(DONE);
});

test("limits are counted per sandbox", async () => {
  const mock = stillMock();
  const other = await mock.sandboxes.create();
  await sendSms(mock, MOBILE, "BIND_MOBILE_SMS");
  const captcha_token = await other.captcha.issueToken({ sender: MOBILE });
  expect(await api(mock, other)("sms/send", { mobile: MOBILE, type: "BIND_MOBILE_SMS", captcha_token })).toEqual(DONE);
  expect(await mock.messages.list()).toHaveLength(1);
  expect(await other.messages.list()).toHaveLength(1);
});

test("policy and journal belong to one sandbox", async () => {
  const mock = stillMock();
  const other = await mock.sandboxes.create();
  await other.policy.patch({ default_language: "zh" });
  const refused = { "x-agent": "" };
  expect(await api(mock, other)("captcha", undefined, refused)).toEqual(refusal("PARAM.0001", "设备信息不完整"));
  expect(await mock.requests.list()).toEqual([]);
  expect(await other.requests.list()).toHaveLength(1);
  expect(await api(mock)("captcha", undefined, refused)).toEqual(
    refusal("PARAM.0001", "Device information is incomplete"),
  );
});

test("the default sandbox cannot be deleted", async () => {
  const mock = stillMock({ accounts: [ALICE] });
  const problem = await controlHttp(mock).refused("deleteSandbox", { params: { client_id: mock.clientId } });
  expect(problem).toMatchObject({ status: 400, detail: "the default sandbox cannot be deleted; reset it instead" });
  expect(await mock.accounts.read("alice")).toEqual(ALICE);
});

test("a deleted sandbox is unknown to the API and to the control protocol", async () => {
  const mock = stillMock();
  const other = await mock.sandboxes.create();
  await mock.sandboxes.delete(other.clientId);
  expect(await api(mock, other)("captcha")).toMatchObject({ body: { error_code: "IDAAS.SDK.PARAM.0003" } });
  await expect(other.accounts.create()).rejects.toThrow("Unknown client id");
  await expect(other.reset()).rejects.toThrow("Unknown client id");
  await expect(mock.sandboxes.delete(other.clientId)).rejects.toThrow("Unknown client id");
});

test("deleting one sandbox leaves the others unchanged", async () => {
  const mock = stillMock();
  const [first, second] = [await mock.sandboxes.create(), await mock.sandboxes.create()];
  const { id } = await second.accounts.create({ mobile: MOBILE });
  await mock.sandboxes.delete(first.clientId);
  expect(await second.accounts.read(id)).toMatchObject({ id });
});

test("the client id of a deleted sandbox is not used again", async () => {
  const mock = stillMock();
  const first = await mock.sandboxes.create();
  await mock.sandboxes.delete(first.clientId);
  expect((await mock.sandboxes.create()).clientId).not.toBe(first.clientId);
});

test("a reset of the default sandbox keeps the others, and new sandboxes get new ids", async () => {
  const mock = stillMock();
  const before = await mock.sandboxes.create();
  const { id } = await before.accounts.create();
  await mock.reset();
  expect((await mock.sandboxes.create()).clientId).not.toBe(before.clientId);
  expect(await before.accounts.read(id)).toMatchObject({ id });
});

test("the same seed gives the same client ids, another seed gives others", async () => {
  const idsOf = async (seed: string) => {
    const mock = stillMock({ seed });
    return [(await mock.sandboxes.create()).clientId, (await mock.sandboxes.create()).clientId];
  };
  const [first, second] = await idsOf("a");
  expect(await idsOf("a")).toEqual([first, second]);
  expect(new Set([first, second, ...(await idsOf("b"))]).size).toBe(4);
});

test.each([
  ["the memory store", () => stillMock()],
  ["a store that takes its time", () => createMock({ store: slowStore() })],
])("twenty concurrent calls open twenty sandboxes, with %s", async (_store, create) => {
  const mock = create();
  const sandboxes = await Promise.all(Array.from({ length: 20 }, () => mock.sandboxes.create()));
  expect(new Set(sandboxes.map(({ clientId }) => clientId)).size).toBe(20);
  await Promise.all(sandboxes.map((sandbox) => sandbox.accounts.create({ mobile: MOBILE })));
  await expect(mock.accounts.create({ mobile: MOBILE })).resolves.toMatchObject({ mobile: `+86-${MOBILE}` });
});
