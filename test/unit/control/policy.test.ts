/** The policy over HTTP: its values, for every dialect and for one, and the effect of a change. */
import { expect, test } from "vitest";
import type { Mock } from "../../../mocks/index.ts";
import { api, DONE, MOBILE, sendSms, signedInAccount, stillMock } from "../../support/mock/api.ts";
import { controlHttp } from "../../support/mock/control-http.ts";

function prepared() {
  const mock = stillMock();
  const { done, refused } = controlHttp(mock);
  const patch = (body: object, clientId = "") => done("patchPolicy", { body, clientId });
  const read = (clientId = "") => done("readPolicy", { clientId });
  return { mock, patch, read, refused };
}

test("the response to a change is the policy that is in force", async () => {
  const { patch, read } = prepared();
  const before = await read();
  const after = await patch({ code_length: 4, default_language: "zh" });
  expect(after).toEqual({ ...before, code_length: 4, default_language: "zh" });
  expect(await read()).toEqual(after);
});

test("changes add up, the last value of a key wins, and null resets it", async () => {
  const { patch, read } = prepared();
  const before = await read();
  await patch({ code_length: 4, pinned_code: "0000", password_weak_list: ["Sesame-1"] });
  expect(await patch({ code_length: 5 })).toMatchObject({ code_length: 5, pinned_code: "0000" });
  await patch({ code_length: null, pinned_code: null, password_weak_list: null });
  expect(await read()).toEqual(before);
});

test("each key can be reset to its default by null, alone", async () => {
  const { patch, read } = prepared();
  const before = await read();
  const { bamboocloud: _ofOne, genauth: _ofTheOther, ...common } = before;
  expect(Object.keys(common)).toContain("code_length");
  for (const key of Object.keys(common)) await patch({ [key]: null });
  expect(await read()).toEqual(before);
});

test("a value for one dialect is shown under its name and leaves the common value", async () => {
  const { patch } = prepared();
  const after = await patch({ bamboocloud: { code_length: 8, code_ttl_seconds: 30 } });
  expect(after).toMatchObject({ code_length: 6, bamboocloud: { code_length: 8, code_ttl_seconds: 30 } });
});

test("a dialect's own value wins over the common one, in any order", async () => {
  const { mock, patch } = prepared();
  await patch({ bamboocloud: { code_length: 8 } });
  await patch({ code_length: 4 });
  expect(await mock.codes.plant({ to: MOBILE, scene: "LOGIN_SMS" })).toMatch(/^\d{8}$/);
  await patch({ code_length: 5, bamboocloud: { code_length: null } });
  expect(await mock.codes.plant({ to: MOBILE, scene: "LOGIN_SMS" })).toMatch(/^\d{5}$/);
});

test("a dialect without own values is not shown", async () => {
  const { patch, read } = prepared();
  const before = await read();
  await patch({ bamboocloud: { code_length: 8 } });
  expect(await patch({ bamboocloud: { code_length: null } })).toEqual(before);
});

test.each([
  [{ password_min_length: 19 }, "password_min_length (19) must not exceed password_max_length (18)"],
  [{ password_max_length: 7 }, "password_min_length (8) must not exceed password_max_length (7)"],
  [
    { password_min_length: 30, password_max_length: 20 },
    "password_min_length (30) must not exceed password_max_length (20)",
  ],
  [{ bamboocloud: { password_min_length: 19 } }, "password_min_length (19) must not exceed password_max_length (18)"],
])("%j is refused: no password could be long enough", async (body, detail) => {
  const { refused } = prepared();
  expect(await refused("patchPolicy", { body })).toMatchObject({ status: 400, detail });
});

test("resetting one length is refused while the other needs it", async () => {
  const { patch, refused } = prepared();
  await patch({ password_min_length: 20, password_max_length: 30 });
  const problem = await refused("patchPolicy", { body: { password_max_length: null } });
  expect(problem.detail).toBe("password_min_length (20) must not exceed password_max_length (18)");
  expect(await patch({ password_min_length: null, password_max_length: null })).toMatchObject({
    password_max_length: 18,
  });
});

test("both lengths may be equal", async () => {
  const { patch } = prepared();
  expect(await patch({ password_min_length: 12, password_max_length: 12 })).toMatchObject({ password_min_length: 12 });
});

test("a patch with one bad key changes nothing", async () => {
  const { read, refused } = prepared();
  await refused("patchPolicy", { body: { code_length: 4, code_ttl_seconds: 0 } });
  await refused("patchPolicy", { body: { code_length: 4, password_min_length: 99 } });
  expect(await read()).toMatchObject({ code_length: 6 });
});

test.each([
  [{ code_resend_scope: "account" }, "code_resend_scope"],
  [{ code_daily_limit_scope: true }, "code_daily_limit_scope"],
  [{ code_used_when_refused: "yes" }, "code_used_when_refused"],
  [{ token_without_bearer: "PARAM.0015" }, "token_without_bearer"],
  [{ deleted_account_token: "valid" }, "deleted_account_token"],
  [{ send_to_unknown: "loud" }, "send_to_unknown"],
  [{ unverified_mobile: false }, "unverified_mobile"],
  [{ identifier_hold_seconds: -1 }, "identifier_hold_seconds"],
  [{ login_registers: 1 }, "login_registers"],
  [{ login_number_errors: "hidden" }, "login_number_errors"],
  [{ captcha_token_bound: "sender" }, "captcha_token_bound"],
  [{ captcha_token_comparison: "none" }, "captcha_token_comparison"],
  [{ captcha_token_used_when_refused: [] }, "captcha_token_used_when_refused"],
  [{ password_repeat_counting: "most" }, "password_repeat_counting"],
  [{ password_reversed_username: "found" }, "password_reversed_username"],
  [{ bamboocloud: { password_identity_ignores_case: "true" } }, "password_identity_ignores_case"],
  [{ password_weak_list_ignores_case: 0 }, "password_weak_list_ignores_case"],
  [{ empty_success: "{}" }, "empty_success"],
])("%j is refused: the key has no such value", async (body, key) => {
  const { refused } = prepared();
  expect(await refused("patchPolicy", { body })).toMatchObject({ status: 400, detail: expect.stringContaining(key) });
});

test("a changed policy applies to the next message", async () => {
  const { mock, patch } = prepared();
  await patch({ code_length: 9, code_ttl_seconds: 10, default_language: "zh" });
  await sendSms(mock, MOBILE, "BIND_MOBILE_SMS");
  const [message] = await mock.messages.list();
  expect(message).toMatchObject({ code: expect.stringMatching(/^\d{9}$/), language: "zh" });
  expect(Date.parse(message?.expiresAt ?? "") - Date.parse(message?.sentAt ?? "")).toBe(10_000);
});

test("a pinned code is every code of its sandbox", async () => {
  const { mock, patch } = prepared();
  const other = await mock.sandboxes.create();
  await patch({ pinned_code: "424242" });
  await sendSms(mock, MOBILE, "BIND_MOBILE_SMS");
  expect((await mock.messages.list()).map(({ code }) => code)).toEqual(["424242"]);
  expect(await mock.codes.plant({ to: "13800000002", scene: "LOGIN_SMS" })).toBe("424242");
  expect(await other.codes.plant({ to: "13800000002", scene: "LOGIN_SMS" })).not.toBe("424242");
});

test("with code_supersedes off, an older code still works", async () => {
  const older = async (mock: Mock) => {
    const { signedIn } = await signedInAccount(mock);
    for (const code of ["111111", "222222"]) await mock.codes.plant({ to: MOBILE, scene: "UPDATE_MOBILE_SMS", code });
    return api(mock)("profile/update-mobile", { mobile: MOBILE, verify_code: "111111" }, signedIn);
  };
  expect(await older(prepared().mock)).toMatchObject({ body: { error_code: "IDAAS.SDK.CAPTCHA.0007" } });
  const { mock, patch } = prepared();
  await patch({ bamboocloud: { code_supersedes: false } });
  expect(await older(mock)).toEqual(DONE);
});

test("with bearer_required off, a bare id_token is accepted", async () => {
  const { mock, patch } = prepared();
  const { signedIn } = await signedInAccount(mock);
  const bare = { authorization: signedIn.authorization.replace("Bearer ", "") };
  expect(await api(mock)("profile/update-mobile", {}, bare)).toMatchObject({
    body: { error_code: "IDAAS.SDK.PARAM.0016" },
  });
  await patch({ bearer_required: false });
  expect(await api(mock)("profile/update-mobile", {}, bare)).toMatchObject({
    body: { error_code: "IDAAS.SDK.PARAM.0009" },
  });
});
