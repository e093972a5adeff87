/** POST sms/send and email/send: the resend interval and the daily quota. */
import { expect, test } from "vitest";
import type { Mock } from "../../../../mocks/index.ts";
import { DONE, refusal, stillMock } from "../../../support/mock/api.ts";
import { lastDecision } from "../../../support/mock/journal.ts";
import {
  attempted,
  type Channel,
  EMAIL,
  goodAttempt,
  SMS,
  type Spoiled,
  sendCode,
  spoil,
} from "../../../support/mock/sending.ts";

const FAILED = refusal("CAPTCHA.0006", "Failed to send verification code");

const CHANNELS = [
  ["sms", SMS],
  ["email", EMAIL],
] as const;

/** Sends so many codes successfully, with scenes in turn, a minute apart. */
async function sendMany(mock: Mock, on: Channel, count: number) {
  for (let sent = 0; sent < count; sent++) {
    if (sent > 0) await mock.clock.advance({ minutes: 1 });
    expect(await sendCode(mock, on, { scene: sent % 2 === 0 ? on.scene : on.otherScene })).toEqual(DONE);
  }
}

test.each(CHANNELS)("%s/send: the next code of a scene may be sent after exactly 60 seconds", async (_path, on) => {
  const mock = stillMock();
  await sendCode(mock, on);
  await mock.clock.advance({ seconds: 59.999 });
  expect(await sendCode(mock, on)).toEqual(FAILED);
  expect(await lastDecision(mock)).toBe("send-too-soon");
  await mock.clock.advance({ seconds: 0.001 });
  expect(await sendCode(mock, on)).toEqual(DONE);
  expect(await mock.messages.list()).toHaveLength(2);
});

test.each(CHANNELS)("%s/send: a send refused as too soon does not extend the interval", async (_path, on) => {
  const mock = stillMock();
  await sendCode(mock, on);
  await mock.clock.advance({ seconds: 30 });
  expect(await sendCode(mock, on)).toEqual(FAILED);
  await mock.clock.advance({ seconds: 30 });
  expect(await sendCode(mock, on)).toEqual(DONE);
});

test.each(CHANNELS)("%s/send: the interval does not apply to another scene or receiver", async (_path, on) => {
  const mock = stillMock();
  await sendCode(mock, on);
  expect(await sendCode(mock, on, { scene: on.otherScene })).toEqual(DONE);
  expect(await sendCode(mock, on, { receiver: on.otherReceiver })).toEqual(DONE);
  expect(await sendCode(mock, on)).toEqual(FAILED);
});

test.each(CHANNELS)("%s/send: the interval applies to other forms of the same receiver", async (_path, on) => {
  const mock = stillMock();
  await sendCode(mock, on);
  expect(await sendCode(mock, on, { receiver: on.otherForm })).toEqual(FAILED);
  expect(await lastDecision(mock)).toBe("send-too-soon");
});

test.each(CHANNELS)("%s/send: of two concurrent requests for one scene, one has to wait", async (_path, on) => {
  const mock = stillMock();
  const replies = await Promise.all([sendCode(mock, on), sendCode(mock, on)]);
  expect(replies).toContainEqual(DONE);
  expect(replies).toContainEqual(FAILED);
  expect(await mock.messages.list()).toHaveLength(1);
});

test.each(CHANNELS)("%s/send: the interval does not apply to another application", async (_path, on) => {
  const mock = stillMock();
  await sendCode(mock, on);
  const other = await mock.sandboxes.create();
  const captcha_token = await other.captcha.issueToken({ sender: on.receiver });
  expect(await sendCode(mock, on, { captcha_token }, { "x-client-id": other.clientId })).toEqual(DONE);
});

test("policy code_resend_seconds sets the interval, and zero means none", async () => {
  const mock = stillMock();
  await mock.policy.patch({ code_resend_seconds: 5 });
  await sendCode(mock, SMS);
  await mock.clock.advance({ seconds: 4.999 });
  expect(await sendCode(mock, SMS)).toEqual(FAILED);
  await mock.clock.advance({ seconds: 0.001 });
  expect(await sendCode(mock, SMS)).toEqual(DONE);
  await mock.policy.patch({ code_resend_seconds: 0 });
  expect(await sendCode(mock, SMS)).toEqual(DONE);
});

test("with policy code_resend_seconds of a day the interval is a whole day", async () => {
  const mock = stillMock();
  await mock.policy.patch({ code_resend_seconds: 86_400 });
  await sendCode(mock, SMS);
  await mock.clock.advance({ seconds: 86_399.999 });
  expect(await sendCode(mock, SMS, { scene: SMS.otherScene })).toEqual(DONE);
  expect(await sendCode(mock, SMS)).toEqual(FAILED);
  await mock.clock.advance({ seconds: 0.001 });
  expect(await sendCode(mock, SMS)).toEqual(DONE);
});

test.each(CHANNELS)("%s/send: a receiver gets ten messages, whatever their scenes", async (_path, on) => {
  const mock = stillMock();
  await sendMany(mock, on, 10);
  await mock.clock.advance({ minutes: 1 });
  expect(await sendCode(mock, on)).toEqual(FAILED);
  expect(await lastDecision(mock)).toBe("send-quota-used");
  expect(await sendCode(mock, on, { scene: on.otherScene, receiver: on.otherForm })).toEqual(FAILED);
  expect(await sendCode(mock, on, { receiver: on.otherReceiver })).toEqual(DONE);
  expect(await mock.messages.list({ to: on.canonical })).toHaveLength(10);
});

test.each(CHANNELS)("%s/send: each message counts for exactly 24 hours", async (_path, on) => {
  const mock = stillMock();
  await sendMany(mock, on, 10);
  await mock.clock.set("2026-01-01T23:59:59.999Z");
  expect(await sendCode(mock, on)).toEqual(FAILED);
  await mock.clock.set("2026-01-02T00:00:00.000Z");
  expect(await sendCode(mock, on)).toEqual(DONE);
  expect(await sendCode(mock, on, { scene: on.otherScene })).toEqual(FAILED);
  await mock.clock.set("2026-01-02T00:01:00.000Z");
  expect(await sendCode(mock, on, { scene: on.otherScene })).toEqual(DONE);
});

test("the quota does not reset at midnight", async () => {
  const mock = stillMock();
  await mock.clock.set("2026-01-01T23:45:00.000Z");
  await sendMany(mock, SMS, 10);
  await mock.clock.set("2026-01-02T12:00:00.000Z");
  expect(await sendCode(mock, SMS)).toEqual(FAILED);
});

test("policy code_daily_limit sets the quota", async () => {
  const mock = stillMock();
  await mock.policy.patch({ code_daily_limit: 2 });
  await sendMany(mock, SMS, 2);
  await mock.clock.advance({ minutes: 2 });
  expect(await sendCode(mock, SMS)).toEqual(FAILED);
  await mock.policy.patch({ code_daily_limit: 3 });
  expect(await sendCode(mock, SMS)).toEqual(DONE);
});

test.each(CHANNELS)("%s/send: with code_resend_scope receiver, any message starts the interval", async (_path, on) => {
  const mock = stillMock({ policy: { code_resend_scope: "receiver" } });
  await sendCode(mock, on);
  expect(await sendCode(mock, on, { scene: on.otherScene, receiver: on.otherForm })).toEqual(FAILED);
  expect(await lastDecision(mock)).toBe("send-too-soon");
  expect(await sendCode(mock, on, { receiver: on.otherReceiver })).toEqual(DONE);
  await mock.clock.advance({ minutes: 1 });
  expect(await sendCode(mock, on, { scene: on.otherScene })).toEqual(DONE);
  await mock.clock.advance({ seconds: 59.999 });
  expect(await sendCode(mock, on)).toEqual(FAILED);
});

test.each(CHANNELS)("%s/send: with code_daily_limit_scope scene, each scene has its quota", async (_path, on) => {
  const mock = stillMock({ policy: { code_daily_limit: 1, code_daily_limit_scope: "scene" } });
  expect(await sendCode(mock, on)).toEqual(DONE);
  expect(await sendCode(mock, on, { scene: on.otherScene })).toEqual(DONE);
  await mock.clock.advance({ minutes: 1 });
  expect(await sendCode(mock, on, { receiver: on.otherForm })).toEqual(FAILED);
  expect(await lastDecision(mock)).toBe("send-quota-used");
  await mock.policy.patch({ code_daily_limit: 2, code_daily_limit_scope: null });
  expect(await sendCode(mock, on)).toEqual(FAILED);
});

const REFUSING: readonly Spoiled[] = [
  "device-incomplete",
  "client-missing",
  "client-unknown",
  "scene-missing",
  "captcha-token-missing",
  "captcha-token-expired",
  "captcha-token-unknown",
  "captcha-token-altered",
  "captcha-token-foreign",
  "scene-unknown",
  "receiver-unknown",
  "gateway-down",
];

test.each([
  ...[...REFUSING, "area-code-missing" as const].map((check) => ["sms", check, SMS] as const),
  ...REFUSING.map((check) => ["email", check, EMAIL] as const),
])("%s/send: a request refused by %s does not count towards the limits", async (_path, check, on) => {
  const attempt = await goodAttempt(on);
  const { mock } = attempt;
  await spoil(attempt, check);
  expect(await attempted(attempt)).toMatchObject({ status: 400 });
  expect(await lastDecision(mock)).toBe(check);
  await mock.policy.patch({ code_daily_limit: 1, send_to_unknown: "silent" });
  expect(await sendCode(mock, on, { receiver: on.canonical, scene: on.accountScene })).toEqual(DONE);
});

test("a planted code does not count towards the limits and is not a message", async () => {
  const mock = stillMock();
  await mock.policy.patch({ code_daily_limit: 1 });
  await mock.codes.plant({ to: SMS.receiver, scene: SMS.scene });
  expect(await mock.messages.list()).toEqual([]);
  expect(await sendCode(mock, SMS)).toEqual(DONE);
});
