/** The id_token as a JWT: any client with the mock's public keys can verify and read it. */
import { createLocalJWKSet, decodeProtectedHeader, type JSONWebKeySet, jwtVerify } from "jose";
import { afterEach, expect, test, vi } from "vitest";
import type { Mock, Sandbox } from "../../../../mocks/index.ts";
import { api, START, signedInAccount, stillMock } from "../../../support/mock/api.ts";

const START_SECONDS = 1_767_225_600;
const CLIENT_ID = "nTo1eRIub60vPb54WeE6aojPwYwImtl4";

afterEach(() => {
  vi.unstubAllGlobals();
});

async function publicKeys(mock: Mock): Promise<JSONWebKeySet> {
  const response = await mock.fetch("http://ciam.test/__testkit/jwks.json");
  expect(response.status).toBe(200);
  return response.json();
}

/** Verifies on the sandbox's clock. */
async function verified(mock: Mock, token: string, now = START) {
  return jwtVerify(token, createLocalJWKSet(await publicKeys(mock)), { currentDate: new Date(now) });
}

async function accountWithIdToken(sandbox: Sandbox) {
  const { account } = await signedInAccount(sandbox);
  const { idToken, accessToken } = await sandbox.accounts.issueTokens(account.id);
  return { account, idToken, accessToken };
}

async function login(mock: Mock): Promise<string> {
  const verify_code = await mock.codes.plant({ to: "13800000001", scene: "LOGIN_SMS" });
  const { body } = await api(mock)("login/mobile-verify-code", { mobile: "13800000001", verify_code });
  return (body as { id_token: string }).id_token;
}

test("an issued id_token verifies against /__testkit/jwks.json and names its account", async () => {
  const mock = stillMock();
  const { account, idToken } = await accountWithIdToken(mock);
  const { payload } = await verified(mock, idToken);
  expect(payload).toMatchObject({
    iss: "ciam-testkit",
    aud: CLIENT_ID,
    sub: account.id,
    iat: START_SECONDS,
    exp: START_SECONDS + 7200,
  });
});

test("the id_token of a login verifies and has the same claims", async () => {
  const mock = stillMock();
  const { account } = await accountWithIdToken(mock);
  const { payload } = await verified(mock, await login(mock));
  const times = { iat: START_SECONDS, exp: START_SECONDS + 7200 };
  expect(payload).toMatchObject({ iss: "ciam-testkit", aud: CLIENT_ID, sub: account.id, ...times });
});

test("the token header names RS256 and the id of the published key", async () => {
  const mock = stillMock();
  const { idToken } = await accountWithIdToken(mock);
  const { keys } = await publicKeys(mock);
  expect(keys).toHaveLength(1);
  expect(keys[0]).toMatchObject({ kty: "RSA", alg: "RS256", use: "sig" });
  expect(decodeProtectedHeader(idToken)).toMatchObject({ alg: "RS256", kid: keys[0]?.kid });
  expect(keys[0]?.kid).toMatch(/./);
});

test("the published key has no private part", async () => {
  const { keys } = await publicKeys(stillMock());
  expect(Object.keys(keys[0] ?? {}).sort()).toEqual(["alg", "e", "kid", "kty", "n", "use"]);
});

test("a token with one changed character does not verify", async () => {
  const mock = stillMock();
  const { idToken } = await accountWithIdToken(mock);
  const at = idToken.indexOf(".") + 8;
  const altered = idToken.slice(0, at) + (idToken[at] === "A" ? "B" : "A") + idToken.slice(at + 1);
  await expect(verified(mock, altered)).rejects.toThrow("signature verification failed");
});

test("the times in a token come from the sandbox's clock", async () => {
  const mock = stillMock();
  await accountWithIdToken(mock);
  await mock.clock.set("2030-06-01T12:00:00.500Z");
  const { payload } = await verified(mock, await login(mock), "2030-06-01T12:00:00.500Z");
  expect(payload).toMatchObject({ iat: 1_906_545_600, exp: 1_906_552_800 });
});

test("a JWT library on the sandbox's clock and the mock agree on the second of expiry", async () => {
  const mock = stillMock();
  const { idToken } = await accountWithIdToken(mock);
  await expect(verified(mock, idToken, "2026-01-01T01:59:59.000Z")).resolves.toBeDefined();
  await expect(verified(mock, idToken, "2026-01-01T02:00:00.000Z")).rejects.toThrow('"exp" claim');
});

test("policy id_token_ttl_seconds sets the lifetime of login tokens and issued tokens", async () => {
  const mock = stillMock();
  await mock.policy.patch({ id_token_ttl_seconds: 60 });
  const { idToken } = await accountWithIdToken(mock);
  expect((await verified(mock, idToken)).payload.exp).toBe(START_SECONDS + 60);
  expect((await verified(mock, await login(mock))).payload.exp).toBe(START_SECONDS + 60);
});

test("policy id_token_ttl_seconds set for this dialect alone also applies to login tokens", async () => {
  const mock = stillMock();
  await accountWithIdToken(mock);
  await mock.policy.patch({ bamboocloud: { id_token_ttl_seconds: 60 } });
  expect((await verified(mock, await login(mock))).payload.exp).toBe(START_SECONDS + 60);
});

test("a token of another sandbox has that sandbox's client id as audience", async () => {
  const mock = stillMock();
  const other = await mock.sandboxes.create();
  const { idToken } = await accountWithIdToken(other);
  expect((await verified(mock, idToken)).payload.aud).toBe(other.clientId);
});

test("two tokens differ even for one account at the same moment", async () => {
  const mock = stillMock();
  const { account, idToken, accessToken } = await accountWithIdToken(mock);
  const second = await mock.accounts.issueTokens(account.id);
  expect(new Set([idToken, accessToken, second.idToken, second.accessToken, await login(mock)]).size).toBe(5);
});

test("a token is the same, byte for byte, in each version of the package", async () => {
  const { idToken } = await accountWithIdToken(stillMock());
  expect(idToken.split(".")).toEqual([
    "eyJhbGciOiJSUzI1NiIsImtpZCI6ImNpYW0tdGVzdGtpdCIsInR5cCI6IkpXVCJ9",
    "eyJpc3MiOiJjaWFtLXRlc3RraXQiLCJhdWQiOiJuVG8xZVJJdWI2MHZQYjU0V2VFNmFvalB3WXdJbXRsNCIsInN1YiI6IkxtaXVwUEZDcmVvTjBDTFJjZEF0IiwiaWF0IjoxNzY3MjI1NjAwLCJleHAiOjE3NjcyMzI4MDAsImp0aSI6ImlkLTMifQ",
    "aO_nMaWF3nuaxNejgi0o0ZMGwvHjP6BZZhIAJv4U58cz13p1k1yCNUfOrZXhKVWSZhsxH64YkZbzvAbormEs1aKQ7HGhZY1nVW1O4ajihdelgKRVYIJ3BZDKEIdzCoeiwN-OA9F5-WRxoqxLWEM1oSycELVsJJYzuaHEy93e1si22NVeFmanCZYCoSUCSLG48JlLa75A0T1beSXNg7E5eA5hIit4lpuf5U0ppGlML02nTmCopQYBhzuJUMGTXxW73e99CIMrrwMfviZ6QYHB-D1XGWieylJLmMVp7JUirzUQq1g3EX3vcSnlMZMj9i1I5LwalHouPmsjCeNZEA2KVQ",
  ]);
});

test.each([undefined, {}])("a page with crypto %j is told what the signature of a token needs", async (crypto) => {
  const mock = stillMock();
  const { account } = await signedInAccount(mock);
  vi.stubGlobal("crypto", crypto);
  const told = "crypto.subtle is missing. Open the page on localhost or over https.";
  await expect(mock.accounts.issueTokens(account.id)).rejects.toThrow(told);
  await expect(login(mock)).rejects.toThrow(told);
});

test("the same seed gives the same token in another run", async () => {
  const tokens = await Promise.all(
    [stillMock({ seed: "seven" }), stillMock({ seed: "seven" })].map(
      async (mock) => (await accountWithIdToken(mock)).idToken,
    ),
  );
  expect(tokens[0]).toBe(tokens[1]);
});
