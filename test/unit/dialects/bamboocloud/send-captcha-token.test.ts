/** POST sms/send and email/send: how they use the captcha's pass token. */
import { expect, test } from "vitest";
import { DONE, refusal, stillMock } from "../../../support/mock/api.ts";
import { openCaptcha, solvedCaptcha, verify } from "../../../support/mock/captcha.ts";
import { lastDecision } from "../../../support/mock/journal.ts";
import { attempted, EMAIL, goodAttempt, SMS, type Spoiled, sendCode, spoil } from "../../../support/mock/sending.ts";

const OVER = refusal("CAPTCHA.0003", "Graphic verification code verification passed the token has been invalid");
const REFUSED = refusal("CAPTCHA.0004", "Graphic verification code verification passed token verification failed");

const CHANNELS = [
  ["sms", SMS],
  ["email", EMAIL],
] as const;

test.each(CHANNELS)(
  "%s/send: the pass token of a captcha solved for the receiver sends one code",
  async (_path, on) => {
    const mock = stillMock();
    const captcha_token = await solvedCaptcha(mock, on.receiver);
    expect(await sendCode(mock, on, { captcha_token })).toEqual(DONE);
    expect(await sendCode(mock, on, { scene: on.otherScene, captcha_token })).toEqual(OVER);
    expect(await mock.messages.list()).toHaveLength(1);
  },
);

test.each(CHANNELS)("%s/send: of two concurrent requests with one token, one sends", async (_path, on) => {
  const mock = stillMock();
  const captcha_token = await mock.captcha.issueToken({ sender: on.receiver });
  const replies = await Promise.all([
    sendCode(mock, on, { captcha_token }),
    sendCode(mock, on, { scene: on.otherScene, captcha_token }),
  ]);
  expect(replies).toContainEqual(DONE);
  expect(replies).toContainEqual(OVER);
  expect(await mock.messages.list()).toHaveLength(1);
});

test.each(CHANNELS)("%s/send: the token works for another form of the same receiver", async (_path, on) => {
  const mock = stillMock();
  const first = await solvedCaptcha(mock, on.receiver);
  expect(await sendCode(mock, on, { receiver: on.otherForm, captcha_token: first })).toEqual(DONE);
  const second = await solvedCaptcha(mock, on.otherForm);
  expect(await sendCode(mock, on, { scene: on.otherScene, captcha_token: second })).toEqual(DONE);
  expect(await mock.messages.list({ to: on.canonical })).toHaveLength(2);
});

test.each(CHANNELS)(
  "%s/send: the pass token of another receiver is refused and keeps working for its own",
  async (_path, on) => {
    const mock = stillMock();
    const captcha_token = await solvedCaptcha(mock, on.otherReceiver);
    expect(await sendCode(mock, on, { captcha_token })).toEqual(REFUSED);
    expect(await lastDecision(mock)).toBe("captcha-token-foreign");
    expect(await sendCode(mock, on, { receiver: on.otherReceiver, captcha_token })).toEqual(DONE);
  },
);

test("the token is refused for a number with another area code", async () => {
  const mock = stillMock();
  const captcha_token = await mock.captcha.issueToken({ sender: "+1-5201657312" });
  expect(await sendCode(mock, SMS, { captcha_token })).toEqual(REFUSED);
  expect(await lastDecision(mock)).toBe("captcha-token-foreign");
});

test.each(CHANNELS)("%s/send: a pass token works until one millisecond before 180 seconds", async (_path, on) => {
  const mock = stillMock();
  const captcha_token = await solvedCaptcha(mock, on.receiver);
  await mock.clock.advance({ seconds: 179.999 });
  expect(await sendCode(mock, on, { captcha_token })).toEqual(DONE);
});

test.each(CHANNELS)(
  "%s/send: a pass token expires exactly 180 seconds after the captcha was solved",
  async (_path, on) => {
    const mock = stillMock();
    const captcha_token = await solvedCaptcha(mock, on.receiver);
    await mock.clock.advance({ seconds: 180 });
    expect(await sendCode(mock, on, { captcha_token })).toEqual(OVER);
    expect(await lastDecision(mock)).toBe("captcha-token-expired");
  },
);

test("policy captcha_token_ttl_seconds sets the lifetime of a pass token", async () => {
  const mock = stillMock();
  await mock.policy.patch({ captcha_token_ttl_seconds: 9 });
  const [early, late] = [await solvedCaptcha(mock, SMS.receiver), await solvedCaptcha(mock, SMS.receiver)];
  await mock.clock.advance({ seconds: 8.999 });
  expect(await sendCode(mock, SMS, { captcha_token: early })).toEqual(DONE);
  await mock.clock.advance({ seconds: 0.001 });
  expect(await sendCode(mock, SMS, { scene: SMS.otherScene, captcha_token: late })).toEqual(OVER);
});

test("a pass token with any one character changed is refused", async () => {
  const mock = stillMock();
  const captcha_token = await solvedCaptcha(mock, SMS.receiver);
  for (let at = 0; at < captcha_token.length; at++) {
    const changed = captcha_token[at] === "0" ? "1" : "0";
    const altered = captcha_token.slice(0, at) + changed + captcha_token.slice(at + 1);
    expect(await sendCode(mock, SMS, { captcha_token: altered }), altered).toEqual(REFUSED);
  }
  expect(await sendCode(mock, SMS, { captcha_token })).toEqual(DONE);
});

test.each<[string, (token: string) => string]>([
  ["with a blank after it", (token) => `${token} `],
  ["with a blank before it", (token) => ` ${token}`],
  ["in capitals", (token) => token.toUpperCase()],
  ["without its last character", (token) => token.slice(0, -1)],
  ["without the point", (token) => token.slice(0, 32)],
  ["with an empty point", (token) => token.slice(0, 35)],
  ["with the point written anew", (token) => token.replace(".0,", ",").replace(", ", ",")],
  ["twice over", (token) => token + token],
])("a pass token %s is refused as altered", async (_what, alter) => {
  const mock = stillMock();
  const { token, x } = await openCaptcha(mock);
  const point_json = `{"x":${x}.0, "y":5.0}`;
  const captcha_token = `${token}---${point_json}`;
  expect(await verify(mock, { point_json, token, sender: SMS.receiver })).toEqual({
    status: 200,
    body: { captcha_token },
  });
  expect(await sendCode(mock, SMS, { captcha_token: alter(captcha_token) })).toEqual(REFUSED);
  expect(await sendCode(mock, SMS, { captcha_token })).toEqual(DONE);
});

test.each(CHANNELS)(
  "%s/send: with captcha_token_bound false, a pass token works for another receiver, once",
  async (_path, on) => {
    const mock = stillMock({ policy: { captcha_token_bound: false } });
    const captcha_token = await solvedCaptcha(mock, on.otherReceiver);
    expect(await sendCode(mock, on, { captcha_token })).toEqual(DONE);
    expect(await sendCode(mock, on, { receiver: on.otherReceiver, captcha_token })).toEqual(OVER);
  },
);

test.each(CHANNELS)(
  "%s/send: with captcha_token_comparison first-part, the part behind --- does not count",
  async (_path, on) => {
    const mock = stillMock({ policy: { captcha_token_comparison: "first-part" } });
    const [first = ""] = (await solvedCaptcha(mock, on.receiver)).split("---");
    const foreign = await mock.captcha.issueToken({ sender: on.otherReceiver });
    expect(await sendCode(mock, on, { captcha_token: `${first.slice(1)}---{}` })).toEqual(REFUSED);
    expect(await sendCode(mock, on, { captcha_token: foreign })).toEqual(REFUSED);
    expect(await lastDecision(mock)).toBe("captcha-token-foreign");
    expect(await sendCode(mock, on, { captcha_token: first })).toEqual(DONE);
    expect(await sendCode(mock, on, { scene: on.otherScene, captcha_token: `${first}---{}` })).toEqual(OVER);
    expect(await lastDecision(mock)).toBe("captcha-token-used");
  },
);

test.each(["constructor", "__proto__", "---", "__proto__---{}"])("%s is not a pass token", async (captcha_token) => {
  const mock = stillMock();
  expect(await sendCode(mock, SMS, { captcha_token })).toEqual(REFUSED);
  expect(await lastDecision(mock)).toBe("captcha-token-unknown");
});

test("a captcha that was only opened, or answered wrongly, gives no pass token", async () => {
  const mock = stillMock();
  const { token, x } = await openCaptcha(mock);
  const point_json = `{"x":${x + 50},"y":5}`;
  const captcha_token = `${token}---${point_json}`;
  expect(await sendCode(mock, SMS, { captcha_token })).toEqual(REFUSED);
  expect(await verify(mock, { point_json, token, sender: SMS.receiver })).toMatchObject({ status: 400 });
  expect(await sendCode(mock, SMS, { captcha_token })).toEqual(REFUSED);
});

test("the pass token of another application is unknown", async () => {
  const mock = stillMock();
  const other = await mock.sandboxes.create();
  const captcha_token = await other.captcha.issueToken({ sender: SMS.receiver });
  expect(await sendCode(mock, SMS, { captcha_token })).toEqual(REFUSED);
  expect(await lastDecision(mock)).toBe("captcha-token-unknown");
});

const NOT_CONSUMING: readonly Spoiled[] = [
  "device-incomplete",
  "client-missing",
  "client-unknown",
  "scene-missing",
  "scene-unknown",
  "send-too-soon",
  "send-quota-used",
  "receiver-unknown",
  "gateway-down",
];

test.each([
  ...[...NOT_CONSUMING, "mobile-missing" as const, "area-code-missing" as const].map(
    (check) => ["sms", check, SMS] as const,
  ),
  ...[...NOT_CONSUMING, "email-missing" as const].map((check) => ["email", check, EMAIL] as const),
])("%s/send: a request refused by %s does not use up its pass token", async (_path, check, on) => {
  const attempt = await goodAttempt(on);
  const { captcha_token } = attempt.body;
  await spoil(attempt, check);
  expect(await attempted(attempt)).toMatchObject({ status: 400 });
  expect(await lastDecision(attempt.mock)).toBe(check);
  await attempt.mock.policy.patch({ code_daily_limit: null });
  expect(await sendCode(attempt.mock, on, { captcha_token })).toEqual(DONE);
});

test("other requests do not change how long an old pass token is remembered", async () => {
  const responses = [];
  for (const requestsBetween of [0, 3]) {
    const mock = stillMock();
    const captcha_token = await mock.captcha.issueToken({ sender: SMS.receiver });
    await mock.clock.advance({ days: 3 });
    for (let i = 0; i < requestsBetween; i++) await openCaptcha(mock);
    responses.push(await sendCode(mock, SMS, { captcha_token }));
  }
  expect(responses[1]).toEqual(responses[0]);
});
