/** POST sms/send and email/send: scheduled errors, and the requests after them. */
import { expect, test } from "vitest";
import { DONE, refusal, stillMock } from "../../../support/mock/api.ts";
import { lastExchange } from "../../../support/mock/journal.ts";
import { EMAIL, SMS, sendCode } from "../../../support/mock/sending.ts";

const FAILED = refusal("CAPTCHA.0006", "Failed to send verification code");

const CHANNELS = [
  ["sms", SMS],
  ["email", EMAIL],
] as const;

const ERRORS = [
  ["PARAM.0001", "Device information is incomplete", "设备信息不完整"],
  ["PARAM.0002", "clientId cannot be empty", "clientId不能为空"],
  ["PARAM.0003", "The app is not registered, please register the app first", "应用未注册,请先注册应用"],
  ["PARAM.0007", "Send scene cannot be empty", "发送场景不能为空"],
  ["PARAM.0008", "Graphic verification code verification pass token cannot be empty", "图形验证码校验通过令牌不能为空"],
  [
    "CAPTCHA.0003",
    "Graphic verification code verification passed the token has been invalid",
    "图形验证码校验通过令牌已失效",
  ],
  [
    "CAPTCHA.0004",
    "Graphic verification code verification passed token verification failed",
    "图形验证码校验通过令牌校验失败",
  ],
  ["CAPTCHA.0005", "Unknown sending scenario", "未知的发送场景"],
  ["CAPTCHA.0006", "Failed to send verification code", "验证码发送失败"],
] as const;

test.each([
  ["sms", "USER.0004", "Mobile number cannot be empty", "手机号不能为空", SMS] as const,
  ["email", "USER.0005", "E-mail cannot be empty", "邮箱不能为空", EMAIL] as const,
  ...ERRORS.map((error) => ["sms", ...error, SMS] as const),
  ...ERRORS.map((error) => ["email", ...error, EMAIL] as const),
])(
  "%s/send: %s can be scheduled for several requests, then requests succeed again",
  async (_path, code, en, zh, on) => {
    const mock = stillMock();
    await mock.faults.add({ operation: on.operation, error: `IDAAS.SDK.${code}`, times: 3 });
    const captcha_token = await mock.captcha.issueToken({ sender: on.receiver });
    const send = (headers = {}) => sendCode(mock, on, { captcha_token }, headers);
    expect(await send()).toEqual(refusal(code, en));
    expect(await send({ "x-l": "zh" })).toEqual(refusal(code, zh));
    expect(await send()).toEqual(refusal(code, en));
    expect(await lastExchange(mock)).toMatchObject({ operation: on.operation, injected: true });
    expect(await mock.messages.list()).toEqual([]);
    expect(await send()).toEqual(DONE);
    expect(await lastExchange(mock)).toMatchObject({ decidedBy: "passed", injected: false });
    expect(await mock.messages.list()).toHaveLength(1);
  },
);

test.each(CHANNELS)("%s/send: the gateway is down for as long as scheduled", async (_path, on) => {
  const mock = stillMock();
  await mock.faults.add({ operation: on.operation, check: "gateway-down", times: 2 });
  expect(await sendCode(mock, on)).toEqual(FAILED);
  expect(await lastExchange(mock)).toMatchObject({ decidedBy: "gateway-down", injected: true });
  expect(await sendCode(mock, on)).toEqual(FAILED);
  expect(await sendCode(mock, on)).toEqual(DONE);
});

test("a scheduled error comes before the mistakes of the request", async () => {
  const mock = stillMock();
  await mock.faults.add({ operation: "sendSms", check: "gateway-down", times: 1 });
  expect(await sendCode(mock, SMS, { scene: "" })).toEqual(FAILED);
  expect(await sendCode(mock, SMS, { scene: "" })).toEqual(refusal("PARAM.0007", "Send scene cannot be empty"));
});

test("errors scheduled for one operation occur in the scheduled order", async () => {
  const mock = stillMock();
  await mock.faults.add({ operation: "sendSms", error: "IDAAS.SDK.CAPTCHA.0006", times: 1 });
  await mock.faults.add({ operation: "sendSms", error: "IDAAS.SDK.CAPTCHA.0005", times: 1 });
  expect(await sendCode(mock, SMS)).toEqual(FAILED);
  expect(await sendCode(mock, SMS)).toEqual(refusal("CAPTCHA.0005", "Unknown sending scenario"));
  expect(await sendCode(mock, SMS)).toEqual(DONE);
});

test("an error scheduled for one operation or sandbox does not affect others", async () => {
  const mock = stillMock();
  const other = await mock.sandboxes.create();
  await mock.faults.add({ operation: "sendSms", check: "gateway-down", times: 1 });
  await other.faults.add({ operation: "sendEmail", check: "gateway-down", times: 1 });
  expect(await sendCode(mock, EMAIL)).toEqual(DONE);
  expect(await sendCode(mock, SMS)).toEqual(FAILED);
});

test("scheduled errors can be cleared", async () => {
  const mock = stillMock();
  await mock.faults.add({ operation: "sendSms", check: "gateway-down", times: 1 });
  await mock.faults.clear();
  expect(await sendCode(mock, SMS)).toEqual(DONE);
});

test.each([
  ["sendSms", "IDAAS.SDK.USER.0005"],
  ["sendSms", "IDAAS.SDK.CAPTCHA.0007"],
  ["sendEmail", "IDAAS.SDK.USER.0004"],
])("%s cannot be scheduled to return %s, which it never returns", async (operation, error) => {
  const mock = stillMock();
  await expect(mock.faults.add({ operation, error, times: 1 })).rejects.toThrow(
    `${operation} never fails with ${error}`,
  );
});

test("email/send cannot be scheduled to report a missing area code", async () => {
  const mock = stillMock();
  const order = { operation: "sendEmail", check: "area-code-missing", times: 1 };
  await expect(mock.faults.add(order)).rejects.toThrow("sendEmail never fails with area-code-missing");
});
