/** Values that are secret because of the name of their field or header. */
import { expect, test } from "vitest";
import { secretsIn, secretsInHeaders } from "../../../contracts/world/secret-fields.ts";

test("secrets in a response are found by field name, at any depth", () => {
  const fields = new Set(["id_token", "session_token"]);
  const text =
    '{"data":{"id_token":"opaque-1","list":[{"session_token":"opaque-2"}]},"status":"SUCCESS","session_token":7}';
  expect(secretsIn(text, fields)).toEqual([
    ["id_token", "opaque-1"],
    ["session_token", "opaque-2"],
  ]);
  for (const none of ["", "<html>", '"id_token"', "null"]) expect(secretsIn(none, fields)).toEqual([]);
});

test("a field with token, secret or password in its name is secret, in any case and at any depth", () => {
  const value = {
    refresh_token: "opaque-1",
    data: [
      { accessToken: "opaque-2" },
      { CLIENT_SECRET: "opaque-3", oldPassword: "opaque-4", user_passwd: "opaque-5" },
    ],
    tokens: { refresh: "opaque-6", all: ["opaque-7"], type: "mac", expires_in: 7_200_000 },
    "x token;rm": "opaque-8",
    "2ndToken": 123456789,
  };
  const found = secretsIn(JSON.stringify(value), new Set());
  expect(new Map(found)).toEqual(
    new Map([
      ["refresh_token", "opaque-1"],
      ["accessToken", "opaque-2"],
      ["CLIENT_SECRET", "opaque-3"],
      ["oldPassword", "opaque-4"],
      ["user_passwd", "opaque-5"],
      ["refresh", "opaque-6"],
      ["all", "opaque-7"],
      // The name is also that of a shell variable.
      ["x_token_rm", "opaque-8"],
      ["_2ndToken", "123456789"],
    ]),
  );
});

test.each([
  "authorization",
  "accountPassword",
  "account_token",
  "loginPwd",
  "clientCredential",
  "api_key",
  "privateKey",
  "session_id",
  "cookie",
  "verify_code",
  "verificationCode",
  "smsCode",
  "newPhonePassCode",
  "authorization_code",
  "otp",
  "loginOtp",
  "pin",
  "user-pin",
  "jwt",
])("the field %s is secret in JSON, in a form and in XML", (name) => {
  const secret = [name.replace(/\W/g, "_"), "482913"];
  const texts = [JSON.stringify({ a: { [name]: "482913" } }), `a=1&${name}=482913`, `<a><${name}>482913</${name}></a>`];
  for (const text of texts) expect(secretsIn(text, new Set())).toEqual([secret]);
});

test.each([
  "error_code",
  "statusCode",
  "apiCode",
  "postalCode",
  "phoneCountryCode",
  "code",
  "shipping",
  "footprint",
  "description",
  "token_count",
  "authorization_endpoint",
])("the field %s is not secret", (name) => {
  const texts = [JSON.stringify({ [name]: "482913" }), `${name}=482913`, `<${name}>482913</${name}>`];
  for (const text of texts) expect(secretsIn(text, new Set())).toEqual([]);
});

test("the address of a redirect has its secrets masked", () => {
  const location = "https://app.example/?state=visible&auth_code=opaque-1&access_token=opaque-2#id_token=opaque-3";
  expect(secretsInHeaders({ location })).toEqual([
    ["auth_code", "opaque-1"],
    ["access_token", "opaque-2"],
    ["id_token", "opaque-3"],
  ]);
});

test("harmless fields beside a token are kept, and words that stand everywhere", () => {
  const value = {
    token_type: "Bearer",
    token_expires_at: "2026-01-01",
    password_length: "12345678",
    has_token: "true",
  };
  expect(secretsIn(JSON.stringify(value), new Set())).toEqual([]);
  expect(secretsIn('{"token":true,"password":12,"secret":null}', new Set())).toEqual([]);
});

test("a response with any number of levels is searched", () => {
  const levels = 200_000;
  const text = `${'{"a":'.repeat(levels)}{"refresh_token":"opaque-1"}${"}".repeat(levels)}`;
  expect(secretsIn(text, new Set())).toEqual([["refresh_token", "opaque-1"]]);
});

test("headers of a response with a token, a cookie or an authorization are secret", () => {
  const headers = {
    "x-auth-token": "opaque-1",
    "set-cookie": "SESSION=opaque-2; Path=/; HttpOnly",
    authorization: "Bearer opaque-3",
    "content-type": "application/json",
    "x-token-type": "Bearer",
  };
  expect(secretsInHeaders(headers)).toEqual([
    ["x_auth_token", "opaque-1"],
    ["set_cookie", "SESSION=opaque-2; Path=/; HttpOnly"],
    ["set_cookie", "opaque-2"],
    ["authorization", "Bearer opaque-3"],
  ]);
});
