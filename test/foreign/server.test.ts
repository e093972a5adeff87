/** The foreign backend as a whole: a change of number, its variant, its control protocol, and malformed input. */
import { readdirSync, readFileSync } from "node:fs";
import { Validator } from "@cfworker/json-schema";
import { expect, test } from "vitest";
import { control as controlDocument, openapi } from "../unit/spec/documents.ts";
import { startForeign } from "./server.ts";
import { DEVICE, DONE, JSON_TYPE, refusal, visitor } from "./visitor.ts";

const MOBILE = "15201657312";
const NEW_MOBILE = "13900000002";
const LOGIN = "login/mobile-verify-code";
const UPDATE = "profile/update-mobile";

test("a number is changed, and its account can log in with it", async () => {
  const { signedInAccount, code, api, account } = await visitor();
  const bystander = await signedInAccount({ mobile: "13900000003" });
  const { id } = await signedInAccount({ mobile: `+86-${MOBILE}`, name: "李华" });
  const signedIn = await api(LOGIN, { mobile: MOBILE, verify_code: await code(MOBILE, "LOGIN_SMS") });
  const { id_token } = signedIn.body as { id_token: string };
  const verify_code = await code(NEW_MOBILE, "UPDATE_MOBILE_SMS");
  const body = { mobile: `+86${NEW_MOBILE}`, verify_code };
  expect(await api(UPDATE, body, { authorization: `Bearer ${id_token}` })).toEqual(DONE);
  expect(await account(id)).toEqual({ id, mobile: NEW_MOBILE, name: "李华", email: null, username: null });
  expect(await account(bystander.id)).toMatchObject({ mobile: "13900000003" });
  const again = { mobile: NEW_MOBILE, verify_code: await code(NEW_MOBILE, "LOGIN_SMS") };
  expect((await api(LOGIN, again)).body).toMatchObject({ status: "SUCCESS", expire: 86_400 });
  expect(await api(LOGIN, { mobile: MOBILE, verify_code: "1" })).toEqual(refusal("USER.0001", "用户未找到"));
});

test("one constant code works for every receiver, in every scene, any number of times", async () => {
  const { signedInAccount, code, api, control } = await visitor({ codes: "fixed", clientId: "other-app" });
  expect((await control("GET", "")).body).toMatchObject({ code_semantics: "fixed" });
  const { signedIn } = await signedInAccount({ mobile: MOBILE });
  const verify_code = await code(MOBILE, "LOGIN_SMS");
  expect(verify_code).toBe("000000");
  for (const mobile of [MOBILE, MOBILE]) expect((await api(LOGIN, { mobile, verify_code })).status).toBe(200);
  expect(await api(UPDATE, { mobile: NEW_MOBILE, verify_code }, signedIn)).toEqual(DONE);
  const wrong = await api(LOGIN, { mobile: NEW_MOBILE, verify_code: "000001" });
  expect(wrong).toEqual(refusal("CAPTCHA.0007", "验证码不正确"));
});

test("the description lists exactly what the backend offers", async () => {
  const { control, clientId } = await visitor();
  expect(clientId).toBe("foreign-app-7c1e");
  expect((await control("GET", "")).body).toEqual({
    protocol: "1",
    name: "foreign-idaas",
    version: "0.3.1",
    dialects: ["bamboocloud"],
    capabilities: ["accounts", "account-read", "password-check", "tokens", "captcha-answer", "messages"],
    code_semantics: "unique",
  });
});

test.each([
  ["GET", "/clock"],
  ["POST", "/clock"],
  ["POST", "/codes"],
  ["POST", "/faults"],
  ["GET", "/policy"],
  ["POST", "/sandboxes"],
  ["POST", "/captcha-tokens"],
  ["GET", "/requests"],
  ["GET", "/accounts/nobody"],
  ["DELETE", "/accounts/nobody"],
  ["POST", "/accounts/%zz/tokens"],
  ["GET", "/captcha/none"],
])("%s %s gets a problem document with 404", async (method, path) => {
  const { control } = await visitor();
  const reply = await control(method, path, method === "POST" ? {} : undefined);
  expect(reply).toMatchObject({ status: 404, type: "application/problem+json", body: { status: 404 } });
});

test.each([
  ["POST", "/accounts", "{"],
  ["POST", "/accounts", []],
  ["POST", "/accounts", { mobile: "12" }],
  ["POST", "/accounts", { email: "a@b" }],
  ["POST", "/accounts", { username: "" }],
  ["POST", "/accounts", { name: 5 }],
  ["POST", "/accounts", { age: "5" }],
  ["POST", "/accounts", "x".repeat(40_000)],
  ["POST", "/accounts/ID/tokens", { expires_in: 1.5 }],
  ["POST", "/accounts/ID/tokens", { expires_in: 315_360_001 }],
  ["POST", "/accounts/ID/tokens", { expires: 5 }],
  ["POST", "/accounts/ID/tokens", "x".repeat(40_000)],
  ["POST", "/accounts/ID/password-check", {}],
  ["GET", "/messages?after=x", undefined],
  ["GET", "/messages?to=", undefined],
  ["GET", "/messages?wait=61", undefined],
])("%s %s with a mistake gets a problem document with 400", async (method, path, body) => {
  const { control, signedInAccount } = await visitor();
  const { id } = await signedInAccount({});
  const reply = await control(method, path.replace("ID", id), body);
  expect(reply).toMatchObject({ status: 400, type: "application/problem+json", body: { status: 400 } });
});

test("the control protocol refuses an unknown client id too", async () => {
  const { control, clientId } = await visitor();
  expect((await control("GET", "", undefined, { "x-client-id": "other" })).status).toBe(404);
  expect((await control("GET", "", undefined, { "x-client-id": clientId })).status).toBe(200);
});

test("messages are filtered by receiver, scene and id, and can be waited for", async () => {
  const { code, control } = await visitor();
  const waiting = control("GET", `/messages?wait=60&to=%2B86-${MOBILE}&scene=REGISTER_SMS`);
  await code("a@qq.com", "REGISTER_EMS");
  await code(MOBILE, "BIND_MOBILE_SMS");
  await code(MOBILE, "REGISTER_SMS");
  expect((await waiting).body).toMatchObject({ messages: [{ to: MOBILE, scene: "REGISTER_SMS", language: "zh" }] });
  expect((await control("GET", "/messages?to=A@QQ.com")).body).toMatchObject({ messages: [{ channel: "email" }] });
  expect((await control("GET", "/messages?after=500011")).body).toMatchObject({ messages: [{ id: "500021" }] });
  expect((await control("GET", "/messages?after=500021&wait=0.001")).body).toEqual({ messages: [] });
});

function fits(document: { components: object }, name: string, value: unknown): void {
  const { components } = document;
  const { valid, errors } = new Validator({ $ref: `#/components/schemas/${name}`, components }, "2020-12").validate(
    value,
  );
  expect({ name, valid, errors }).toEqual({ name, valid: true, errors: [] });
}

test("every response fits its schema", async () => {
  const { api, control, challenge, signedInAccount, code } = await visitor();
  const { id } = await signedInAccount({ mobile: MOBILE });
  const { token, place } = await challenge();
  fits(controlDocument, "CaptchaSolution", (await control("GET", `/captcha/${token}`)).body);
  fits(openapi, "Captcha", (await api("captcha")).body);
  const verified = await api("captcha/verify", { token, point_json: place, sender: MOBILE });
  fits(openapi, "CaptchaPass", verified.body);
  const verify_code = await code(MOBILE, "LOGIN_SMS");
  fits(openapi, "Login", (await api(LOGIN, { mobile: MOBILE, verify_code })).body);
  fits(openapi, "Error", (await api(LOGIN, "{")).body);
  fits(controlDocument, "Target", (await control("GET", "")).body);
  fits(controlDocument, "Account", (await control("GET", `/accounts/${id}`)).body);
  fits(controlDocument, "Tokens", (await control("POST", `/accounts/${id}/tokens`)).body);
  fits(
    controlDocument,
    "PasswordMatch",
    (await control("POST", `/accounts/${id}/password-check`, { password: "" })).body,
  );
  fits(controlDocument, "Messages", (await control("GET", "/messages")).body);
  fits(controlDocument, "Problem", (await control("GET", "/clock")).body);
});

test.each(["{", "null", "[]", "5", "[".repeat(30_000), "mobile=1", "\u0000"])(
  "the body %.20s is refused",
  async (body) => {
    const { api } = await visitor();
    expect(await api(LOGIN, body)).toEqual(refusal("HTTP.0400", "请求体不是JSON对象"));
  },
);

test.each(["{}", "", '{"__proto__":{"mobile":"1"}}', '{"mobile":[],"verify_code":{}}'])(
  "the body %s has no code",
  async (body) => {
    const { url, clientId } = await visitor();
    const headers = { ...DEVICE, "x-client-id": clientId };
    const response = await fetch(`${url}/api/v2/sdk/${LOGIN}`, { method: "POST", headers, body });
    expect(await response.json()).toMatchObject({ error_code: "IDAAS.SDK.PARAM.0009" });
  },
);

test("unknown paths, long bodies and wrong methods get 404, 413 and 405", async () => {
  const { api } = await visitor();
  expect((await api("constructor")).status).toBe(404);
  expect((await api(LOGIN, "x".repeat(40_000))).status).toBe(413);
  expect(await api("sms/send")).toMatchObject({ status: 405, type: JSON_TYPE });
});

test("its JSON has several lines of ASCII, with the text first", async () => {
  const { url, clientId } = await visitor();
  const response = await fetch(`${url}/api/v2/sdk/captcha`, { headers: { "x-client-id": clientId } });
  expect(await response.text()).toBe(
    '{\n    "error_msg": "\\u8bbe\\u5907\\u4fe1\\u606f\\u4e0d\\u5b8c\\u6574",\n    "error_code": "IDAAS.SDK.PARAM.0001"\n}\n',
  );
  expect(response.headers.get("x-request-id")).not.toBeNull();
});

test("after closing nothing listens, and waiting requests have ended", async () => {
  const { url, close } = await startForeign();
  const waiting = fetch(`${url}/__testkit/messages?wait=60`).catch(() => "cut off");
  await fetch(`${url}/__testkit`);
  await close();
  expect(await waiting).toBe("cut off");
  await expect(fetch(`${url}/__testkit`)).rejects.toThrow();
});

test("the backend imports nothing from the mock and the suite", () => {
  const files = readdirSync(import.meta.dirname, { recursive: true, encoding: "utf8" }).filter((name) =>
    /(?<!\.test)\.ts$/.test(name),
  );
  const sources = files.map((name) => readFileSync(`${import.meta.dirname}/${name}`, "utf8"));
  const imported = sources.flatMap((source) => [...source.matchAll(/ from "([^"]+)"/g)].map(([, from]) => from ?? ""));
  const own = /^(?:\.\/(?:[a-z-]+\/)?[a-z-]+\.ts|\.\.\/(?:[a-z]+\/)?[a-z-]+\.ts|node:[a-z]+|pinyin-pro|vitest)$/;
  expect(imported.filter((from) => !own.test(from))).toEqual([]);
});
