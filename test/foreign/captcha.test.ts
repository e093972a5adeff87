/** From the captcha to the message, at the foreign backend. */
import { expect, test, vi } from "vitest";
import { type Request, testRefusals } from "./refusals.ts";
import { DONE, refusal, type Visitor, visitor } from "./visitor.ts";

const MOBILE = "13900000002";
const EMAIL = "zhangsan@qq.com";
const pass = { point_json: '{"x":1,"y":5}', token: "71dd26999e314f9abb0c635336976635", sender: MOBILE };

function verify(parts: object): Request {
  return ["captcha/verify", { ...pass, ...parts }];
}

function sms(parts: object): Request {
  return ["sms/send", { mobile: MOBILE, type: "BIND_MOBILE_SMS", captcha_token: "none", ...parts }];
}

function mail(parts: object): Request {
  return ["email/send", { email: EMAIL, type: "UPDATE_EMAIL_EMS", captcha_token: "none", ...parts }];
}

async function smsWith(captcha_token: Promise<string>, parts: object = {}): Promise<Request> {
  return sms({ captcha_token: await captcha_token, ...parts });
}

async function usedPass({ pass, api }: Visitor): Promise<string> {
  const captcha_token = await pass(MOBILE);
  expect(await api(...sms({ captcha_token }))).toEqual(DONE);
  return captcha_token;
}

testRefusals([
  ["a captcha for no device", "PARAM.0001", () => ["captcha", undefined, { "x-agent": "" }]],
  ["a captcha for no application", "PARAM.0002", () => ["captcha", undefined, { "x-client-id": "" }]],
  [
    "a captcha for the application of the documents",
    "PARAM.0003",
    () => ["captcha", undefined, { "x-client-id": "nTo1eRIub60vPb54WeE6aojPwYwImtl4" }],
  ],
  ["no place", "PARAM.0004", () => verify({ point_json: "" })],
  ["no captcha", "PARAM.0005", () => verify({ token: null })],
  ["no sender", "PARAM.0006", () => verify({ sender: undefined })],
  ["an unknown captcha", "CAPTCHA.0001", () => verify({})],
  [
    "a captcha that was solved",
    "CAPTCHA.0001",
    async ({ api, challenge }) => {
      const { token, place } = await challenge();
      await api(...verify({ token }));
      return verify({ token, point_json: place });
    },
  ],
  ["a wrong x", "CAPTCHA.0002", async ({ challenge }) => verify({ token: (await challenge()).token })],
  [
    "a wrong y",
    "CAPTCHA.0002",
    async ({ challenge }) => {
      const { token, place } = await challenge();
      return verify({ token, point_json: place.replace('"y":5', '"y":6') });
    },
  ],
  ["no number", "USER.0004", () => sms({ mobile: undefined })],
  ["a number that is not a text", "USER.0004", () => sms({ mobile: 13900000002 })],
  ["no address", "USER.0005", () => mail({ email: " " })],
  ["no scene for an SMS", "PARAM.0007", () => sms({ type: null })],
  ["no scene for an e-mail", "PARAM.0007", () => mail({ type: "" })],
  ["no pass token for an SMS", "PARAM.0008", () => sms({ captcha_token: "" })],
  ["no pass token for an e-mail", "PARAM.0008", () => mail({ captcha_token: {} })],
  ["an invented pass token", "CAPTCHA.0003", () => sms({ captcha_token: `${pass.token}---${pass.point_json}` })],
  ["a used pass token", "CAPTCHA.0003", async (to) => smsWith(usedPass(to))],
  ["an altered pass token", "CAPTCHA.0004", async ({ pass }) => smsWith(pass(MOBILE).then((it) => `${it} `))],
  ["a pass token of another number", "CAPTCHA.0004", async ({ pass }) => smsWith(pass("13900000003"))],
  ["a pass token of another address", "CAPTCHA.0004", async ({ pass }) => mail({ captcha_token: await pass(MOBILE) })],
  ["a scene of another channel", "CAPTCHA.0005", () => mail({ type: "LOGIN_SMS" })],
  ["a scene of another product", "CAPTCHA.0005", () => sms({ type: "CHANGE_PWD_SMS" })],
  ["an ill-formed number", "CAPTCHA.0006", () => sms({ mobile: "12345" })],
  ["an ill-formed address", "CAPTCHA.0006", () => mail({ email: "zhangsan.qq.com" })],
  ["UPDATE_PWD_SMS without area code", "CAPTCHA.0006", () => sms({ type: "UPDATE_PWD_SMS" })],
  ["LOGIN_SMS to an unknown number", "CAPTCHA.0006", async ({ pass }) => smsWith(pass(MOBILE), { type: "LOGIN_SMS" })],
]);

test("a number may have another spelling at the captcha than at the send", async () => {
  const { pass, api } = await visitor();
  const captcha_token = await pass(`+86-${MOBILE}`);
  expect(await api(...sms({ captcha_token, mobile: `+86${MOBILE}` }))).toEqual(DONE);
});

test.each([
  ["+852-91234567", "+85291234567"],
  ["+85291234567", "+85291234567"],
  ["+1-4155550100", "+14155550100"],
  ["-13900000002", "13900000002"],
])("a code goes to %s", async (mobile, kept) => {
  const { code, control } = await visitor();
  await code(mobile, "REGISTER_SMS");
  expect((await control("GET", "/messages")).body).toMatchObject({ messages: [{ to: kept, channel: "sms" }] });
});

test("a refused send keeps the pass token valid", async () => {
  const { pass, api } = await visitor();
  const captcha_token = await pass(MOBILE);
  expect((await api(...sms({ captcha_token, type: "LOGIN_SMS" }))).status).toBe(400);
  expect(await api(...sms({ captcha_token }))).toEqual(DONE);
});

test("a captcha is open for five minutes, its pass token for four", async () => {
  const { pass, challenge, api } = await visitor();
  const [{ token, place }, late] = [await challenge(), await challenge()];
  const captcha_token = await pass(MOBILE);
  vi.useFakeTimers({ toFake: ["Date"] });
  try {
    vi.setSystemTime(Date.now() + 239_000);
    expect((await api(...verify({ token, point_json: place }))).status).toBe(200);
    vi.setSystemTime(Date.now() + 1000);
    expect((await api(...sms({ captcha_token }))).body).toMatchObject({ error_code: "IDAAS.SDK.CAPTCHA.0003" });
    vi.setSystemTime(Date.now() + 60_000);
    const response = await api(...verify({ token: late.token, point_json: late.place }));
    expect(response).toEqual(refusal("CAPTCHA.0001", "图形验证码不存在或已失效"));
  } finally {
    vi.useRealTimers();
  }
});
