/** The id_token in Authorization: which ones are accepted, and how the others are refused. */
import { expect, test } from "vitest";
import type { Mock } from "../../../../mocks/index.ts";
import { api, DONE, MOBILE, refusal } from "../../../support/mock/api.ts";
import { lastDecision } from "../../../support/mock/journal.ts";
import { accountsOf } from "../../../support/mock/mistakes.ts";
import { type Situation, updatingEmail, updatingMobile, updatingPassword } from "../../../support/mock/situations.ts";

const MISSING = refusal("PARAM.0015", "IdToken cannot be empty");
const INVALID = refusal("PARAM.0016", "IdToken is invalid or expired");
const USER_NOT_FOUND = refusal("USER.0001", "User not found");

const PROFILE_CALLS = [
  { name: "updateMobile", prepare: updatingMobile },
  { name: "updateEmail", prepare: updatingEmail },
];
const SIGNED_IN_CALLS = [...PROFILE_CALLS, { name: "updatePasswordByMobile", prepare: updatingPassword }];

async function freshToken({ mock, account }: Situation, options: { expiresIn?: number } = {}): Promise<string> {
  return (await mock.accounts.issueTokens(account.id, options)).idToken;
}

const bearer = (token: string) => ({ headers: { authorization: `Bearer ${token}` } });

const EMPTY = ["", "   ", "Bearer", "bearer", "Bearer   "];

test.each(PROFILE_CALLS.flatMap((call) => EMPTY.map((authorization) => ({ ...call, authorization }))))(
  "$name with the Authorization '$authorization' reports a missing token",
  async ({ prepare, authorization }) => {
    const situation = await prepare();
    const before = await accountsOf(situation);
    expect(await situation.send({ headers: { authorization } })).toEqual(MISSING);
    expect(await situation.send({ headers: { authorization, "x-l": "zh" } })).toEqual(
      refusal("PARAM.0015", "IdToken不能为空"),
    );
    expect(await lastDecision(situation.mock)).toBe("id-token-missing");
    expect(await accountsOf(situation)).toEqual(before);
  },
);

interface BadToken {
  readonly what: string;
  readonly check: "id-token-invalid" | "id-token-expired";
  authorization(situation: Situation): Promise<string> | string;
}

const BAD_TOKENS: readonly BadToken[] = [
  {
    what: "a token without Bearer before it",
    check: "id-token-invalid",
    authorization: (situation) => freshToken(situation),
  },
  {
    what: "another scheme",
    check: "id-token-invalid",
    authorization: async (situation) => `Basic ${await freshToken(situation)}`,
  },
  {
    what: "Bearer written together with the token",
    check: "id-token-invalid",
    authorization: async (situation) => `Bearer${await freshToken(situation)}`,
  },
  { what: "a word", check: "id-token-invalid", authorization: () => "Bearer nonsense" },
  { what: "the name of what every object has", check: "id-token-invalid", authorization: () => "Bearer constructor" },
  {
    what: "a token of the same shape from elsewhere",
    check: "id-token-invalid",
    authorization: () => "Bearer eyJ0NiJ9.eyJ1cI6IjIifX0.DeWt4QuZXso",
  },
  {
    what: "the account's id",
    check: "id-token-invalid",
    authorization: ({ account }) => `Bearer ${account.id}`,
  },
  {
    what: "an access token",
    check: "id-token-invalid",
    authorization: async ({ mock, account }) => `Bearer ${(await mock.accounts.issueTokens(account.id)).accessToken}`,
  },
  {
    what: "two tokens",
    check: "id-token-invalid",
    authorization: async (situation) => `Bearer ${await freshToken(situation)} ${await freshToken(situation)}`,
  },
  {
    what: "a token of another sandbox",
    check: "id-token-invalid",
    authorization: async ({ mock }) => `Bearer ${await tokenOfAnotherSandbox(mock)}`,
  },
  {
    what: "a token issued to last 0 seconds",
    check: "id-token-expired",
    authorization: async (situation) => `Bearer ${await freshToken(situation, { expiresIn: 0 })}`,
  },
  {
    what: "a token issued to have ended a minute ago",
    check: "id-token-expired",
    authorization: async (situation) => `Bearer ${await freshToken(situation, { expiresIn: -60 })}`,
  },
];

/** Of an account like the signed-in one. */
async function tokenOfAnotherSandbox(mock: Mock): Promise<string> {
  const other = await mock.sandboxes.create();
  const { id } = await other.accounts.create({ mobile: "13800000001" });
  return (await other.accounts.issueTokens(id)).idToken;
}

test.each(SIGNED_IN_CALLS.flatMap((call) => BAD_TOKENS.map((token) => ({ ...call, ...token }))))(
  "$name refuses $what and changes nothing",
  async ({ prepare, authorization, check }) => {
    const situation = await prepare();
    const headers = { authorization: await authorization(situation) };
    const before = await accountsOf(situation);
    expect(await situation.send({ headers })).toEqual(INVALID);
    expect(await situation.send({ headers: { ...headers, "x-l": "zh" } })).toEqual(
      refusal("PARAM.0016", "IdToken无效或已过期"),
    );
    expect(await lastDecision(situation.mock)).toBe(check);
    expect(await accountsOf(situation)).toEqual(before);
    expect(await situation.send()).toEqual(DONE);
  },
);

test.each([
  ["header", 0],
  ["payload", 1],
  ["signature", 2],
])("a token with one changed character in its %s is invalid", async (_name, part) => {
  const situation = await updatingEmail();
  const parts = (await freshToken(situation)).split(".");
  parts[part] = parts[part]?.replace(/.$/, (last) => (last === "A" ? "B" : "A")) ?? "";
  expect(await situation.send(bearer(parts.join(".")))).toEqual(INVALID);
});

test("updatePasswordByMobile refuses a scheme without a token as invalid: no page lists it as missing", async () => {
  const { send } = await updatingPassword();
  expect(await send({ headers: { authorization: "Bearer" } })).toEqual(INVALID);
});

test.each(["Bearer", "bearer", "BEARER", "bEaReR"])("the scheme may be written %s", async (scheme) => {
  const situation = await updatingEmail();
  expect(await situation.send({ headers: { authorization: `${scheme} ${await freshToken(situation)}` } })).toEqual(
    DONE,
  );
});

test("under bearer_required false a token works with and without Bearer", async () => {
  const situation = await updatingMobile();
  await situation.mock.policy.patch({ bearer_required: false });
  expect(await situation.send({ headers: { authorization: await freshToken(situation) } })).toEqual(DONE);
  const verify_code = await situation.mock.codes.plant({ to: "13800000001", scene: "UPDATE_MOBILE_SMS" });
  expect(await situation.send({ body: { mobile: "13800000001", verify_code } })).toEqual(DONE);
});

test("under bearer_required false a malformed token is still refused", async () => {
  const situation = await updatingMobile();
  await situation.mock.policy.patch({ bearer_required: false });
  expect(await situation.send({ headers: { authorization: "nonsense" } })).toEqual(INVALID);
  expect(await situation.send({ headers: { authorization: `Basic ${await freshToken(situation)}` } })).toEqual(INVALID);
  expect(await situation.send({ headers: { authorization: "Bearer" } })).toEqual(MISSING);
});

test.each(SIGNED_IN_CALLS)(
  "$name accepts a token one second before its two hours end, and refuses it afterwards",
  async (call) => {
    const situation = await call.prepare();
    const { mock, to, scene, send } = situation;
    await mock.clock.advance({ hours: 1, minutes: 59, seconds: 59 });
    const verify_code = await mock.codes.plant({ to, scene, expiresIn: 3600 });
    expect(await send({ body: { verify_code: "000000" } })).toEqual(
      refusal("CAPTCHA.0007", "Incorrect verification code"),
    );
    await mock.clock.advance({ seconds: 1 });
    expect(await send({ body: { verify_code } })).toEqual(INVALID);
    expect(await lastDecision(mock)).toBe("id-token-expired");
    expect(await send({ ...bearer(await freshToken(situation)), body: { verify_code } })).toEqual(DONE);
  },
);

test("an expired token is still refused after the day for which it is remembered", async () => {
  const { mock, send } = await updatingEmail();
  await mock.clock.advance({ days: 30 });
  expect(await send()).toEqual(INVALID);
});

test("a token keeps the lifetime that policy id_token_ttl_seconds had when it was issued", async () => {
  const situation = await updatingMobile();
  const { mock, send } = situation;
  await mock.policy.patch({ id_token_ttl_seconds: 60 });
  const token = await freshToken(situation);
  await mock.policy.patch({ id_token_ttl_seconds: null });
  await mock.clock.advance({ seconds: 59 });
  expect(await send({ ...bearer(token), body: { mobile: "" } })).toMatchObject({
    body: { error_code: "IDAAS.SDK.USER.0020" },
  });
  await mock.clock.advance({ seconds: 1 });
  expect(await send(bearer(token))).toEqual(INVALID);
});

test.each(SIGNED_IN_CALLS)("$name with the token of a deleted account and a good code finds no user", async (call) => {
  const { mock, account, send } = await call.prepare();
  await mock.accounts.delete(account.id);
  expect(await send()).toEqual(USER_NOT_FOUND);
  expect(await send({ headers: { "x-l": "zh" } })).toEqual(refusal("USER.0001", "用户未找到"));
  expect(await lastDecision(mock)).toBe("account-gone");
});

test("the token of a deleted account does not work for the next account with its number", async () => {
  const { mock, account, send } = await updatingEmail();
  await mock.accounts.delete(account.id);
  const heir = await mock.accounts.create({ mobile: "13800000001", email: "river@ciam.test" });
  expect(await send()).toEqual(USER_NOT_FOUND);
  expect(await mock.accounts.read(heir.id)).toMatchObject({ email: "river@ciam.test" });
});

test("the tokens of two accounts each change their own account", async () => {
  const { mock, account, bystander, bystanderSignedIn, path, send } = await updatingMobile();
  const verify_code = await mock.codes.plant({ to: "13900000000", scene: "UPDATE_MOBILE_SMS" });
  expect(await send()).toEqual(DONE);
  expect(await api(mock)(path, { mobile: "13900000000", verify_code }, bystanderSignedIn)).toEqual(DONE);
  expect(await mock.accounts.read(account.id)).toMatchObject({ mobile: `+86-${MOBILE}` });
  expect(await mock.accounts.read(bystander.id)).toMatchObject({ mobile: "+86-13900000000" });
});
