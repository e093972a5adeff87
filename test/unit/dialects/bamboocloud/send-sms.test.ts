/** POST sms/send: the sent message, and the accepted scenes. */
import { expect, test } from "vitest";
import {
  api,
  CANONICAL_MOBILE,
  DONE,
  MOBILE,
  refusal,
  requestSms,
  sendSms,
  stillMock,
} from "../../../support/mock/api.ts";
import { lastDecision } from "../../../support/mock/journal.ts";
import { attempted, goodAttempt, SMS } from "../../../support/mock/sending.ts";

const SCENE = "UPDATE_MOBILE_SMS";
const UNKNOWN_SCENE = refusal("CAPTCHA.0005", "Unknown sending scenario");
const UNKNOWN_SCENE_ZH = refusal("CAPTCHA.0005", "未知的发送场景");
const FAILED = refusal("CAPTCHA.0006", "Failed to send verification code");

test("a send delivers the code in one message and returns an empty body", async () => {
  const mock = stillMock();
  expect(await sendSms(mock, MOBILE, SCENE)).toEqual(DONE);
  expect(await mock.messages.list()).toEqual([
    {
      id: "1",
      channel: "sms",
      to: CANONICAL_MOBILE,
      scene: SCENE,
      code: expect.stringMatching(/^\d{6}$/),
      language: "en",
      text: expect.any(String),
      sentAt: "2026-01-01T00:00:00.000Z",
      expiresAt: "2026-01-01T00:05:00.000Z",
    },
  ]);
  expect(await lastDecision(mock)).toBe("passed");
});

test("the message text has the code and its lifetime", async () => {
  const mock = stillMock();
  await sendSms(mock, MOBILE, SCENE);
  const { code, text } = await mock.messages.wait({ to: MOBILE });
  expect(text).toBe(`Your verification code is ${code}. It is valid for 5 minutes.`);
});

test("with X-L zh the message is in Chinese", async () => {
  const mock = stillMock();
  expect(await sendSms(mock, MOBILE, SCENE, { "x-l": "zh" })).toEqual(DONE);
  const { code, language, text } = await mock.messages.wait({ to: MOBILE });
  expect(language).toBe("zh");
  expect(text).toBe(`验证码:${code},5分钟内有效。`);
});

test.each([
  [60, "It is valid for 1 minute.", "1分钟内有效。", "2026-01-01T00:01:00.000Z"],
  [90, "It is valid for 90 seconds.", "90秒内有效。", "2026-01-01T00:01:30.000Z"],
])("with policy code_ttl_seconds %i the message names that lifetime", async (code_ttl_seconds, en, zh, expiresAt) => {
  const mock = stillMock();
  await mock.policy.patch({ code_ttl_seconds });
  await sendSms(mock, MOBILE, SCENE);
  await sendSms(mock, "13800000002", SCENE, { "x-l": "zh" });
  const [english, chinese] = await mock.messages.list();
  expect(english).toMatchObject({ text: expect.stringContaining(en), expiresAt });
  expect(chinese).toMatchObject({ text: expect.stringContaining(zh), expiresAt });
});

test.each([4, 8, 10])("with policy code_length %i the code has that many digits", async (code_length) => {
  const mock = stillMock();
  await mock.policy.patch({ code_length });
  await sendSms(mock, MOBILE, SCENE);
  const { code, text } = await mock.messages.wait({ to: MOBILE });
  expect(code).toMatch(/^\d+$/);
  expect(code).toHaveLength(code_length);
  expect(text).toContain(code);
});

test.each([
  ["15201657312", "+86-15201657312"],
  ["-15201657312", "+86-15201657312"],
  ["+8615201657312", "+86-15201657312"],
  ["+86-15201657312", "+86-15201657312"],
  ["+85251234567", "+852-51234567"],
  ["+886-912345678", "+886-912345678"],
  ["+85361234567", "+853-61234567"],
])("a code for %s is sent to %s", async (mobile, to) => {
  const mock = stillMock();
  expect(await sendSms(mock, mobile, SCENE)).toEqual(DONE);
  expect(await mock.messages.list()).toMatchObject([{ to }]);
});

test.each(["REGISTER_SMS", "LOGIN_SMS", "FORGET_PWD_SMS", "UPDATE_PWD_SMS", "UPDATE_MOBILE_SMS", "BIND_MOBILE_SMS"])(
  "the number of an account gets a code for scene %s",
  async (scene) => {
    const mock = stillMock();
    await mock.accounts.create({ mobile: MOBILE });
    expect(await sendSms(mock, CANONICAL_MOBILE, scene)).toEqual(DONE);
    expect(await mock.messages.list()).toMatchObject([{ channel: "sms", to: CANONICAL_MOBILE, scene }]);
  },
);

test.each(["REGISTER_SMS", "UPDATE_MOBILE_SMS", "BIND_MOBILE_SMS"])(
  "an unknown number gets a code for scene %s",
  async (scene) => {
    const mock = stillMock();
    expect(await sendSms(mock, CANONICAL_MOBILE, scene)).toEqual(DONE);
    expect(await mock.messages.list()).toMatchObject([{ scene }]);
  },
);

test.each([
  "CHANGE_PWD_SMS",
  "MFA_AUTH_SMS",
  "UPDATE_EMAIL_EMS",
  "REGISTER_EMS",
  "update_mobile_sms",
  "UPDATE_MOBILE_SMS ",
  "constructor",
  "__proto__",
  "toString",
  "hasOwnProperty",
])("%s is not a scene of the SMS channel", async (scene) => {
  const mock = stillMock();
  expect(await requestSms(mock, MOBILE, scene)).toEqual(UNKNOWN_SCENE);
  expect(await lastDecision(mock)).toBe("scene-unknown");
  expect(await requestSms(mock, MOBILE, scene, { "x-l": "zh" })).toEqual(UNKNOWN_SCENE_ZH);
  expect(await mock.messages.list()).toEqual([]);
});

test.each([
  ["mobile", "USER.0004", "Mobile number cannot be empty"],
  ["type", "PARAM.0007", "Send scene cannot be empty"],
  ["captcha_token", "PARAM.0008", "Graphic verification code verification pass token cannot be empty"],
])("%s is reported as missing when it is absent, blank or not a text", async (name, code, text) => {
  const attempt = await goodAttempt(SMS);
  for (const value of [undefined, "", " \t", null, 15_201_657_312, true, {}, ["x"]]) {
    const body = { ...attempt.body, [name]: value };
    expect(await attempted({ ...attempt, body }), JSON.stringify(value)).toEqual(refusal(code, text));
  }
  expect(await attempted(attempt)).toEqual(DONE);
});

test("an empty request reports the missing mobile number first", async () => {
  const missing = refusal("USER.0004", "Mobile number cannot be empty");
  expect(await api(stillMock())("sms/send", {})).toEqual(missing);
  expect(await api(stillMock())("sms/send", "")).toEqual(missing);
});

test.each(["15201657312", "-15201657312"])(
  "scene UPDATE_PWD_SMS refuses %s, which has no area code",
  async (mobile) => {
    const mock = stillMock();
    await mock.accounts.create({ mobile: MOBILE });
    expect(await requestSms(mock, mobile, "UPDATE_PWD_SMS")).toEqual(FAILED);
    expect(await lastDecision(mock)).toBe("area-code-missing");
    expect(await mock.messages.list()).toEqual([]);
  },
);

test.each(["+8615201657312", "+86-15201657312"])(
  "scene UPDATE_PWD_SMS accepts %s, which has an area code",
  async (mobile) => {
    const mock = stillMock();
    await mock.accounts.create({ mobile: MOBILE });
    expect(await sendSms(mock, mobile, "UPDATE_PWD_SMS")).toEqual(DONE);
    expect(await mock.messages.list()).toMatchObject([{ to: CANONICAL_MOBILE }]);
  },
);

test("with policy update_pwd_requires_area_code off, UPDATE_PWD_SMS accepts a number without area code", async () => {
  const mock = stillMock();
  await mock.accounts.create({ mobile: MOBILE });
  await mock.policy.patch({ update_pwd_requires_area_code: false });
  expect(await sendSms(mock, MOBILE, "UPDATE_PWD_SMS")).toEqual(DONE);
  expect(await mock.messages.list()).toMatchObject([{ to: CANONICAL_MOBILE }]);
});
