/** POST sms/send and email/send: of two mistakes in one request, the one printed earlier is reported. */
import { expect, test } from "vitest";
import { api, type Reply, refusal } from "../../../support/mock/api.ts";
import { lastDecision } from "../../../support/mock/journal.ts";
import {
  attempted,
  type Channel,
  EMAIL,
  goodAttempt,
  post,
  SMS,
  type Spoiled,
  sendCode,
  spoil,
} from "../../../support/mock/sending.ts";

type Pair = readonly [earlier: Spoiled, later: Spoiled, code: string];

const TEXTS: Readonly<Record<string, string>> = {
  "PARAM.0001": "Device information is incomplete",
  "PARAM.0002": "clientId cannot be empty",
  "PARAM.0003": "The app is not registered, please register the app first",
  "USER.0004": "Mobile number cannot be empty",
  "USER.0005": "E-mail cannot be empty",
  "PARAM.0007": "Send scene cannot be empty",
  "PARAM.0008": "Graphic verification code verification pass token cannot be empty",
  "CAPTCHA.0003": "Graphic verification code verification passed the token has been invalid",
  "CAPTCHA.0004": "Graphic verification code verification passed token verification failed",
  "CAPTCHA.0005": "Unknown sending scenario",
  "CAPTCHA.0006": "Failed to send verification code",
};

const refusedWith = (code: string): Reply => refusal(code, TEXTS[code] ?? "");

/** Each pair is adjacent in the printed table, or as near as one request can show. */
const BOTH: readonly Pair[] = [
  ["device-incomplete", "client-missing", "PARAM.0001"],
  ["device-incomplete", "client-unknown", "PARAM.0001"],
  ["client-missing", "scene-missing", "PARAM.0002"],
  ["client-unknown", "scene-missing", "PARAM.0003"],
  ["scene-missing", "captcha-token-missing", "PARAM.0007"],
  ["scene-missing", "captcha-token-expired", "PARAM.0007"],
  ["scene-missing", "captcha-token-used", "PARAM.0007"],
  ["scene-missing", "captcha-token-unknown", "PARAM.0007"],
  ["captcha-token-missing", "scene-unknown", "PARAM.0008"],
  ["captcha-token-expired", "scene-unknown", "CAPTCHA.0003"],
  ["captcha-token-used", "scene-unknown", "CAPTCHA.0003"],
  ["captcha-token-unknown", "scene-unknown", "CAPTCHA.0004"],
  ["captcha-token-altered", "scene-unknown", "CAPTCHA.0004"],
  ["captcha-token-foreign", "scene-unknown", "CAPTCHA.0004"],
  ["captcha-token-foreign", "receiver-unknown", "CAPTCHA.0004"],
  ["captcha-token-used", "send-quota-used", "CAPTCHA.0003"],
  ["captcha-token-altered", "send-too-soon", "CAPTCHA.0004"],
  ["scene-unknown", "receiver-undeliverable", "CAPTCHA.0005"],
  ["scene-unknown", "send-quota-used", "CAPTCHA.0005"],
  ["receiver-undeliverable", "send-quota-used", "CAPTCHA.0006"],
  ["receiver-unknown", "send-too-soon", "CAPTCHA.0006"],
  ["receiver-unknown", "send-quota-used", "CAPTCHA.0006"],
  ["send-too-soon", "send-quota-used", "CAPTCHA.0006"],
];

const SMS_PAIRS: readonly Pair[] = [
  ...BOTH,
  ["device-incomplete", "mobile-missing", "PARAM.0001"],
  ["client-missing", "mobile-missing", "PARAM.0002"],
  ["client-unknown", "mobile-missing", "PARAM.0003"],
  ["mobile-missing", "scene-missing", "USER.0004"],
  ["mobile-missing", "captcha-token-missing", "USER.0004"],
  ["mobile-missing", "captcha-token-used", "USER.0004"],
  ["mobile-missing", "captcha-token-unknown", "USER.0004"],
  ["mobile-missing", "scene-unknown", "USER.0004"],
  ["captcha-token-used", "area-code-missing", "CAPTCHA.0003"],
  ["captcha-token-foreign", "area-code-missing", "CAPTCHA.0004"],
  ["receiver-undeliverable", "area-code-missing", "CAPTCHA.0006"],
  ["area-code-missing", "receiver-unknown", "CAPTCHA.0006"],
  ["area-code-missing", "send-too-soon", "CAPTCHA.0006"],
  ["area-code-missing", "send-quota-used", "CAPTCHA.0006"],
];

const EMAIL_PAIRS: readonly Pair[] = [
  ...BOTH,
  ["device-incomplete", "email-missing", "PARAM.0001"],
  ["client-missing", "email-missing", "PARAM.0002"],
  ["client-unknown", "email-missing", "PARAM.0003"],
  ["email-missing", "scene-missing", "USER.0005"],
  ["email-missing", "captcha-token-missing", "USER.0005"],
  ["email-missing", "captcha-token-used", "USER.0005"],
  ["email-missing", "captcha-token-unknown", "USER.0005"],
  ["email-missing", "scene-unknown", "USER.0005"],
];

test.each([
  ...SMS_PAIRS.map((pair) => ["sms", ...pair, SMS] as const),
  ...EMAIL_PAIRS.map((pair) => ["email", ...pair, EMAIL] as const),
])("%s/send: %s is reported before %s, as %s", async (_path, earlier, later, code, channel) => {
  const attempt = await goodAttempt(channel);
  await spoil(attempt, later, earlier);
  expect(await attempted(attempt)).toEqual(refusedWith(code));
  expect(await lastDecision(attempt.mock)).toBe(earlier);
});

const CHANNELS = [
  ["sms", SMS],
  ["email", EMAIL],
] as const;

/** A request with a captcha token that was used for another receiver. */
async function withUsedTokenOfAnother(channel: Channel) {
  const attempt = await goodAttempt(channel);
  const captcha_token = await attempt.mock.captcha.issueToken({ sender: channel.otherReceiver });
  await sendCode(attempt.mock, channel, { receiver: channel.otherReceiver, captcha_token });
  return { ...attempt, body: { ...attempt.body, captcha_token } };
}

test.each(CHANNELS)(
  "%s/send: a captcha token that is expired and used is reported as expired",
  async (_path, channel) => {
    const attempt = await withUsedTokenOfAnother(channel);
    await attempt.mock.clock.advance({ minutes: 3 });
    expect(await attempted(attempt)).toEqual(refusedWith("CAPTCHA.0003"));
    expect(await lastDecision(attempt.mock)).toBe("captcha-token-expired");
  },
);

test.each(CHANNELS)("%s/send: a captcha token that is used and foreign is reported as used", async (_path, channel) => {
  const attempt = await withUsedTokenOfAnother(channel);
  expect(await attempted(attempt)).toEqual(refusedWith("CAPTCHA.0003"));
  expect(await lastDecision(attempt.mock)).toBe("captcha-token-used");
});

test.each(CHANNELS)(
  "%s/send: a captcha token that is altered and foreign is reported as altered",
  async (_path, channel) => {
    const attempt = await goodAttempt(channel);
    await spoil(attempt, "captcha-token-foreign", "captcha-token-altered");
    expect(await attempted(attempt)).toEqual(refusedWith("CAPTCHA.0004"));
    expect(await lastDecision(attempt.mock)).toBe("captcha-token-altered");
  },
);

test.each(CHANNELS)("%s/send: a request where everything is wrong reports the device first", async (_path, channel) => {
  const { mock } = await goodAttempt(channel);
  const nothing = { "x-agent": "", "x-client-id": "" };
  expect(await post(mock, channel, {}, nothing)).toEqual(refusedWith("PARAM.0001"));
  expect(await api(mock)(`${channel.channel}/send`, {}, { "x-client-id": "" })).toEqual(refusedWith("PARAM.0002"));
});
