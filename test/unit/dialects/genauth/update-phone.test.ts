/** POST update-phone: the effect of the token, its lifetime, and its account. */
import { expect, test } from "vitest";
import {
  BIND,
  CANONICAL_NEW_PHONE,
  genauth,
  holder,
  NEW_PHONE,
  OWN_PHONE,
  refused,
  success,
  tokenFor,
  tokenIn,
  updatingPhone,
  verifying,
} from "../../../support/genauth/genauth.ts";
import { lastDecision } from "../../../support/mock/journal.ts";

const DONE = success({ success: true });
const INVALID = refused("400", "updatePhoneToken is invalid");
const EXPIRED = refused("400", "updatePhoneToken has expired");
const TAKEN = refused("409/2035", "The phone number is bound already");

test("the token sets the account's number and changes nothing else", async () => {
  const { mock, account, bystander, send } = await updatingPhone();
  expect(await send()).toEqual(DONE);
  expect(await mock.accounts.read(account.id)).toEqual({ ...account, mobile: CANONICAL_NEW_PHONE });
  expect(await mock.accounts.read(bystander.id)).toEqual(bystander);
});

test("after the change the old number is free and the new one is taken", async () => {
  const { mock, send } = await updatingPhone();
  await send();
  await expect(mock.accounts.create({ mobile: NEW_PHONE })).rejects.toThrow("another account has this mobile");
  await expect(mock.accounts.create({ mobile: OWN_PHONE })).resolves.toMatchObject({ mobile: `+86-${OWN_PHONE}` });
});

test("the access token stays valid after the change, and the next change proves the new number", async () => {
  const { mock, account, send } = await updatingPhone();
  await send();
  const now = await mock.accounts.read(account.id);
  const updatePhoneToken = await tokenFor(mock, mock, now, OWN_PHONE);
  expect(await send({ body: { updatePhoneToken } })).toEqual(DONE);
  expect(await mock.accounts.read(account.id)).toEqual(account);
});

test("an account without a number gets its first one", async () => {
  const { mock, bystander: _other } = await updatingPhone();
  const account = await mock.accounts.create({ email: "brook@ciam.test" });
  const updatePhoneToken = await tokenFor(mock, mock, account, "15201657313");
  const { accessToken: authorization } = await mock.accounts.issueTokens(account.id);
  expect(await genauth(mock)("update-phone", { updatePhoneToken }, { authorization })).toEqual(DONE);
  expect(await mock.accounts.read(account.id)).toMatchObject({ mobile: "+86-15201657313" });
});

test("a number of another country is stored with its area code", async () => {
  const { mock, account, send } = await verifying();
  const newPhonePassCode = await mock.codes.plant({ to: "+85251234567", scene: BIND });
  const payload = { newPhoneNumber: "51234567", newPhoneCountryCode: "+852", newPhonePassCode };
  const updatePhoneToken = await tokenIn(send({ payload }));
  const { accessToken: authorization } = await mock.accounts.issueTokens(account.id);
  expect(await genauth(mock)("update-phone", { updatePhoneToken }, { authorization })).toEqual(DONE);
  expect(await mock.accounts.read(account.id)).toMatchObject({ mobile: "+852-51234567" });
});

test("the token works once", async () => {
  const { mock, send } = await updatingPhone();
  expect(await send()).toEqual(DONE);
  expect(await send()).toEqual(INVALID);
  expect(await lastDecision(mock)).toBe("update-token-used");
});

test("the token works until one millisecond before 60 seconds, and not at 60 seconds", async () => {
  const inTime = await updatingPhone();
  await inTime.mock.clock.advance({ seconds: 59.999 });
  expect(await inTime.send()).toEqual(DONE);
  const late = await updatingPhone();
  await late.mock.clock.advance({ seconds: 60 });
  expect(await late.send()).toEqual(EXPIRED);
  expect(await late.mock.accounts.read(late.account.id)).toEqual(late.account);
});

test.each([{ update_phone_token_ttl_seconds: 600 }, { genauth: { update_phone_token_ttl_seconds: 600 } }])(
  "under %j the token works for ten minutes, and the response says so",
  async (policy) => {
    const { mock, account, signedIn, send } = await verifying();
    await mock.policy.patch(policy);
    const granted = await send();
    expect(granted).toMatchObject({ body: { data: { tokenExpiresIn: 600 } } });
    const updatePhoneToken = await tokenIn(Promise.resolve(granted));
    // It keeps the lifetime of the policy at the time of issue.
    await mock.policy.patch({ update_phone_token_ttl_seconds: 1, genauth: { update_phone_token_ttl_seconds: 1 } });
    await mock.clock.advance({ seconds: 599.999 });
    expect(await genauth(mock)("update-phone", { updatePhoneToken }, signedIn)).toEqual(DONE);
    expect(await mock.accounts.read(account.id)).toMatchObject({ mobile: CANONICAL_NEW_PHONE });
  },
);

test("an expired token is remembered for one day, then it is unknown", async () => {
  const { mock, account, send } = await updatingPhone();
  const { accessToken: authorization } = await mock.accounts.issueTokens(account.id, { expiresIn: 200_000 });
  await mock.clock.advance({ seconds: 86_459.999 });
  expect(await send({ headers: { authorization } })).toEqual(EXPIRED);
  await mock.clock.advance({ seconds: 0.001 });
  expect(await send({ headers: { authorization } })).toEqual(INVALID);
  expect(await lastDecision(mock)).toBe("update-token-unknown");
});

test("the token of another account is refused and keeps working for that account", async () => {
  const { mock, account, bystander, bystanderSignedIn, send } = await updatingPhone();
  expect(await send({ headers: bystanderSignedIn })).toEqual(INVALID);
  expect(await lastDecision(mock)).toBe("update-token-foreign");
  expect(await mock.accounts.read(account.id)).toEqual(account);
  expect(await mock.accounts.read(bystander.id)).toEqual(bystander);
  expect(await send()).toEqual(DONE);
});

test("a token of another application is unknown", async () => {
  const { mock, send } = await updatingPhone();
  const other = await mock.sandboxes.create();
  const { account } = await holder(other);
  const updatePhoneToken = await tokenFor(other, mock, account, "15201657313");
  expect(await send({ body: { updatePhoneToken } })).toEqual(INVALID);
  expect(await lastDecision(mock)).toBe("update-token-unknown");
});

test("an altered token is unknown", async () => {
  const { send, token } = await updatingPhone();
  for (const updatePhoneToken of [token.toUpperCase(), `${token} `, ` ${token}`, token.slice(1), `${token}0`, "xxxx"]) {
    expect(await send({ body: { updatePhoneToken } }), updatePhoneToken).toEqual(INVALID);
  }
  for (const updatePhoneToken of ["__proto__", "constructor", "toString"]) {
    expect(await send({ body: { updatePhoneToken } })).toEqual(INVALID);
  }
  expect(await send()).toEqual(DONE);
});

const NO_TEXTS: readonly unknown[] = [undefined, "", " \t", null, 1, true, {}, []];

test("a token is reported as missing when it is absent, blank or not a text", async () => {
  const { send, token } = await updatingPhone();
  for (const updatePhoneToken of [...NO_TEXTS, [token], { token }]) {
    const missing = refused("400", "updatePhoneToken is required");
    expect(await send({ body: { updatePhoneToken } }), JSON.stringify(updatePhoneToken)).toEqual(missing);
  }
  expect(await send()).toEqual(DONE);
});

test("a number that another account got meanwhile is taken; the token works again once it is free", async () => {
  const { mock, account, send } = await updatingPhone();
  const quicker = await mock.accounts.create({ mobile: NEW_PHONE });
  expect(await send()).toEqual(TAKEN);
  expect(await mock.accounts.read(account.id)).toEqual(account);
  await mock.accounts.delete(quicker.id);
  expect(await send()).toEqual(DONE);
});

test("of two tokens for two numbers the later change counts, and each works once", async () => {
  const { mock, account, token, send } = await updatingPhone();
  const second = await tokenFor(mock, mock, account, "15201657313");
  expect(await send({ body: { updatePhoneToken: second } })).toEqual(DONE);
  expect(await send({ body: { updatePhoneToken: token } })).toEqual(DONE);
  expect(await mock.accounts.read(account.id)).toMatchObject({ mobile: CANONICAL_NEW_PHONE });
  expect(await send({ body: { updatePhoneToken: second } })).toEqual(INVALID);
});

test("with two tokens for one number, the second reports the account's own number and changes nothing", async () => {
  const { mock, account, send } = await updatingPhone();
  const second = await tokenFor(mock, mock, account, NEW_PHONE);
  expect(await send()).toEqual(DONE);
  expect(await send({ body: { updatePhoneToken: second } })).toEqual(DONE);
  expect(await mock.accounts.read(account.id)).toEqual({ ...account, mobile: CANONICAL_NEW_PHONE });
});
