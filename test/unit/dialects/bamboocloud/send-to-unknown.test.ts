/** POST sms/send and email/send: scenes that need an account, for receivers that no account has. */
import { expect, test } from "vitest";
import { DONE, refusal, stillMock } from "../../../support/mock/api.ts";
import { lastDecision } from "../../../support/mock/journal.ts";
import { type Channel, EMAIL, SMS, sendCode } from "../../../support/mock/sending.ts";

const FAILED = refusal("CAPTCHA.0006", "Failed to send verification code");

const ACCOUNT_SCENES = [
  ["sms", "LOGIN_SMS", SMS],
  ["sms", "FORGET_PWD_SMS", SMS],
  ["sms", "UPDATE_PWD_SMS", SMS],
  ["email", "LOGIN_EMS", EMAIL],
  ["email", "FORGET_PWD_EMS", EMAIL],
  ["email", "UPDATE_PWD_EMS", EMAIL],
] as const;

/** A new mock, and a function that sends a code of the scene to the channel's receiver. */
function prepared(on: Channel, scene: string) {
  const mock = stillMock();
  return { mock, send: () => sendCode(mock, on, { receiver: on.canonical, scene }) };
}

test.each(ACCOUNT_SCENES)(
  "%s/send: %s to an unknown receiver succeeds like any other, and sends nothing",
  async (_path, scene, on) => {
    const { mock, send } = prepared(on, scene);
    expect(await send()).toEqual(DONE);
    expect(await lastDecision(mock)).toBe("passed");
    expect(await mock.messages.list()).toEqual([]);
  },
);

test.each(ACCOUNT_SCENES)("%s/send: %s to an unknown receiver uses up the captcha token", async (_path, scene, on) => {
  const { mock } = prepared(on, scene);
  const captcha_token = await mock.captcha.issueToken({ sender: on.receiver });
  expect(await sendCode(mock, on, { receiver: on.canonical, scene, captcha_token })).toEqual(DONE);
  expect(await sendCode(mock, on, { captcha_token })).toEqual(
    refusal("CAPTCHA.0003", "Graphic verification code verification passed the token has been invalid"),
  );
});

test.each(ACCOUNT_SCENES)("%s/send: %s to an unknown receiver starts the resend interval", async (_path, scene, on) => {
  const { mock, send } = prepared(on, scene);
  await send();
  await mock.clock.advance({ seconds: 59.999 });
  expect(await send()).toEqual(FAILED);
  expect(await lastDecision(mock)).toBe("send-too-soon");
  await mock.clock.advance({ seconds: 0.001 });
  expect(await send()).toEqual(DONE);
});

test.each(ACCOUNT_SCENES)(
  "%s/send: %s to an unknown receiver counts towards the daily quota",
  async (_path, scene, on) => {
    const { mock, send } = prepared(on, scene);
    await mock.policy.patch({ code_daily_limit: 1 });
    await send();
    expect(await sendCode(mock, on)).toEqual(FAILED);
    expect(await lastDecision(mock)).toBe("send-quota-used");
  },
);

test.each(ACCOUNT_SCENES)("%s/send: %s sends a message once an account has the receiver", async (_path, scene, on) => {
  const { mock, send } = prepared(on, scene);
  await send();
  await mock.accounts.create({ [on.field]: on.otherForm });
  await mock.clock.advance({ minutes: 1 });
  expect(await send()).toEqual(DONE);
  expect(await mock.messages.list()).toMatchObject([{ to: on.canonical, scene }]);
});

test.each(ACCOUNT_SCENES)("%s/send: %s sends nothing after the account was deleted", async (_path, scene, on) => {
  const { mock, send } = prepared(on, scene);
  const { id } = await mock.accounts.create({ [on.field]: on.receiver });
  await mock.accounts.delete(id);
  expect(await send()).toEqual(DONE);
  expect(await mock.messages.list()).toEqual([]);
});

test.each(ACCOUNT_SCENES)(
  "%s/send: under policy send_to_unknown fail, %s to an unknown receiver is refused",
  async (_path, scene, on) => {
    const { mock, send } = prepared(on, scene);
    await mock.policy.patch({ send_to_unknown: "fail" });
    expect(await send()).toEqual(FAILED);
    expect(await lastDecision(mock)).toBe("receiver-unknown");
    await mock.accounts.create({ [on.field]: on.receiver });
    expect(await send()).toEqual(DONE);
    expect(await mock.messages.list()).toHaveLength(1);
  },
);

test.each([
  ["sms", SMS],
  ["email", EMAIL],
])("%s/send: policy send_to_unknown fail does not apply to scenes without an account", async (_path, on) => {
  const mock = stillMock();
  await mock.policy.patch({ send_to_unknown: "fail" });
  expect(await sendCode(mock, on)).toEqual(DONE);
  expect(await sendCode(mock, on, { scene: on.otherScene })).toEqual(DONE);
  expect(await mock.messages.list()).toHaveLength(2);
});

test.each(ACCOUNT_SCENES)(
  "%s/send: under policy send_to_unknown send, %s to an unknown receiver gets its code",
  async (_path, scene, on) => {
    const { mock, send } = prepared(on, scene);
    await mock.policy.patch({ send_to_unknown: "send" });
    expect(await send()).toEqual(DONE);
    expect(await lastDecision(mock)).toBe("passed");
    expect(await mock.messages.list()).toMatchObject([{ to: on.canonical, scene }]);
  },
);

test("an account of another application is unknown here", async () => {
  const { mock, send } = prepared(SMS, "LOGIN_SMS");
  const other = await mock.sandboxes.create();
  await other.accounts.create({ mobile: SMS.receiver });
  expect(await send()).toEqual(DONE);
  expect(await mock.messages.list()).toEqual([]);
});
