/** POST send-sms: which requests send which message. The limits: send-limits.test.ts. */
import { expect, test } from "vitest";
import { BIND, CHINESE, genauth, NEW_PHONE, refused, success } from "../../../support/genauth/genauth.ts";
import { START, stillMock } from "../../../support/mock/api.ts";
import { lastDecision } from "../../../support/mock/journal.ts";

const CHANNELS = [
  "CHANNEL_LOGIN",
  "CHANNEL_REGISTER",
  "CHANNEL_RESET_PASSWORD",
  "CHANNEL_BIND_PHONE",
  "CHANNEL_UNBIND_PHONE",
  "CHANNEL_BIND_MFA",
  "CHANNEL_VERIFY_MFA",
  "CHANNEL_UNBIND_MFA",
  "CHANNEL_COMPLETE_PHONE",
  "CHANNEL_IDENTITY_VERIFICATION",
  "CHANNEL_DELETE_ACCOUNT",
];

const SENDING = { channel: BIND, phoneNumber: NEW_PHONE };

test("a send needs no access token and returns no data", async () => {
  const mock = stillMock();
  expect(await genauth(mock)("send-sms", SENDING)).toEqual(success());
  const { code, ...message } = await mock.messages.wait({ to: NEW_PHONE });
  expect(code).toMatch(/^\d{6}$/);
  expect(message).toEqual({
    id: "1",
    channel: "sms",
    to: "+86-15201657312",
    scene: BIND,
    language: "en",
    text: `Your verification code is ${code}. It is valid for 1 minute.`,
    sentAt: START,
    expiresAt: "2026-01-01T00:01:00.000Z",
  });
});

test("a send ignores the Authorization header", async () => {
  for (const authorization of ["none-of-ours", "Bearer", "Basic QVBQSUQ6QVBQU0VDUkVU"]) {
    expect(await genauth(stillMock())("send-sms", SENDING, { authorization })).toEqual(success());
  }
});

test.each(CHANNELS)("a send delivers a code for %s", async (channel) => {
  const mock = stillMock();
  expect(await genauth(mock)("send-sms", { ...SENDING, channel })).toEqual(success());
  expect(await mock.messages.list()).toMatchObject([{ scene: channel, channel: "sms" }]);
});

test.each([
  "CHANNEL_UPDATE_PHONE",
  "CHANNEL_UPDATE_EMAIL",
  "UPDATE_MOBILE_SMS",
  "channel_bind_phone",
  "CHANNEL_BIND_PHONE ",
  "constructor",
  "__proto__",
  "toString",
])("%s is not a known channel", async (channel) => {
  const mock = stillMock();
  expect(await genauth(mock)("send-sms", { ...SENDING, channel })).toEqual(refused("400", "Unknown channel"));
  expect(await lastDecision(mock)).toBe("scene-unknown");
  expect(await genauth(mock)("send-sms", { ...SENDING, channel }, CHINESE)).toEqual(refused("400", "未知的 channel"));
  expect(await mock.messages.list()).toEqual([]);
});

test.each([
  ["15201657312", undefined, "+86-15201657312"],
  ["15201657312", null, "+86-15201657312"],
  ["15201657312", "+86", "+86-15201657312"],
  ["51234567", "+852", "+852-51234567"],
  ["2025550123", "+1", "+1-2025550123"],
])("the number %s with the country code %s is %s", async (phoneNumber, phoneCountryCode, to) => {
  const mock = stillMock();
  expect(await genauth(mock)("send-sms", { channel: BIND, phoneNumber, phoneCountryCode })).toEqual(success());
  expect(await mock.messages.list()).toMatchObject([{ to }]);
});

test.each([
  ["1520165731", undefined],
  ["152016573121", undefined],
  ["+8615201657312", undefined],
  ["+86-15201657312", undefined],
  ["-15201657312", undefined],
  ["152 0165 7312", undefined],
  ["51234567", undefined],
  ["15201657312", "86"],
  ["15201657312", ""],
  ["15201657312", "  "],
  ["15201657312", 86],
  ["15201657312", "+"],
  ["15201657312", "+86-1"],
  ["15201657312", "+852"],
  ["river@ciam.test", undefined],
])("the number %s with the country code %s is malformed", async (phoneNumber, phoneCountryCode) => {
  const mock = stillMock();
  const reply = await genauth(mock)("send-sms", { channel: BIND, phoneNumber, phoneCountryCode });
  expect(reply).toEqual(refused("400", "The phone number is malformed"));
  expect(await lastDecision(mock)).toBe("mobile-malformed");
  expect(await mock.messages.list()).toEqual([]);
});

const NO_TEXTS: readonly unknown[] = [undefined, "", " \t", null, 15_201_657_312, true, {}, ["x"], { toString: 1 }];

test.each(["channel", "phoneNumber"])(
  "%s is reported as missing when it is absent, blank or not a text",
  async (name) => {
    const mock = stillMock();
    for (const value of NO_TEXTS) {
      const reply = await genauth(mock)("send-sms", { ...SENDING, [name]: value });
      expect(reply, JSON.stringify(value)).toEqual(refused("400", `${name} is required`));
    }
    expect(await mock.messages.list()).toEqual([]);
  },
);

test("an empty request reports the missing number first", async () => {
  expect(await genauth(stillMock())("send-sms", {})).toEqual(refused("400", "phoneNumber is required"));
  expect(await genauth(stillMock())("send-sms", "")).toEqual(refused("400", "phoneNumber is required"));
});

test("the message is in the language of the request", async () => {
  const mock = stillMock();
  expect(await genauth(mock)("send-sms", SENDING, CHINESE)).toMatchObject({ body: { message: "操作成功" } });
  const { code, language, text } = await mock.messages.wait();
  expect([language, text]).toEqual(["zh", `验证码:${code},1分钟内有效。`]);
});

test("numbers and channels get different codes, and the same codes in another run", async () => {
  const codesOf = async () => {
    const mock = stillMock();
    for (const phoneNumber of [NEW_PHONE, "13800000003"]) {
      for (const channel of [BIND, "CHANNEL_LOGIN"]) await genauth(mock)("send-sms", { channel, phoneNumber });
    }
    return (await mock.messages.list()).map(({ code }) => code);
  };
  const codes = await codesOf();
  expect(new Set(codes).size).toBe(4);
  expect(await codesOf()).toEqual(codes);
});
