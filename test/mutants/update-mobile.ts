/** Bugs in updateMobile, and in its shared parts with updateEmail: token, account, numbers. */
import type { Mutant } from "./mutant.ts";

const UPDATE_MOBILE = "dialects/bamboocloud/update-mobile.ts";
const ID_TOKEN = "dialects/bamboocloud/id-token.ts";
const TOKENS = "dialect-kit/token-checks.ts";
const OPERATIONS = "spec/operations.gen.ts";

const checks: readonly Mutant[] = [
  {
    name: "an account without a number keeps none",
    file: "core/accounts.ts",
    find: "  const after = { ...before, ...change };",
    put: "  if (before.mobile === undefined) return;\n  const after = { ...before, ...change };",
    kills: ["updateMobile/first-number"],
  },
  {
    name: "a malformed number is reported as a missing token",
    file: UPDATE_MOBILE,
    find: '"id-token-missing": idTokenMissing',
    put: '"id-token-missing": { refuses: (context) => idTokenMissing.refuses(context) ?? mobileMalformed.refuses(context) }',
    kills: [
      "updateMobile/mobile-malformed",
      "updateMobile/malformed-mobiles",
      "updateMobile/mobile-malformed-before-*",
    ],
  },
  {
    name: "a missing number is reported as one without a code",
    file: OPERATIONS,
    find: '"new-mobile-missing",\n      "mobile-malformed",\n      "mobile-unverified",',
    put: '"mobile-unverified",\n      "new-mobile-missing",\n      "mobile-malformed",',
    kills: [
      "updateMobile/new-mobile-missing",
      "updateMobile/mobile-left-out",
      "updateMobile/new-mobile-missing-before-*",
    ],
  },
  {
    name: "a number without a sent code accepts any code",
    file: UPDATE_MOBILE,
    find: `      refuses: (context) => unverified[context.policy.unverified_mobile](context),
    },
    "code-wrong": code.wrong,`,
    put: `      refuses: () => undefined,
    },
    "code-wrong": {
      refuses: (context) => (code.unknown.refuses(context) ? undefined : code.wrong.refuses(context)),
    },`,
    kills: ["updateMobile/mobile-unverified", "updateMobile/only-a-code-of-another-scene"],
  },
  {
    name: "the account's own number is reported as unverified",
    file: UPDATE_MOBILE,
    find: "unverified[context.policy.unverified_mobile](context)",
    put: 'signedInAccount(context)?.mobile === newMobile(context) ? "its own" : code.unknown.refuses(context)',
    kills: ["updateMobile/mobile-own"],
  },
  {
    name: "the account's own number is reported as a missing token",
    file: UPDATE_MOBILE,
    find: '"id-token-missing": idTokenMissing',
    put: `"id-token-missing": {
      refuses(context) {
        const account = signedInAccount(context);
        return account === undefined || account.mobile === newMobile(context) ? "its own" : undefined;
      },
    }`,
    kills: ["updateMobile/mobile-own", "updateMobile/own-number-in-another-form"],
  },
  {
    name: "the number of another account can be taken over",
    file: UPDATE_MOBILE,
    find: 'whyTaken(context.tx, "mobile", newMobile(context), signedInAccount(context))',
    put: "undefined",
    kills: ["updateMobile/mobile-taken", "updateMobile/taken-number-forms", "updateMobile/new-number-is-taken"],
  },
  {
    name: "whether a number is taken is checked without normalising it",
    file: UPDATE_MOBILE,
    find: 'whyTaken(context.tx, "mobile", newMobile(context)',
    put: 'whyTaken(context.tx, "mobile", String(context.body.mobile)',
    kills: ["updateMobile/taken-number-forms"],
  },
  {
    name: "the token's account is checked before the code and the number",
    file: OPERATIONS,
    find: '"mobile-own",\n      "mobile-taken",\n      "account-gone"',
    put: '"account-gone",\n      "mobile-own",\n      "mobile-taken"',
    kills: ["updateMobile/mobile-taken-before-account-gone"],
  },
  {
    name: "a change of number checks the code before the id_token",
    file: OPERATIONS,
    find: '"id-token-missing",\n      "id-token-invalid",\n      "id-token-expired",\n      "code-missing",\n      "new-mobile-missing",',
    put: '"code-missing",\n      "id-token-missing",\n      "id-token-invalid",\n      "id-token-expired",\n      "new-mobile-missing",',
    kills: ["updateMobile/id-token-invalid-before-code-missing"],
  },
  {
    name: "the missing number is reported before the code",
    file: OPERATIONS,
    find: '"code-missing",\n      "new-mobile-missing",',
    put: '"new-mobile-missing",\n      "code-missing",',
    kills: ["updateMobile/code-missing-before-new-mobile-missing"],
  },
];

const effects: readonly Mutant[] = [
  {
    name: "a change of number returns success and changes nothing",
    file: UPDATE_MOBILE,
    find: "if (account !== undefined) changeAccount(",
    put: "if (account === undefined) changeAccount(",
    kills: ["updateMobile/success", "updateMobile/number-forms", "updateMobile/two-changes-at-once"],
  },
  {
    name: "the new number is missing in the index of numbers",
    file: UPDATE_MOBILE,
    find: "changeAccount(context, account, { mobile: newMobile(context) })",
    put: 'context.tx.set("account", account.id, { ...account, mobile: newMobile(context) })',
    kills: ["updateMobile/old-number-is-free", "updateMobile/new-number-is-taken"],
  },
  {
    name: "a change of number deletes the address",
    file: UPDATE_MOBILE,
    find: "{ mobile: newMobile(context) }",
    put: "{ mobile: newMobile(context), email: undefined }",
    kills: ["updateMobile/success"],
  },
];

const tokens: readonly Mutant[] = [
  {
    name: "the signature of a token is not checked",
    file: TOKENS,
    find: 'const record = context.tx.get("token", textOf(context) ?? "");',
    put: `const text = textOf(context) ?? "";
    const claims = /^[^.]+\\.([^.]+)\\./.exec(text)?.[1]?.replaceAll("-", "+").replaceAll("_", "/");
    const believed = () => ({ use, expiresAt: context.now + 1, accountId: JSON.parse(atob(claims)).sub });
    const record = context.tx.get("token", text) ?? (claims === undefined ? undefined : believed());`,
    kills: [
      "*/id-token-altered",
      "*/id-token-unsigned",
      "*/id-token-of-another-application",
      "genauth*/access-token-altered",
      "genauth*/access-token-unsigned",
      "genauth*/access-token-of-another-application",
    ],
  },
  {
    name: "the word Bearer is optional",
    file: ID_TOKEN,
    find: "context.policy.bearer_required && !BEARER.test(",
    put: "!context.policy.bearer_required && !BEARER.test(",
    kills: ["*/id-token-without-bearer"],
  },
  {
    name: "an id_token lives an hour longer",
    file: TOKENS,
    find: "token.expiresAt > context.now)",
    put: "token.expiresAt > context.now - 3_600 * SECOND_MS)",
    kills: ["updateMobile/id-token-lifetime", "updateEmail/id-token-lifetime", "*/id-token-expired"],
  },
  {
    name: "a token expires five minutes early",
    file: TOKENS,
    find: "token.expiresAt > context.now)",
    put: "token.expiresAt > context.now + 300 * SECOND_MS)",
    kills: ["*/id-token-lifetime", "genauth*/access-token-lifetime"],
  },
  {
    name: "the body selects the account to change",
    file: TOKENS,
    find: 'context.tx.get("account", token.accountId)',
    put: 'context.tx.get("account", context.body.id ?? token.accountId)',
    kills: ["updateMobile/own-account-only", "updateEmail/own-account-only"],
  },
  {
    name: "the signed-in account is cached between requests",
    file: TOKENS,
    find: `  const account = oncePerWalk((context: RequestContext): Account | undefined => {
    const token = issued(context);`,
    put: `  let latest;
  const account = oncePerWalk((context: RequestContext): Account | undefined => {
    latest ??= issued(context);
    const token = latest;`,
    kills: [
      "updateMobile/two-changes-at-once",
      "updateEmail/two-changes-at-once",
      "genauthVerifyUpdatePhoneRequest/two-verifications-at-once",
      "genauthGetProfile/two-profiles-at-once",
    ],
  },
];

export const updateMobileMutants: readonly Mutant[] = [...checks, ...effects, ...tokens];
