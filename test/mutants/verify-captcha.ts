/** Bugs in verifyCaptcha and in the pass tokens that it issues. */
import type { Mutant } from "./mutant.ts";

const VERIFY = "dialects/bamboocloud/verify-captcha.ts";
const CAPTCHA = "core/captcha.ts";
const CHECKS = "spec/operations.gen.ts";

/** The place where a pass token is built. */
const PASS_TOKEN = `const text = \`\${pass.token}---\${pass.pointJson}\`;`;

const challenges: readonly Mutant[] = [
  {
    name: "the sender is optional",
    file: VERIFY,
    find: ' ?? missing("sender", body.sender)',
    put: "",
    kills: ["verifyCaptcha/captcha-parameter-missing", "verifyCaptcha/sender-left-out"],
  },
  {
    name: "a missing field is reported with the code of another parameter",
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
    name: "any token is accepted as a captcha",
    file: VERIFY,
    find: 'challengeOf(context) === undefined ? "this captcha token was never issued" : undefined',
    put: "undefined",
    kills: ["verifyCaptcha/captcha-challenge-unknown"],
  },
  {
    name: "a captcha stays open after a wrong solution",
    file: VERIFY,
    find: "afterFailure: (context) => burnChallenge(context.tx, tokenOf(context), context.now),",
    put: "",
    kills: ["verifyCaptcha/wrong-place-uses-the-captcha"],
  },
  {
    name: "a captcha stays open after a right solution",
    file: VERIFY,
    find: "burnChallenge(tx, tokenOf(context), now);",
    put: "",
    kills: ["verifyCaptcha/captcha-challenge-used", "verifyCaptcha/same-captcha-at-once"],
  },
  {
    name: "a solution is confirmed before the captcha is marked as solved",
    file: "engine/transact.ts",
    find: "mapMaybePromise(commit(mock, tx), (held) => ({ held, result }));",
    put: "mapMaybePromise(commit(mock, tx) && true, (held) => ({ held, result }));",
    kills: ["verifyCaptcha/same-captcha-at-once", "getCaptcha/token-of-its-own-at-once"],
  },
  {
    name: "a captcha never expires",
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
    name: "an unknown application without a language is accepted",
    file: "dialects/bamboocloud/headers.ts",
    find: "context.clientKnown ? undefined",
    put: 'context.clientKnown || headerOf(context.headers, "x-l") === undefined ? undefined',
    kills: ["verifyCaptcha/language-not-told", "sendEmail/language-not-told"],
  },
  {
    name: "a missing field is reported before a missing application",
    file: CHECKS,
    find: '"client-missing",\n      "client-unknown",\n      "captcha-parameter-missing",',
    put: '"captcha-parameter-missing",\n      "client-missing",\n      "client-unknown",',
    kills: ["verifyCaptcha/client-missing-before-captcha-parameter-missing"],
  },
];

const places: readonly Mutant[] = [
  {
    name: "any place of the piece is right",
    file: CAPTCHA,
    find: "Math.abs(chosen.x - x) <= tolerance",
    put: "chosen.x > 0",
    kills: [
      "verifyCaptcha/captcha-place-wrong",
      "verifyCaptcha/wrong-place-uses-the-captcha",
      "verifyCaptcha/beyond-the-tolerance",
    ],
  },
  {
    name: "a place exactly at the tolerance is wrong",
    file: CAPTCHA,
    find: "Math.abs(chosen.x - x) <= tolerance",
    put: "Math.abs(chosen.x - x) < tolerance",
    kills: ["verifyCaptcha/within-the-tolerance"],
  },
  {
    name: "a place one pixel beyond the tolerance is right",
    file: CAPTCHA,
    find: "Math.abs(chosen.x - x) <= tolerance",
    put: "Math.abs(chosen.x - x) <= tolerance + 1",
    kills: ["verifyCaptcha/beyond-the-tolerance"],
  },
  {
    name: "any place left of the right one is right",
    file: CAPTCHA,
    find: "Math.abs(chosen.x - x) <= tolerance",
    put: "chosen.x - x <= tolerance",
    kills: ["verifyCaptcha/beyond-the-tolerance"],
  },
  {
    name: "y is not checked",
    file: CAPTCHA,
    find: " && chosen.y === CHALLENGE_Y",
    put: "",
    kills: ["verifyCaptcha/y-is-fixed"],
  },
  {
    name: "a place without x is right",
    file: CAPTCHA,
    find: 'typeof chosen?.x === "number" && Math.abs(chosen.x - x) <= tolerance',
    put: "!(Math.abs(chosen?.x - x) > tolerance)",
    kills: ["verifyCaptcha/no-place"],
  },
  {
    name: "a malformed place is right",
    file: VERIFY,
    find: "!isRightPlace(jsonIn(String(body.point_json)),",
    put: "jsonIn(String(body.point_json)) !== undefined && !isRightPlace(jsonIn(String(body.point_json)),",
    kills: ["verifyCaptcha/no-place"],
  },
];

const passes: readonly Mutant[] = [
  {
    name: "the response has the lifetime of the pass token",
    file: VERIFY,
    find: "return { captcha_token };",
    put: "return { captcha_token, expire: policy.captcha_token_ttl_seconds };",
    kills: ["verifyCaptcha/success"],
  },
  {
    name: "the pass token is only the captcha's token",
    file: CAPTCHA,
    find: PASS_TOKEN,
    put: "const text = pass.token;",
    kills: ["verifyCaptcha/success", "verifyCaptcha/place-is-repeated-verbatim"],
  },
  {
    name: "the place in a pass token is reformatted",
    file: CAPTCHA,
    find: PASS_TOKEN,
    put: PASS_TOKEN.replace("pass.pointJson", "JSON.stringify(JSON.parse(pass.pointJson))"),
    kills: ["verifyCaptcha/place-is-repeated-verbatim"],
  },
  {
    name: "a pass token stores its sender without normalising it",
    file: VERIFY,
    find: "sender: canonicalReceiver(String(body.sender)),",
    put: "sender: String(body.sender).toUpperCase(),",
    kills: ["verifyCaptcha/pass-for-a-number", "verifyCaptcha/pass-for-an-address"],
  },
  {
    name: "a pass token expires with its captcha",
    file: VERIFY,
    find: "policy.captcha_token_ttl_seconds * SECOND_MS",
    put: "policy.captcha_challenge_ttl_seconds * SECOND_MS",
    kills: ["verifyCaptcha/pass-within-its-life"],
  },
  {
    name: "the lifetime of a pass token is in minutes",
    file: VERIFY,
    find: "policy.captcha_token_ttl_seconds * SECOND_MS",
    put: "policy.captcha_token_ttl_seconds * 60 * SECOND_MS",
    kills: ["verifyCaptcha/pass-past-its-life"],
  },
  {
    name: "a pass token works for any sender and receiver",
    file: "dialects/bamboocloud/captcha-token.ts",
    find: "pass?.sender === receiver ?",
    put: "pass !== undefined ?",
    kills: ["verifyCaptcha/pass-for-nobody-else", "sendSms/captcha-token-foreign", "sendEmail/captcha-token-foreign"],
  },
];

export const verifyCaptchaMutants: readonly Mutant[] = [...challenges, ...places, ...passes];
