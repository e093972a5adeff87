/** Bugs in how sendSms and sendEmail treat the pass token of a captcha. */
import { askedFirst, both, WALK } from "./both-channels.ts";
import type { Mutant } from "./mutant.ts";

const SENDING = "dialects/bamboocloud/sending.ts";
const TOKEN = "dialects/bamboocloud/captcha-token.ts";
const HANDLE = "engine/handle.ts";

export const sendTokenMutants: readonly Mutant[] = [
  {
    name: "a pass token never expires",
    file: TOKEN,
    find: "pass.expiresAt <= context.now",
    put: "pass.expiresAt < 0",
    kills: [
      ...both("captcha-token-expired", "captcha-token-expired-before-scene-unknown"),
      "verifyCaptcha/pass-past-its-life",
    ],
  },
  {
    name: "an expired pass token is reported as wrong",
    file: TOKEN,
    find: "pass !== undefined && pass.expiresAt <= context.now ?",
    put: "pass === undefined ?",
    kills: both("captcha-token-expired"),
  },
  {
    name: "a pass token can be used again",
    file: SENDING,
    find: 'usePass(tx, textOf(context.body.captcha_token) ?? "", now);',
    put: "",
    kills: both("captcha-token-used", "captcha-token-used-before-scene-unknown", "same-captcha-token-at-once"),
  },
  {
    name: "a pass token can be used again for another scene",
    file: TOKEN,
    find: "exactPass(context)?.usedAt === undefined ? undefined",
    put: 'exactPass(context)?.usedAt === undefined || context.body.type !== "BIND_MOBILE_SMS" ? undefined',
    kills: ["sendSms/captcha-token-used"],
  },
  {
    name: "any text in the form of a pass token is accepted",
    file: TOKEN,
    find: `return tx.get("pass", passKey(textOf(body.captcha_token) ?? ""));`,
    put: `const token = textOf(body.captcha_token) ?? "";
  const sender = canonicalReceiver(String(body.mobile ?? body.email));
  return tx.get("pass", passKey(token)) ?? { token, sender, expiresAt: Infinity, forgetAt: Infinity };`,
    kills: both(
      "captcha-token-unknown",
      "captcha-token-unknown-before-scene-unknown",
      "captcha-token-forged",
      "refused-request-keeps-the-code",
    ),
  },
  {
    name: "only the first half of a pass token is compared",
    file: TOKEN,
    find: "pass?.token === context.body.captcha_token ? pass : undefined",
    put: "pass",
    kills: both("captcha-token-altered", "captcha-token-altered-before-scene-unknown", "captcha-token-respelled"),
  },
  {
    name: "the second half of a pass token is compared as JSON",
    file: TOKEN,
    find: "return pass?.token === context.body.captcha_token ? pass : undefined;",
    put: `const placeIn = (token: unknown) => JSON.stringify(JSON.parse(String(token).split("---")[1] ?? "null"));
  return pass && placeIn(pass.token) === placeIn(context.body.captcha_token) ? pass : undefined;`,
    kills: both("captcha-token-respelled"),
  },
  {
    name: "the scene is checked before anything else",
    file: HANDLE,
    find: WALK,
    put: askedFirst("scene-unknown"),
    kills: both(
      "captcha-token-missing-before-scene-unknown",
      "captcha-token-expired-before-scene-unknown",
      "captcha-token-used-before-scene-unknown",
      "captcha-token-unknown-before-scene-unknown",
      "captcha-token-altered-before-scene-unknown",
      "captcha-token-foreign-before-scene-unknown",
    ),
  },
  {
    name: "the receiver of a pass token is compared without normalising it",
    file: TOKEN,
    find: 'canonicalReceiver(textOf(receiverOf(context)) ?? "")',
    put: 'String(textOf(receiverOf(context))).replace(/^(?=1)/, "+86-")',
    kills: both("captcha-token-for-another-form"),
  },
  {
    name: "a message is sent with another receiver's pass token",
    file: TOKEN,
    find: "return {\n    refuses(context) {\n      if (!context.policy.captcha_token_bound) return undefined;",
    put: `return {
    afterFailure(context) {
      const to = canonicalReceiver(String(receiverOf(context)));
      const [scene, sentAt] = [String(context.body.type), context.now];
      context.tx.append("messages", { to, scene, code: "135790", text: "", sentAt, expiresAt: sentAt });
    },
    refuses(context) {
      if (!context.policy.captcha_token_bound) return undefined;`,
    kills: [...both("captcha-token-foreign"), "verifyCaptcha/pass-for-nobody-else"],
  },
  {
    name: "a request refused for its pass token starts the interval",
    file: TOKEN,
    find: "export const captchaTokenAltered: Check<TokenCall> = {",
    put: `export const captchaTokenAltered: Check<TokenCall> = {
  afterFailure({ tx, body, now }) {
    const receiver = canonicalReceiver(String(body.mobile ?? body.email));
    tx.set("sendings", receiver, { sent: [{ scene: body.type, at: now }], forgetAt: Infinity });
  },`,
    kills: both("captcha-token-altered"),
  },
  {
    name: "a request refused for its pass token invalidates the previous code",
    file: TOKEN,
    find: "export const captchaTokenUnknown: Check<TokenCall> = {",
    put: `export const captchaTokenUnknown: Check<TokenCall> = {
  afterFailure({ tx, body }) {
    tx.delete("code", \`\${body.type} \${canonicalReceiver(String(body.mobile ?? body.email))}\`);
  },`,
    kills: both("refused-request-keeps-the-code"),
  },
];
