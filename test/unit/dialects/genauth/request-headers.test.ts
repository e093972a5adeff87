/** The application id in either of two headers, and the access token with or without `Bearer `. */
import { expect, test } from "vitest";
import {
  genauth,
  holder,
  readingProfile,
  refused,
  sendingSms,
  updatingPhone,
  verifying,
} from "../../../support/genauth/genauth.ts";
import { stillMock } from "../../../support/mock/api.ts";
import { lastDecision } from "../../../support/mock/journal.ts";

const SIGNED_IN_CALLS = [
  { name: "verify-update-phone-request", prepare: verifying },
  { name: "update-phone", prepare: updatingPhone },
  { name: "get-profile", prepare: readingProfile },
];
const CALLS = [{ name: "send-sms", prepare: sendingSms }, ...SIGNED_IN_CALLS];

const GRANTED = { status: 200, body: { statusCode: 200 } };
const APP_MISSING = refused("400", "The header x-authing-app-id is missing");
const APP_UNKNOWN = refused("404/2011", "Application not found");
const NOT_SIGNED_IN = refused("401/2020", "Not signed in, no permission for this request");

test.each(CALLS)("$name accepts the application id in x-genauth-app-id", async ({ prepare }) => {
  const { mock, send } = await prepare();
  const headers = { "x-authing-app-id": "", "x-genauth-app-id": mock.clientId };
  expect(await send({ headers })).toMatchObject(GRANTED);
});

test.each(CALLS)(
  "$name ignores blanks around the id, and prefers x-authing-app-id when both are given",
  async (call) => {
    const { mock, send } = await call.prepare();
    const headers = { "x-authing-app-id": ` ${mock.clientId} `, "x-genauth-app-id": "an-id-of-nobody" };
    expect(await send({ headers })).toMatchObject(GRANTED);
    const unknownApp = { "x-authing-app-id": "an-id-of-nobody", "x-genauth-app-id": mock.clientId };
    expect(await send({ headers: unknownApp })).toEqual(APP_UNKNOWN);
  },
);

test.each(CALLS)("$name with a blank x-authing-app-id reads the other header", async ({ prepare }) => {
  const { mock, send } = await prepare();
  expect(await send({ headers: { "x-authing-app-id": "  ", "x-genauth-app-id": "  " } })).toEqual(APP_MISSING);
  expect(await lastDecision(mock)).toBe("client-missing");
  const headers = { "x-authing-app-id": "  ", "x-genauth-app-id": mock.clientId };
  expect(await send({ headers })).toMatchObject(GRANTED);
});

test.each(CALLS)("$name with genauth_require_app_id false needs no application id", async ({ prepare }) => {
  const { mock, send } = await prepare();
  await mock.policy.patch({ genauth_require_app_id: false });
  expect(await send({ headers: { "x-authing-app-id": "an-id-of-nobody" } })).toEqual(APP_UNKNOWN);
  expect(await send({ headers: { "x-authing-app-id": "" } })).toMatchObject(GRANTED);
  expect(await lastDecision(mock)).toBe("passed");
});

test("with genauth_require_app_id false, a fault hits a request without an application id", async () => {
  const { mock, send } = await sendingSms();
  await mock.policy.patch({ genauth_require_app_id: false });
  await mock.faults.add({ operation: "genauthSendSms", check: "gateway-down" });
  expect(await send({ headers: { "x-authing-app-id": "" } })).not.toMatchObject(GRANTED);
  expect(await lastDecision(mock)).toBe("gateway-down");
});

test("genauth_require_app_id false does not apply to the other system", async () => {
  const mock = stillMock();
  await mock.policy.patch({ genauth_require_app_id: false });
  const response = await mock.fetch("http://ciam.test/api/v2/sdk/captcha");
  expect(response.status).toBe(400);
});

test.each(CALLS)("$name does not read the application id from X-client-id", async ({ prepare }) => {
  const { mock, send } = await prepare();
  expect(await send({ headers: { "x-authing-app-id": "", "x-client-id": mock.clientId } })).toEqual(APP_MISSING);
});

test.each(CALLS)(
  "$name reports an unknown application for an unknown id and a deleted sandbox",
  async ({ prepare }) => {
    const { mock, send } = await prepare();
    expect(await send({ headers: { "x-authing-app-id": mock.clientId.toLowerCase() } })).toEqual(APP_UNKNOWN);
    const { clientId } = await mock.sandboxes.create();
    await mock.sandboxes.delete(clientId);
    expect(await send({ headers: { "x-genauth-app-id": clientId, "x-authing-app-id": "" } })).toEqual(APP_UNKNOWN);
    expect(await lastDecision(mock)).toBe("client-unknown");
  },
);

test("the application id selects the sandbox: accounts of another sandbox are not found", async () => {
  const mock = stillMock();
  const other = await mock.sandboxes.create();
  const { signedIn } = await holder(other);
  expect(await genauth(mock, other)("get-profile", undefined, signedIn)).toMatchObject(GRANTED);
  expect(await genauth(mock)("get-profile", undefined, signedIn)).toEqual(NOT_SIGNED_IN);
  expect(await lastDecision(mock)).toBe("access-token-invalid");
});

const FORMS = [
  ["as it is", (token: string) => token],
  ["after Bearer", (token: string) => `Bearer ${token}`],
  ["after bearer in small letters", (token: string) => `bearer ${token}`],
  ["after Bearer and three blanks", (token: string) => `Bearer   ${token}`],
  ["between blanks", (token: string) => `  ${token}  `],
] as const;

const wanted = SIGNED_IN_CALLS.flatMap((call) => FORMS.map(([how, write]) => ({ ...call, how, write })));

test.each(wanted)("$name accepts the access token $how", async ({ prepare, write }) => {
  const { signedIn, send } = await prepare();
  expect(await send({ headers: { authorization: write(signedIn["authorization"] ?? "") } })).toMatchObject(GRANTED);
});

const EMPTY = ["", "   ", "Bearer", "bearer", "Bearer   "];
const empty = SIGNED_IN_CALLS.flatMap((call) => EMPTY.map((authorization) => ({ ...call, authorization })));

test.each(empty)(
  "$name with the Authorization '$authorization' reports a missing token",
  async ({ prepare, authorization }) => {
    const { mock, send } = await prepare();
    expect(await send({ headers: { authorization } })).toEqual(NOT_SIGNED_IN);
    expect(await lastDecision(mock)).toBe("access-token-missing");
  },
);

const BAD = [
  ["Basic before it", (token: string) => `Basic ${token}`],
  ["Bearer written together with it", (token: string) => `Bearer${token}`],
  ["its last character cut off", (token: string) => token.slice(0, -1)],
  ["another token behind it", (token: string) => `${token} ${token}`],
  ["capitals in its place", (token: string) => token.toUpperCase()],
] as const;

const bad = SIGNED_IN_CALLS.flatMap((call) => BAD.map(([what, write]) => ({ ...call, what, write })));

test.each(bad)("$name refuses the access token with $what", async ({ prepare, write }) => {
  const { mock, signedIn, send } = await prepare();
  expect(await send({ headers: { authorization: write(signedIn["authorization"] ?? "") } })).toEqual(NOT_SIGNED_IN);
  expect(await lastDecision(mock)).toBe("access-token-invalid");
});

test.each(SIGNED_IN_CALLS)("$name refuses an id_token as access token", async ({ prepare }) => {
  const { mock, account, send } = await prepare();
  const { idToken } = await mock.accounts.issueTokens(account.id);
  for (const authorization of [idToken, `Bearer ${idToken}`]) {
    expect(await send({ headers: { authorization } })).toEqual(NOT_SIGNED_IN);
    expect(await lastDecision(mock)).toBe("access-token-invalid");
  }
});

test.each(SIGNED_IN_CALLS)(
  "$name: under deleted_account_token invalid-token, the token of a deleted account is invalid",
  async ({ prepare }) => {
    const { mock, account, send } = await prepare();
    await mock.accounts.delete(account.id);
    await send();
    expect(await lastDecision(mock)).toBe("account-gone");
    await mock.policy.patch({ deleted_account_token: "invalid-token" });
    expect(await send()).toEqual(NOT_SIGNED_IN);
    expect(await lastDecision(mock)).toBe("access-token-invalid");
  },
);

test.each(SIGNED_IN_CALLS)("$name: an access token expires exactly at its end on the sandbox's clock", async (call) => {
  const { mock, account, send } = await call.prepare();
  const { accessToken: authorization } = await mock.accounts.issueTokens(account.id, { expiresIn: 30 });
  await mock.clock.advance({ seconds: 30 });
  expect(await send({ headers: { authorization } })).toEqual(NOT_SIGNED_IN);
  expect(await lastDecision(mock)).toBe("access-token-expired");
  const again = await call.prepare();
  const { accessToken } = await again.mock.accounts.issueTokens(again.account.id, { expiresIn: 30 });
  await again.mock.clock.advance({ seconds: 29.999 });
  expect(await again.send({ headers: { authorization: accessToken } })).toMatchObject(GRANTED);
});

test.each(SIGNED_IN_CALLS)("$name: header names work in any case", async ({ name, prepare }) => {
  const { mock, signedIn } = await prepare();
  const response = await mock.fetch(`https://genauth.test/api/v3/${name}`, {
    method: name === "get-profile" ? "GET" : "POST",
    headers: { "X-AUTHING-APP-ID": mock.clientId, Authorization: signedIn["authorization"] ?? "" },
    ...(name === "get-profile" ? {} : { body: "{}" }),
  });
  expect((await response.json()).statusCode).toBe(name === "get-profile" ? 200 : 400);
});
