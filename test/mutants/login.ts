/** Bugs in loginByMobileCode, and in the codes and numbers that its cases share with changes of number and address. */
import type { Mutant } from "./mutant.ts";

const LOGIN = "dialects/bamboocloud/login-by-mobile-code.ts";
const ACCOUNT_BY_MOBILE = "dialects/bamboocloud/account-by-mobile.ts";
const CODES = "core/codes.ts";
const MOBILE = "core/mobile.ts";
const OPERATIONS = "spec/operations.gen.ts";

const checks: readonly Mutant[] = [
  {
    name: "a login without a number is reported as a malformed number",
    file: LOGIN,
    find: '"mobile-missing": mobileMissing',
    put: '"mobile-missing": { refuses: () => undefined }',
    kills: [
      "loginByMobileCode/mobile-missing",
      "loginByMobileCode/mobile-left-out",
      "loginByMobileCode/mobile-missing-before-code-missing",
    ],
  },
  {
    name: "a login shows the password",
    file: LOGIN,
    find: 'status: "SUCCESS", id_token }',
    put: 'status: "SUCCESS", id_token, password: accountOfMobile(context)?.passwords[0] }',
    kills: ["loginByMobileCode/response-hides-the-password"],
  },
  {
    name: "a malformed number is reported as unknown",
    file: LOGIN,
    find: '"mobile-malformed": reported("distinct", mobileMalformed)',
    put: '"mobile-malformed": { refuses: () => undefined }',
    kills: ["loginByMobileCode/mobile-malformed", "loginByMobileCode/malformed-mobiles"],
  },
  {
    name: "an unknown number logs in as an account without an id",
    file: LOGIN,
    find: '"account-unknown": reported("distinct", cannotLogIn)',
    put: '"account-unknown": { refuses: () => undefined }',
    kills: [
      "loginByMobileCode/account-unknown",
      "loginByMobileCode/after-a-change-of-number",
      "loginByMobileCode/account-unknown-before-code-wrong",
    ],
  },
  {
    name: "a number without a sent code logs in with any code",
    file: LOGIN,
    find: `    "code-unknown": {
      refuses: (context) => badNumberAsCode.refuses(context) ?? code.unknown.refuses(context),
    },
    "code-wrong": code.wrong,`,
    put: `    "code-unknown": { refuses: () => undefined },
    "code-wrong": {
      refuses: (context) => (code.unknown.refuses(context) ? undefined : code.wrong.refuses(context)),
    },`,
    kills: ["loginByMobileCode/code-unknown", "loginByMobileCode/only-a-code-of-another-scene"],
  },
  {
    name: "the form of the number is checked before the missing code",
    file: OPERATIONS,
    find: '"code-missing",\n      "mobile-malformed",\n      "account-unknown",',
    put: '"mobile-malformed",\n      "code-missing",\n      "account-unknown",',
    kills: ["loginByMobileCode/code-missing-before-mobile-malformed"],
  },
];

const responseMutants: readonly Mutant[] = [
  {
    name: "an unsupported language is reported as an incomplete device",
    file: "dialects/bamboocloud/headers.ts",
    find: "return missing.length === 0 ?",
    put: 'return missing.length === 0 && ["en", "zh"].includes(headerOf(headers, "x-l")) ?',
    kills: ["loginByMobileCode/language-*", "updateMobile/language-*", "updateEmail/language-*"],
  },
  {
    name: "a login returns the status OK",
    file: LOGIN,
    find: 'status: "SUCCESS"',
    put: 'status: "OK"',
    kills: ["loginByMobileCode/success"],
  },
  {
    name: "a login returns its lifetime as a text",
    file: LOGIN,
    find: "expire: policy.session_token_ttl_seconds",
    put: "expire: String(policy.session_token_ttl_seconds)",
    kills: ["loginByMobileCode/success"],
  },
  {
    name: "a login returns an access token as id_token",
    file: LOGIN,
    find: 'use: "id", expiresAt, now',
    put: 'use: "access", expiresAt, now',
    kills: ["loginByMobileCode/id-token-is-good", "updateMobile/flow-signed-in-by-code"],
  },
  {
    name: "the id_token of a login lives as long as its session",
    file: LOGIN,
    find: "now + policy.id_token_ttl_seconds",
    put: "now + policy.session_token_ttl_seconds",
    kills: ["loginByMobileCode/id-token-lifetime"],
  },
  {
    name: "the id_token of a login lives for an hour",
    file: LOGIN,
    find: "now + policy.id_token_ttl_seconds",
    put: "now + 3_600",
    kills: ["loginByMobileCode/id-token-lifetime"],
  },
  {
    name: "the account of a number is cached between requests",
    file: ACCOUNT_BY_MOBILE,
    find: `export function accountOfMobile(context: MobileCall): Account | undefined {
  const mobile = canonicalMobile(context);
  return mobile === undefined ? undefined : accountBy(context.tx, "mobile", mobile);`,
    put: `let latest;
export function accountOfMobile(context: MobileCall): Account | undefined {
  const mobile = canonicalMobile(context);
  if (latest === undefined && mobile !== undefined) latest = accountBy(context.tx, "mobile", mobile);
  return latest;`,
    kills: ["loginByMobileCode/two-sign-ins-at-once"],
  },
];

const codes: readonly Mutant[] = [
  {
    name: "a code works for every scene of its number",
    file: CODES,
    find: "function recordId({ scene, receiver }: CodeKey): string {",
    put: 'function recordId({ scene: whole, receiver }: CodeKey): string {\n  const scene = whole.split("_").at(-1);',
    kills: [
      "loginByMobileCode/*code-of-another-scene",
      "updateMobile/*code-of-another-scene",
      "updateEmail/*code-of-another-scene",
    ],
  },
  {
    name: "a code works for any receiver",
    file: CODES,
    find: "function recordId({ scene, receiver }: CodeKey): string {",
    put: 'function recordId({ scene }: CodeKey): string {\n  const receiver = "anybody";',
    kills: [
      "loginByMobileCode/code-of-another-receiver",
      "updateMobile/code-of-another-receiver",
      "updateEmail/code-of-another-receiver",
    ],
  },
  {
    name: "characters after a good code are ignored",
    file: CODES,
    find: "issued.code === code",
    put: "code.startsWith(issued.code)",
    kills: ["loginByMobileCode/very-long-values", "updateMobile/very-long-values", "updateEmail/very-long-values"],
  },
  {
    name: "a new code is stored before the older ones and does not replace them",
    file: CODES,
    find: "issued: [...(policy.code_supersedes ? earlier.slice(-REMEMBERED_REPLACED_CODES) : earlier), issued]",
    put: "issued: [issued, ...(policy.code_supersedes ? earlier.slice(-REMEMBERED_REPLACED_CODES) : earlier)]",
    kills: ["*/newer-sent-code-counts", "updateMobile/flow-code-again"],
  },
  {
    name: "a wrong try marks the right code as used",
    file: CODES,
    find: "failures: code.failures + 1",
    put: "failures: code.failures + 1, usedAt: now",
    kills: ["*/wrong-try-keeps-the-code"],
  },
  {
    name: "a code stops working one wrong try too early",
    file: CODES,
    find: "found.failures >= policy.code_max_attempts",
    put: "found.failures + 1 >= policy.code_max_attempts",
    kills: ["*/last-try-is-good"],
  },
  {
    name: "a sent code lives twice as long",
    file: "core/messages.ts",
    find: "now + policy.code_ttl_seconds * SECOND_MS",
    put: "now + 2 * policy.code_ttl_seconds * SECOND_MS",
    kills: ["*/code-lifetime"],
  },
  {
    name: "a sent code expires half a minute early",
    file: "core/messages.ts",
    find: "now + policy.code_ttl_seconds * SECOND_MS",
    put: "now + (policy.code_ttl_seconds - 30) * SECOND_MS",
    kills: ["*/code-lifetime"],
  },
  {
    name: "a commit does not check whether its reads have changed",
    file: "stores/memory.ts",
    find: "if (!reads.every((read) => recordOf(sandbox, read) === read.value)) return false;",
    put: "",
    kills: [
      "*/same-code-twice-at-once",
      "*/same-request-twice-at-once",
      "updateMobile/one-number-for-two-at-once",
      "updateEmail/one-address-for-two-at-once",
    ],
  },
];

const numbers: readonly Mutant[] = [
  {
    name: "a number is any text that contains eleven digits",
    file: MOBILE,
    find: "national: /^1\\d{10}$/, home: true",
    put: "national: /1\\d{10}/, home: true",
    kills: ["updateMobile/malformed-number-with-its-code", "loginByMobileCode/malformed-mobiles"],
  },
  {
    name: "a number with its area code is not normalised",
    file: MOBILE,
    find: 'national, spelling: tail === undefined ? "joined" : "dashed" };',
    put: 'national, spelling: tail === undefined ? "joined" : "dashed", canonical: input };',
    kills: ["loginByMobileCode/number-forms", "updateMobile/number-forms", "updateMobile/taken-number-in-odd-forms"],
  },
  {
    name: "a number without its area code is stored without it",
    file: MOBILE,
    find: 'national, spelling: "plain" };',
    put: 'national, spelling: "plain", canonical: national };',
    kills: ["loginByMobileCode/number-forms", "updateMobile/number-forms", "updateMobile/taken-number-in-odd-forms"],
  },
];

export const loginMutants: readonly Mutant[] = [...checks, ...responseMutants, ...codes, ...numbers];
