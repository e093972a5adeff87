/** POST sms/send and email/send: each check by itself, in both languages. */
import { expect, test } from "vitest";
import { DONE, refusal } from "../../../support/mock/api.ts";
import { solvedCaptcha } from "../../../support/mock/captcha.ts";
import { lastDecision } from "../../../support/mock/journal.ts";
import {
  attempted,
  type Channel,
  EMAIL,
  goodAttempt,
  SMS,
  type Spoiled,
  spoil,
} from "../../../support/mock/sending.ts";

type Row = readonly [check: Spoiled, code: string, en: string, zh: string];

const CAPTCHA_INVALID = [
  "CAPTCHA.0003",
  "Graphic verification code verification passed the token has been invalid",
  "图形验证码校验通过令牌已失效",
] as const;
const CAPTCHA_REFUSED = [
  "CAPTCHA.0004",
  "Graphic verification code verification passed token verification failed",
  "图形验证码校验通过令牌校验失败",
] as const;
const SENDING_FAILED = ["CAPTCHA.0006", "Failed to send verification code", "验证码发送失败"] as const;

const BOTH: readonly Row[] = [
  ["device-incomplete", "PARAM.0001", "Device information is incomplete", "设备信息不完整"],
  ["client-missing", "PARAM.0002", "clientId cannot be empty", "clientId不能为空"],
  [
    "client-unknown",
    "PARAM.0003",
    "The app is not registered, please register the app first",
    "应用未注册,请先注册应用",
  ],
  ["scene-missing", "PARAM.0007", "Send scene cannot be empty", "发送场景不能为空"],
  [
    "captcha-token-missing",
    "PARAM.0008",
    "Graphic verification code verification pass token cannot be empty",
    "图形验证码校验通过令牌不能为空",
  ],
  ["captcha-token-expired", ...CAPTCHA_INVALID],
  ["captcha-token-used", ...CAPTCHA_INVALID],
  ["captcha-token-unknown", ...CAPTCHA_REFUSED],
  ["captcha-token-altered", ...CAPTCHA_REFUSED],
  ["captcha-token-foreign", ...CAPTCHA_REFUSED],
  ["scene-unknown", "CAPTCHA.0005", "Unknown sending scenario", "未知的发送场景"],
  ["receiver-undeliverable", ...SENDING_FAILED],
  ["receiver-unknown", ...SENDING_FAILED],
  ["send-too-soon", ...SENDING_FAILED],
  ["send-quota-used", ...SENDING_FAILED],
  ["gateway-down", ...SENDING_FAILED],
];

const SMS_ROWS: readonly Row[] = [
  ...BOTH,
  ["mobile-missing", "USER.0004", "Mobile number cannot be empty", "手机号不能为空"],
  ["area-code-missing", ...SENDING_FAILED],
];

const EMAIL_ROWS: readonly Row[] = [...BOTH, ["email-missing", "USER.0005", "E-mail cannot be empty", "邮箱不能为空"]];

const ROWS = [
  ...SMS_ROWS.map((row) => ["sms", ...row, SMS] as const),
  ...EMAIL_ROWS.map((row) => ["email", ...row, EMAIL] as const),
];

test.each(ROWS)("%s/send: %s is refused in English and sends nothing", async (_path, check, code, en, _zh, channel) => {
  const { reply, decidedBy, sent } = await refused(channel, check);
  expect(reply).toEqual(refusal(code, en));
  expect(decidedBy).toBe(check);
  expect(sent).toBe(0);
});

test.each(ROWS)("%s/send: %s is refused in Chinese", async (_path, check, code, _en, zh, channel) => {
  const { reply, decidedBy } = await refused(channel, check, { "x-l": "zh" });
  expect(reply).toEqual(refusal(code, zh));
  expect(decidedBy).toBe(check);
});

async function refused(channel: Channel, check: Spoiled, headers = {}) {
  const attempt = await goodAttempt(channel);
  await spoil(attempt, check);
  const before = (await attempt.mock.messages.list()).length;
  const reply = await attempted({ ...attempt, headers: { ...attempt.headers, ...headers } });
  const sent = (await attempt.mock.messages.list()).length - before;
  return { reply, decidedBy: await lastDecision(attempt.mock), sent };
}

test.each([
  ["sms", SMS],
  ["email", EMAIL],
])("%s/send: the request without these mistakes succeeds", async (_path, channel) => {
  const attempt = await goodAttempt(channel);
  expect(await attempted(attempt)).toEqual(DONE);
  expect(await attempt.mock.messages.list()).toMatchObject([{ to: channel.canonical, scene: channel.accountScene }]);
});

test.each([
  "12345",
  "1520165731",
  "152016573120",
  "+86-1520165731",
  "+852-11234567890123456",
  "+0-123456",
  "８６15201657312",
  "zhangsan@qq.com",
])("sms/send: %s cannot receive a message", async (mobile) => {
  await expectUnreachable(SMS, mobile);
});

test.each(["zhangsan", "@qq.com", "zhangsan@qq", "zhang san@qq.com", "a@b@qq.com", "15201657312"])(
  "email/send: %s cannot receive a message",
  async (email) => {
    await expectUnreachable(EMAIL, email);
  },
);

async function expectUnreachable(channel: Channel, receiver: string) {
  const { mock, ...attempt } = await goodAttempt(channel);
  const captcha_token = await solvedCaptcha(mock, receiver);
  const body = { ...attempt.body, type: channel.scene, [channel.field]: receiver, captcha_token };
  expect(await attempted({ ...attempt, mock, body })).toEqual(
    refusal("CAPTCHA.0006", "Failed to send verification code"),
  );
  expect(await lastDecision(mock)).toBe("receiver-undeliverable");
  expect(await mock.messages.list()).toEqual([]);
}
