/** Captcha tokens, captcha solutions and codes without the API. */
import { CHALLENGE_Y, grantPass } from "../core/captcha.ts";
import { SECOND_MS } from "../core/clock.ts";
import { issueCode, nextCode } from "../core/codes.ts";
import { parseEmail } from "../core/email.ts";
import { parseMobile } from "../core/mobile.ts";
import { policyOf } from "../core/policy.ts";
import { canonicalReceiver, isReceiver } from "../core/receiver.ts";
import type { Channel } from "../core/records.ts";
import type { MockContext } from "../engine/transact.ts";
import { ControlError } from "../http/problem.ts";
import { badRequest, type Handlers, inSandbox } from "./calls.ts";

export const codes: Handlers<"issueCaptchaToken" | "solveCaptcha" | "plantCode"> = {
  issueCaptchaToken({ body: { sender, expires_in } }, context) {
    if (!isReceiver(sender)) throw badRequest('"sender" must be a mobile number or an e-mail address');
    return inSandbox(context, ({ tx, settings, now }) => {
      const seconds = expires_in ?? policyOf(settings).captcha_token_ttl_seconds;
      const options = { sender: canonicalReceiver(sender), expiresAt: now + seconds * SECOND_MS, now };
      return { captcha_token: grantPass(tx, context.mock.services.randomness, options) };
    });
  },

  solveCaptcha: ({ params: { token } }, context) =>
    inSandbox(context, ({ tx, now }) => {
      const challenge = tx.get("challenge", token);
      if (challenge === undefined || challenge.answeredAt !== undefined || challenge.expiresAt <= now) {
        const detail = "the captcha token is unknown, used or expired";
        throw new ControlError({ title: "No open captcha", status: 404, detail });
      }
      return { x: challenge.x, y: CHALLENGE_Y };
    }),

  plantCode({ body: { to, scene, code, expires_in } }, context) {
    const { dialect, channel } = sceneOf(context.mock, scene);
    const receiver = receiverOn(channel, to);
    if (receiver === undefined) throw badRequest(wrongReceiver(scene, channel));
    return inSandbox(context, ({ tx, settings, now }) => {
      const policy = policyOf(settings, dialect);
      const key = { scene, receiver };
      const planted = code ?? nextCode(tx, key, { policy, randomness: context.mock.services.randomness, now });
      const expiresAt = now + (expires_in ?? policy.code_ttl_seconds) * SECOND_MS;
      issueCode(tx, key, { code: planted, expiresAt, now, policy });
      return { code: planted };
    });
  },
};

function sceneOf({ dialects }: MockContext, scene: string) {
  for (const dialect of dialects) {
    const channel = Object.hasOwn(dialect.scenes, scene) ? dialect.scenes[scene] : undefined;
    if (channel !== undefined) return { dialect, channel };
  }
  const known = dialects.flatMap((dialect) => Object.keys(dialect.scenes));
  throw badRequest(`unknown scene "${scene}"`, { scenes: known });
}

function wrongReceiver(scene: string, channel: Channel): string {
  return channel === "sms"
    ? `"to" must be a mobile number: scene ${scene} is sent by SMS`
    : `"to" must be an e-mail address: scene ${scene} is sent by e-mail`;
}

function receiverOn(channel: Channel, to: string): string | undefined {
  return channel === "sms" ? parseMobile(to)?.canonical : parseEmail(to);
}
