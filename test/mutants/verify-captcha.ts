/** Bugs of verifyCaptcha alone, and of the pass tokens that it issues. */
import type { Mutant } from "./mutant.ts";

const VERIFY = "dialects/bamboocloud/verify-captcha.ts";
const CAPTCHA = "core/captcha.ts";
const CHECKS = "spec/operations.gen.ts";

/** Where a pass token is put together. */
const PASS_TOKEN = `const text = \`\${pass.token}---\${pass.pointJson}\`;`;

const challenges: readonly Mutant[] = [
  {
    name: "a captcha may be answered without a sender",
    file: VERIFY,
    find: ' ?? missing("sender", body.sender)',
    put: "",
    kills: ["verifyCaptcha/captcha-parameter-missing", "verifyCaptcha/sender-left-out"],
  },
  {
    name: "what is missing from the answer to a captcha is told as another parameter's error",
    file: "spec/catalogue.gen.ts",
    find: '"captcha-parameter-missing": {\n      "status": 400,\n      "error_code": "IDAAS.SDK.CAPTCHA.0002"',
    put: '"captcha-parameter-missing": {\n      "status": 400,\n      "error_code": "IDAAS.SDK.PARAM.0007"',
    kills: [
      "verifyCaptcha/captcha-parameter-missing",
      "verifyCaptcha/point-json-left-out",
      "verifyCaptcha/token-left-out",
      "verifyCaptcha/sender-left-out",
    ],
  },
  {
    name: "any token is taken for a captcha's",
    file: VERIFY,
    find: '(await challengeOf(context)) === undefined ? "this captcha token was never issued" : undefined',
    put: "undefined",
    kills: ["verifyCaptcha/captcha-challenge-unknown"],
  },
  {
    name: "a captcha may be answered until somebody answers it rightly",
    file: VERIFY,
    find: "afterFailure: (context) => burnChallenge(context.tx, tokenOf(context), context.now),",
    put: "",
    kills: ["verifyCaptcha/wrong-place-uses-the-captcha"],
  },
  {
    name: "a captcha that was answered rightly may be answered again",
    file: VERIFY,
    find: "await burnChallenge(tx, tokenOf(context), now);",
    put: "",
    kills: ["verifyCaptcha/captcha-challenge-used", "verifyCaptcha/same-captcha-at-once"],
  },
  {
    name: "who answers a captcha is told that it is right before it is marked as answered",
    file: "engine/transact.ts",
    find: "return { held: await commit(wiring, tx), result };",
    put: "await commit(wiring, tx);\n  return { held: true, result };",
    kills: ["verifyCaptcha/same-captcha-at-once", "getCaptcha/token-of-its-own-at-once"],
  },
  {
    name: "a captcha can be answered for ever",
    file: VERIFY,
    find: "({ expiresAt }, { now }) => expiresAt <= now",
    put: "({ expiresAt }) => expiresAt < 0",
    kills: ["verifyCaptcha/captcha-challenge-expired"],
  },
  {
    name: "a captcha lives a tenth of its time",
    file: CAPTCHA,
    find: "policy.captcha_challenge_ttl_seconds * SECOND_MS",
    put: "policy.captcha_challenge_ttl_seconds * 100",
    kills: ["verifyCaptcha/within-its-life"],
  },
  {
    name: "an unknown application that tells no language is taken for a known one",
    file: "dialects/bamboocloud/headers.ts",
    find: "context.clientKnown ? undefined",
    put: 'context.clientKnown || headerOf(context.headers, "x-l") === undefined ? undefined',
    kills: ["verifyCaptcha/language-not-told", "sendEmail/language-not-told"],
  },
  {
    name: "what is missing from the answer to a captcha is told before an application that is missing",
    file: CHECKS,
    find: '"client-missing",\n      "client-unknown",\n      "captcha-parameter-missing",',
    put: '"captcha-parameter-missing",\n      "client-missing",\n      "client-unknown",',
    kills: ["verifyCaptcha/client-missing-before-captcha-parameter-missing"],
  },
];

const places: readonly Mutant[] = [
  {
    name: "the piece may be put anywhere",
    file: CAPTCHA,
    find: "Math.abs(point.x - x) <= tolerance",
    put: "point.x > 0",
    kills: [
      "verifyCaptcha/captcha-place-wrong",
      "verifyCaptcha/wrong-place-uses-the-captcha",
      "verifyCaptcha/beyond-the-tolerance",
    ],
  },
  {
    name: "a place at the very end of the tolerance is wrong",
    file: CAPTCHA,
    find: "Math.abs(point.x - x) <= tolerance",
    put: "Math.abs(point.x - x) < tolerance",
    kills: ["verifyCaptcha/within-the-tolerance"],
  },
  {
    name: "a place may be a pixel beyond the tolerance",
    file: CAPTCHA,
    find: "Math.abs(point.x - x) <= tolerance",
    put: "Math.abs(point.x - x) <= tolerance + 1",
    kills: ["verifyCaptcha/beyond-the-tolerance"],
  },
  {
    name: "places left of the right one are near enough",
    file: CAPTCHA,
    find: "Math.abs(point.x - x) <= tolerance",
    put: "point.x - x <= tolerance",
    kills: ["verifyCaptcha/beyond-the-tolerance"],
  },
  {
    name: "y is not looked at",
    file: CAPTCHA,
    find: " && point.y === CHALLENGE_Y",
    put: "",
    kills: ["verifyCaptcha/y-is-fixed"],
  },
  {
    name: "a place without x is nowhere wrong",
    file: CAPTCHA,
    find: 'typeof point?.x === "number" && Math.abs(point.x - x) <= tolerance',
    put: "!(Math.abs(point?.x - x) > tolerance)",
    kills: ["verifyCaptcha/no-place"],
  },
  {
    name: "a place that cannot be read is right",
    file: CAPTCHA,
    find: "} catch {\n    return false;",
    put: "} catch {\n    return true;",
    kills: ["verifyCaptcha/no-place"],
  },
];

const passes: readonly Mutant[] = [
  {
    name: "the pass token comes with its lifetime",
    file: VERIFY,
    find: "return { captcha_token };",
    put: "return { captcha_token, expire: policy.captcha_token_ttl_seconds };",
    kills: ["verifyCaptcha/success"],
  },
  {
    name: "the pass token is the captcha's token alone",
    file: CAPTCHA,
    find: PASS_TOKEN,
    put: "const text = pass.token;",
    kills: ["verifyCaptcha/success", "verifyCaptcha/place-is-repeated-verbatim"],
  },
  {
    name: "the place in a pass token is written anew",
    file: CAPTCHA,
    find: PASS_TOKEN,
    put: PASS_TOKEN.replace("pass.pointJson", "JSON.stringify(JSON.parse(pass.pointJson))"),
    kills: ["verifyCaptcha/place-is-repeated-verbatim"],
  },
  {
    name: "a pass token keeps its sender as it was written, and is asked for it in another form",
    file: VERIFY,
    find: "sender: canonicalReceiver(String(body.sender)),",
    put: "sender: String(body.sender).toUpperCase(),",
    kills: ["verifyCaptcha/pass-for-a-number", "verifyCaptcha/pass-for-an-address"],
  },
  {
    name: "a pass token lives no longer than a captcha",
    file: VERIFY,
    find: "policy.captcha_token_ttl_seconds * SECOND_MS",
    put: "policy.captcha_challenge_ttl_seconds * SECOND_MS",
    kills: ["verifyCaptcha/pass-within-its-life"],
  },
  {
    name: "the lifetime of a pass token is taken for minutes",
    file: VERIFY,
    find: "policy.captcha_token_ttl_seconds * SECOND_MS",
    put: "policy.captcha_token_ttl_seconds * 60 * SECOND_MS",
    kills: ["verifyCaptcha/pass-past-its-life"],
  },
  {
    name: "a pass token is good for whoever holds it",
    file: "dialects/bamboocloud/captcha-token.ts",
    find: "pass?.sender === receiver ?",
    put: "pass !== undefined ?",
    kills: ["verifyCaptcha/pass-for-nobody-else", "sendSms/captcha-token-foreign", "sendEmail/captcha-token-foreign"],
  },
];

export const verifyCaptchaMutants: readonly Mutant[] = [...challenges, ...places, ...passes];
