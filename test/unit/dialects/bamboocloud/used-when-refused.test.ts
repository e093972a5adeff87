/** The policy keys by which a request that is refused uses up the code or the captcha token that it shows. */
import { expect, test } from "vitest";
import { DONE, refusal } from "../../../support/mock/api.ts";
import { WRONG_CODE } from "../../../support/mock/codes.ts";
import { lastDecision } from "../../../support/mock/journal.ts";
import { attempted, EMAIL, goodAttempt, SMS, type Spoiled, sendCode, spoil } from "../../../support/mock/sending.ts";
import {
  type Change,
  resettingPassword,
  updatingEmail,
  updatingMobile,
  updatingPassword,
} from "../../../support/mock/situations.ts";

const TOKEN_OVER = refusal("CAPTCHA.0003", "Graphic verification code verification passed the token has been invalid");

/** A request that a check behind the code refuses. */
const REFUSED_LATER = [
  { name: "updatePasswordByMobile", prepare: updatingPassword, change: { body: { password: "short" } } },
  { name: "resetPasswordByMobile", prepare: resettingPassword, change: { body: { password: "" } } },
];

test.each(REFUSED_LATER)("$name: under code_used_when_refused, a refused password uses up the code", async (call) => {
  const { mock, send } = await call.prepare();
  await mock.policy.patch({ code_used_when_refused: true });
  expect(await send(call.change)).toMatchObject({ status: 400 });
  expect(await lastDecision(mock)).toMatch(/^password-/);
  expect(await send()).toEqual(WRONG_CODE);
  expect(await lastDecision(mock)).toBe("code-used");
});

test.each(REFUSED_LATER)("$name: by default the code of a refused password still works", async (call) => {
  const { mock, send } = await call.prepare();
  expect(await send(call.change)).toMatchObject({ status: 400 });
  expect(await lastDecision(mock)).toMatch(/^password-/);
  expect(await send()).toEqual(DONE);
});

test.each([
  { name: "updateMobile", prepare: updatingMobile, owner: { mobile: "15201657312" } },
  { name: "updateEmail", prepare: updatingEmail, owner: { email: "15201657312@163.com" } },
])("$name: under code_used_when_refused, a taken receiver uses up its code", async ({ prepare, owner }) => {
  const { mock, send } = await prepare();
  await mock.policy.patch({ code_used_when_refused: true });
  const { id } = await mock.accounts.create(owner);
  expect(await send()).toMatchObject({ status: 400 });
  expect(await lastDecision(mock)).toMatch(/-taken$/);
  await mock.accounts.delete(id);
  expect(await send()).toEqual(WRONG_CODE);
  expect(await lastDecision(mock)).toBe("code-used");
});

const REFUSED_BEFORE: readonly Change[] = [
  { headers: { "x-agent": "" } },
  { headers: { authorization: "Bearer nonsense" } },
  { body: { verify_code: "" } },
  { body: { verify_code: "000000" } },
];

test.each(REFUSED_BEFORE)("under code_used_when_refused, %j does not use up the code", async (change) => {
  const { mock, send } = await updatingPassword();
  await mock.policy.patch({ code_used_when_refused: true });
  expect(await send(change)).toMatchObject({ status: 400 });
  expect(await send()).toEqual(DONE);
});

const AFTER_THE_TOKEN: readonly Spoiled[] = ["scene-unknown", "receiver-unknown", "send-too-soon", "send-quota-used"];
const CHANNELS = [
  ["sms", SMS],
  ["email", EMAIL],
] as const;

test.each(CHANNELS.flatMap(([path, on]) => AFTER_THE_TOKEN.map((check) => [path, check, on] as const)))(
  "%s/send: under captcha_token_used_when_refused, a request refused by %s uses up its token",
  async (_path, check, on) => {
    const attempt = await goodAttempt(on);
    const { mock, body } = attempt;
    await mock.policy.patch({ captcha_token_used_when_refused: true });
    await spoil(attempt, check);
    expect(await attempted(attempt)).toMatchObject({ status: 400 });
    expect(await lastDecision(mock)).toBe(check);
    await mock.policy.patch({ code_daily_limit: null });
    expect(await sendCode(mock, on, { captcha_token: body["captcha_token"] })).toEqual(TOKEN_OVER);
  },
);

const BEFORE_THE_TOKEN: readonly Spoiled[] = ["device-incomplete", "client-missing", "client-unknown", "scene-missing"];

test.each(CHANNELS.flatMap(([path, on]) => BEFORE_THE_TOKEN.map((check) => [path, check, on] as const)))(
  "%s/send: under captcha_token_used_when_refused, a request refused by %s keeps its token",
  async (_path, check, on) => {
    const attempt = await goodAttempt(on);
    const { mock, body } = attempt;
    const { captcha_token } = body;
    await mock.policy.patch({ captcha_token_used_when_refused: true });
    await spoil(attempt, check);
    expect(await attempted(attempt)).toMatchObject({ status: 400 });
    expect(await sendCode(mock, on, { captcha_token })).toEqual(DONE);
  },
);

test.each(CHANNELS)(
  "%s/send: under captcha_token_used_when_refused, a token shown for another receiver is kept",
  async (_path, on) => {
    const { mock } = await goodAttempt(on);
    await mock.policy.patch({ captcha_token_used_when_refused: true });
    const captcha_token = await mock.captcha.issueToken({ sender: on.otherReceiver });
    expect(await sendCode(mock, on, { captcha_token })).toMatchObject({ status: 400 });
    expect(await lastDecision(mock)).toBe("captcha-token-foreign");
    expect(await sendCode(mock, on, { receiver: on.otherReceiver, captcha_token })).toEqual(DONE);
  },
);
