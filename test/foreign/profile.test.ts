/** Login and changes of number and address, at the foreign backend. */
import { expect, test, vi } from "vitest";
import { expiredToken, type Request, testRefusals, tokenOfDeleted } from "./refusals.ts";
import { DONE, type Headers, refusal, type Visitor, visitor } from "./visitor.ts";

const MOBILE = "15201657312";
const NEW_MOBILE = "13900000002";
const NEW_EMAIL = "New@QQ.com";
const CODE_WRONG = refusal("CAPTCHA.0007", "验证码不正确");

function login(parts: object = {}, headers: Headers = {}): Request {
  return ["login/mobile-verify-code", { mobile: MOBILE, verify_code: "1", ...parts }, headers];
}

function toMobile(headers: Headers = {}, parts: object = {}): Request {
  return ["profile/update-mobile", { mobile: NEW_MOBILE, verify_code: "1", ...parts }, headers];
}

function toEmail(headers: Headers = {}, parts: object = {}): Request {
  return ["profile/update-email", { email: NEW_EMAIL, verify_code: "1", ...parts }, headers];
}

/** Signed in, while another account has the number and the address. */
async function besideHolder({ signedInAccount }: Visitor): Promise<Headers> {
  await signedInAccount({ mobile: `+86${NEW_MOBILE}`, email: "new@qq.COM" });
  return signedInAccount({ mobile: MOBILE }).then(({ signedIn }) => signedIn);
}

async function signedIn({ signedInAccount }: Visitor): Promise<Headers> {
  return (await signedInAccount({ mobile: MOBILE })).signedIn;
}

testRefusals([
  ["signing in without a device", "PARAM.0001", () => login({}, { "x-operating-sys-version": " " })],
  ["signing in without a number", "USER.0004", () => login({ mobile: "" })],
  ["signing in without a code", "PARAM.0009", () => login({ verify_code: null })],
  ["signing in with half a number", "USER.0020", () => login({ mobile: "1520165731" })],
  ["a login with an unknown number", "USER.0001", () => login()],
  [
    "signing in with a wrong code",
    "CAPTCHA.0007",
    async ({ signedInAccount, code }) => {
      await signedInAccount({ mobile: MOBILE });
      return login({ verify_code: `${await code(MOBILE, "LOGIN_SMS")}0` });
    },
  ],
  [
    "signing in with a code of another scene",
    "CAPTCHA.0007",
    async ({ signedInAccount, code }) => {
      await signedInAccount({ mobile: MOBILE });
      return login({ verify_code: await code(MOBILE, "FORGET_PWD_SMS") });
    },
  ],
  ["a new number without a device", "PARAM.0001", () => toMobile({ "x-device-fingerprint": "" })],
  ["a new number without a token", "PARAM.0015", () => toMobile()],
  ["a new number with an empty token", "PARAM.0015", () => toMobile({ authorization: "Bearer " })],
  ["a new number with an invented token", "PARAM.0016", () => toMobile({ authorization: "Bearer invented" })],
  ["a good token without its scheme", "PARAM.0016", async (to) => toMobile(under("", await signedIn(to)))],
  ["a good token under another scheme", "PARAM.0016", async (to) => toMobile(under("Token ", await signedIn(to)))],
  ["a new number with an expired token", "PARAM.0016", async (to) => toMobile(await expiredToken(to))],
  ["a new number for an account that is gone", "USER.0001", async (to) => toMobile(await deletedWithCode(to))],
  ["no new number", "USER.0004", () => toMobile({}, { mobile: 5 })],
  ["no code for the new number", "PARAM.0009", () => toMobile({}, { verify_code: " " })],
  ["a new number that fits no country", "USER.0020", () => toMobile({}, { mobile: "+86-12345678" })],
  ["a taken number", "USER.0035", async (to) => toMobile(await besideHolder(to), { mobile: `+86-${NEW_MOBILE}` })],
  ["a number that no code was sent to", "CAPTCHA.0007", async (to) => toMobile(await signedIn(to))],
  [
    "a code of another number",
    "CAPTCHA.0007",
    async (to) => toMobile(await signedIn(to), { verify_code: await to.code("13900000003", "UPDATE_MOBILE_SMS") }),
  ],
  ["a new address without a client", "PARAM.0002", () => toEmail({ "x-client-id": "" })],
  ["a new address without a token", "PARAM.0015", () => toEmail()],
  ["a new address with an expired token", "PARAM.0016", async (to) => toEmail(await expiredToken(to))],
  ["a new address for an account that is gone", "USER.0001", async (to) => toEmail(await tokenOfDeleted(to))],
  ["no new address", "USER.0005", () => toEmail({}, { email: "" })],
  ["no code for the new address", "PARAM.0009", () => toEmail({}, { verify_code: 1 })],
  ["a malformed new address", "USER.0021", () => toEmail({}, { email: "a@b" })],
  ["a taken address, whatever its case", "USER.0036", async (to) => toEmail(await besideHolder(to))],
  ["an address that no code was sent to", "CAPTCHA.0007", async (to) => toEmail(await signedIn(to))],
]);

function under(scheme: string, { authorization = "" }: Headers): Headers {
  return { authorization: authorization.replace("Bearer ", scheme) };
}

async function deletedWithCode(to: Visitor): Promise<Headers> {
  await to.code(NEW_MOBILE, "UPDATE_MOBILE_SMS");
  return tokenOfDeleted(to);
}

test("a refused change leaves the account and its code unchanged", async () => {
  const { signedInAccount, code, api, account } = await visitor();
  const { id, signedIn } = await signedInAccount({ mobile: MOBILE });
  const before = await account(id);
  const verify_code = await code(NEW_MOBILE, "UPDATE_MOBILE_SMS");
  expect(await api(...toMobile(signedIn, { verify_code: `${verify_code}1` }))).toEqual(CODE_WRONG);
  expect(await account(id)).toEqual(before);
  expect(await api(...toMobile(signedIn, { verify_code }))).toEqual(DONE);
});

test("a code works once, even for two concurrent requests", async () => {
  const { signedInAccount, code, api } = await visitor();
  const [first, second] = [await signedInAccount({ mobile: MOBILE }), await signedInAccount({ mobile: "13900000004" })];
  const verify_code = await code(NEW_EMAIL, "UPDATE_EMAIL_EMS");
  const responses = await Promise.all([first, second].map((who) => api(...toEmail(who.signedIn, { verify_code }))));
  expect(responses.map(({ status }) => status).sort()).toEqual([200, 400]);
});

test("an older code works like a newer one, for ten minutes", async () => {
  const { signedInAccount, code, api } = await visitor();
  await signedInAccount({ mobile: MOBILE });
  const [older, newer] = [await code(MOBILE, "LOGIN_SMS"), await code(MOBILE, "LOGIN_SMS")];
  expect(older).toMatch(/^\d{8}$/);
  expect((await api(...login({ verify_code: older }))).status).toBe(200);
  expect(await api(...login({ verify_code: older }))).toEqual(CODE_WRONG);
  vi.useFakeTimers({ toFake: ["Date"] });
  try {
    vi.setSystemTime(Date.now() + 600_000);
    expect(await api(...login({ verify_code: newer }))).toEqual(CODE_WRONG);
  } finally {
    vi.useRealTimers();
  }
});

test("setting the account's own number or address succeeds and uses up the code", async () => {
  const { signedInAccount, code, api } = await visitor();
  const { signedIn } = await signedInAccount({ mobile: NEW_MOBILE, email: "new@qq.com" });
  const toOwn = toMobile(signedIn, { verify_code: await code(NEW_MOBILE, "UPDATE_MOBILE_SMS") });
  const toOwnEmail = toEmail(signedIn, { verify_code: await code("new@qq.com", "UPDATE_EMAIL_EMS") });
  expect([await api(...toOwn), await api(...toOwnEmail)]).toEqual([DONE, DONE]);
  expect([await api(...toOwn), await api(...toOwnEmail)]).toEqual([CODE_WRONG, CODE_WRONG]);
});

test("an address keeps its spelling and is compared without regard to case", async () => {
  const { signedInAccount, code, api, account, control } = await visitor();
  const { id, signedIn } = await signedInAccount({ mobile: MOBILE });
  const verify_code = await code("new@qq.com", "UPDATE_EMAIL_EMS");
  expect(await api(...toEmail(signedIn, { verify_code }))).toEqual(DONE);
  expect(await account(id)).toEqual({ id, mobile: MOBILE, email: NEW_EMAIL, username: null, name: null });
  expect((await control("POST", "/accounts", { email: "NEW@qq.com" })).status).toBe(409);
  expect((await control("POST", "/accounts", { mobile: `+86${MOBILE}` })).status).toBe(409);
});
