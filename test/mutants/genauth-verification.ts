/** Bugs in genauthVerifyUpdatePhoneRequest: accepted numbers and proofs. */
import { casesOf } from "./cases-of.ts";
import type { Mutant } from "./mutant.ts";

const VERIFY = "dialects/genauth/verify-update-phone-request.ts";

const verifying = casesOf("genauthVerifyUpdatePhoneRequest");

const form: readonly Mutant[] = [
  {
    name: "every verification method counts as PHONE_PASSCODE",
    file: VERIFY,
    find: `        missing("verifyMethod", verifyMethod) ??
        (verifyMethod === "PHONE_PASSCODE" ?`,
    put: '        (verifyMethod !== "PASSWORD" ?',
    kills: verifying("verify-method-unknown", "verify-method-left-out", "verify-method-unknown-before-*"),
  },
  {
    name: "a verification without a new code succeeds",
    file: VERIFY,
    find: '"code-missing": { refuses: (context) => missing("newPhonePassCode", payloadOf(context)["newPhonePassCode"]) }',
    put: '"code-missing": { refuses: () => undefined }',
    kills: verifying("code-missing", "new-phone-pass-code-left-out", "code-missing-before-mobile-taken"),
  },
  {
    name: "a missing new number is not reported as missing",
    file: VERIFY,
    find: `    "new-mobile-missing": { refuses: (context) => missing("newPhoneNumber", payloadOf(context)["newPhoneNumber"]) },
    "code-missing": { refuses: (context) => missing("newPhonePassCode", payloadOf(context)["newPhonePassCode"]) },
    "mobile-malformed": {
      refuses: (context) =>
        newPhone(context) === undefined ? "newPhoneNumber is not a valid phone number" : undefined,
    },
    "old-mobile-missing": {
      refuses(context) {`,
    put: `    "new-mobile-missing": { refuses: () => undefined },
    "code-missing": { refuses: () => undefined },
    "mobile-malformed": { refuses: () => undefined },
    "old-mobile-missing": {
      refuses(context) {
        if (newPhone(context) === undefined) return undefined;`,
    kills: verifying(
      "new-mobile-missing",
      "mobile-malformed",
      "malformed-numbers",
      "malformed-country-codes",
      "new-phone-number-left-out",
      "phone-pass-code-payload-left-out",
      "very-long-values",
      "new-mobile-missing-before-*",
    ),
  },
];

const numbers: readonly Mutant[] = [
  {
    name: "the account's old number needs no proof",
    file: VERIFY,
    find: "if (!hasMobile || !policyOf(context).genauth_require_old_phone) return undefined;",
    put: "if (hasMobile !== null) return undefined;",
    kills: verifying("old-mobile-missing", "old-phone-number-left-out", "old-mobile-missing-before-mobile-taken"),
  },
  {
    name: "a missing old number is reported with statusCode 412",
    file: "spec/catalogue.gen.ts",
    find: '"statusCode": 400,\n      "message": {\n        "en": "oldPhoneNumber and oldPhonePassCode are required"',
    put: '"statusCode": 412,\n      "message": {\n        "en": "oldPhoneNumber and oldPhonePassCode are required"',
    kills: verifying("old-mobile-missing", "old-phone-number-left-out", "old-phone-pass-code-left-out"),
  },
  {
    name: "the old number needs a proof even when the policy does not require it",
    file: VERIFY,
    find: "!hasMobile || !policyOf(context).genauth_require_old_phone",
    put: "!hasMobile",
    kills: verifying("old-number-not-demanded"),
  },
  {
    name: "an account without a number must prove an old one",
    file: VERIFY,
    find: "!hasMobile || !policyOf(context).genauth_require_old_phone",
    put: "!policyOf(context).genauth_require_old_phone",
    kills: [...verifying("no-old-number-no-proof"), "genauthUpdatePhone/first-number"],
  },
  {
    name: "the account's own number counts as new",
    file: VERIFY,
    find: "accessToken.account(context)?.mobile === newPhone(context)",
    put: "accessToken.account(context) === null",
    kills: verifying("mobile-own", "had-number-without-country-code", "mobile-own-before-old-mobile-mismatch"),
  },
  {
    name: "the number of another account can be verified",
    file: VERIFY,
    find: 'whyTaken(context.tx, "mobile", newPhone(context) ?? "", accessToken.account(context))',
    put: "undefined",
    kills: [
      ...verifying(
        "mobile-taken",
        "had-number-without-country-code",
        "mobile-taken-before-*",
        "flow-changed-by-the-other-system",
      ),
      "genauthUpdatePhone/new-number-is-taken",
    ],
  },
  {
    name: "whether a GenAuth number is taken is checked without normalising it",
    file: VERIFY,
    find: 'whyTaken(context.tx, "mobile", newPhone(context) ?? ""',
    put: 'whyTaken(context.tx, "mobile", [payloadOf(context).newPhoneCountryCode, payloadOf(context).newPhoneNumber].join("-")',
    kills: verifying("had-number-without-country-code"),
  },
  {
    name: "any number with a good code counts as the old number",
    file: VERIFY,
    find: "if (!isOldPhoneGiven(context)) return undefined;",
    put: "if (context !== undefined) return undefined;",
    kills: verifying("old-mobile-mismatch", "old-number-changed-meanwhile", "old-mobile-mismatch-before-code-wrong"),
  },
];

const effects: readonly Mutant[] = [
  {
    name: "the token belongs to the account named in the request",
    file: VERIFY,
    find: 'const accountId = accessToken.account(context)?.id ?? "";',
    put: 'const accountId = context.body.userId ?? accessToken.account(context)?.id ?? "";',
    kills: verifying("own-account-only"),
  },
  {
    name: "a verification already changes the number",
    file: VERIFY,
    find: "const options = { accountId,",
    put: `const account = accessToken.account(context);
    tx.set("account", accountId, { ...account, mobile: newPhone(context) });
    const options = { accountId,`,
    kills: verifying("success"),
  },
  {
    name: "all verifications return the same token",
    file: "core/change-tokens.ts",
    find: 'nextCount(tx, "permit")',
    put: "0",
    kills: [...verifying("two-verifications-at-once"), "genauthUpdatePhone/two-changes-at-once"],
  },
  {
    name: "concurrent verifications do not see each other's changes",
    file: "stores/memory.ts",
    find: "if (!reads.every((read) => recordOf(sandbox, read) === read.value)) return false;",
    put: "if (sandbox !== undefined && reads.some((read) => recordOf(undefined, read) !== undefined)) return false;",
    kills: [
      ...verifying("same-code-twice-at-once", "same-request-twice-at-once"),
      "genauthUpdatePhone/same-token-twice-at-once",
      "genauthUpdatePhone/one-number-for-*-at-once",
      "genauthSendSms/two-messages-at-once",
    ],
  },
  {
    name: "the GenAuth checks run from the last to the first",
    file: "engine/handle.ts",
    find: "for (const name of entry.checks) {",
    put: "for (const name of [...entry.checks].reverse()) {",
    kills: [
      ...verifying("*-before-*"),
      "genauthUpdatePhone/access-token-*-before-*",
      "genauthUpdatePhone/account-gone-before-*",
      "genauthUpdatePhone/update-token-expired-before-mobile-taken",
      "genauthGetProfile/*-before-*",
    ],
  },
  {
    name: "a refused GenAuth request is executed anyway",
    file: "engine/handle.ts",
    find: "check.afterFailure?.(context);",
    put: "check.afterFailure?.(context);\n    operation.run(context);",
    kills: [
      ...verifying("wrong-try-keeps-the-code", "wrong-old-code-keeps-both"),
      "genauthUpdatePhone/update-token-foreign",
      "genauthUpdatePhone/mobile-taken",
    ],
  },
];

export const genauthVerificationMutants: readonly Mutant[] = [...form, ...numbers, ...effects];
