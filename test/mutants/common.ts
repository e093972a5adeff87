/** Bugs in what operations share behind the codec: tokens, codes, accounts, the order of checks, the store. */
import type { Mutant } from "./mutant.ts";

const TOKENS = "dialect-kit/token-checks.ts";
const VERIFY_CODE = "dialects/bamboocloud/verify-code.ts";
const HANDLE = "engine/handle.ts";

const tokens: readonly Mutant[] = [
  {
    name: "a missing token is reported as invalid",
    file: TOKENS,
    find: 'textOf(context) === undefined ? "the header Authorization is absent or has no token" : undefined',
    put: "undefined",
    kills: ["*/id-token-missing"],
  },
  {
    name: "an unknown token is taken for one of a deleted account",
    file: TOKENS,
    find: "issued(context) === undefined ?",
    put: "issued(context) === null ?",
    kills: ["updateMobile/id-token-invalid", "updateEmail/id-token-invalid"],
  },
  {
    name: "a token never expires",
    file: TOKENS,
    find: "token === undefined || token.expiresAt > context.now",
    put: "true",
    kills: [
      "*/id-token-expired",
      "genauth*/access-token-expired",
      "genauth*/access-token-lifetime",
      "genauth*/access-token-expired-before-*",
    ],
  },
  {
    name: "a request with the token of a deleted account succeeds without an effect",
    file: TOKENS,
    find: "(account(context) === undefined ?",
    put: "(false ?",
    kills: ["*/account-gone"],
  },
  {
    name: "the token of a deleted account is reported as invalid",
    file: TOKENS,
    find: "issued(context) === undefined ?",
    put: "account(context) === undefined ?",
    kills: ["update*/account-gone"],
  },
];

const codes: readonly Mutant[] = [
  {
    name: "a missing code is reported as wrong",
    file: VERIFY_CODE,
    find: 'refuses: ({ body }) => missing("verify_code", body.verify_code)',
    put: 'refuses: ({ body }) => (body.verify_code === null ? "null" : undefined)',
    kills: ["*/code-missing", "*/verify-code-left-out"],
  },
  {
    name: "an empty text does not count as missing",
    file: "dialect-kit/fields.ts",
    find: 'typeof value === "string" && value.trim() !== ""',
    put: 'typeof value === "string"',
    kills: ["*/verify-code-left-out"],
  },
  {
    name: "a code can be used again",
    file: "dialect-kit/code-checks.ts",
    find: "if (key !== undefined && code !== undefined) redeemCode(",
    put: "if (key === undefined && code !== undefined) redeemCode(",
    kills: ["*/code-used"],
  },
  {
    name: "a code never expires",
    file: "core/codes.ts",
    find: "if (found.expiresAt <= now)",
    put: "if (found.expiresAt < 0)",
    kills: ["*/code-expired"],
  },
  {
    name: "a code allows one wrong try too many",
    file: "core/codes.ts",
    find: "found.failures >= policy.code_max_attempts",
    put: "found.failures > policy.code_max_attempts",
    kills: ["*/code-exhausted"],
  },
  {
    name: "wrong tries are not counted",
    file: "dialect-kit/code-checks.ts",
    find: "if (key !== undefined) countFailure(",
    put: "if (key === undefined) countFailure(",
    kills: ["login*/code-exhausted", "update*/code-exhausted", "reset*/code-exhausted"],
  },
  {
    name: "an older code stays valid after a newer one",
    file: "core/codes.ts",
    find: "if (policy.code_supersedes && index < record.issued.length - 1)",
    put: "if (policy.code_supersedes && index < 0)",
    kills: ["*/code-superseded"],
  },
  {
    name: "the last digit of a code is not compared",
    file: "core/codes.ts",
    find: "issued.code === code",
    put: "issued.code.slice(0, -1) === code.slice(0, -1)",
    kills: ["*/code-wrong"],
  },
  {
    name: "the first wrong try uses up the code",
    file: "core/codes.ts",
    find: "failures: code.failures + 1",
    put: "failures: code.failures + policy.code_max_attempts",
    kills: ["*/wrong-try-keeps-the-code"],
  },
];

const accounts: readonly Mutant[] = [
  {
    name: "the old identifier stays taken after a change",
    file: "core/accounts.ts",
    find: "if (old !== undefined) tx.delete(identifier, old);",
    put: "",
    kills: [
      "updateMobile/old-number-is-free",
      "updateEmail/old-address-is-free",
      "resetPasswordByMobile/code-to-the-old-number",
    ],
  },
  {
    name: "the new identifier is not marked as taken",
    file: "core/accounts.ts",
    find: "if (value !== undefined) tx.set(identifier, value, after.id);",
    put: "",
    kills: ["updateMobile/new-number-is-taken", "updateEmail/new-address-is-taken"],
  },
  {
    name: "a change does not change the account",
    file: "core/accounts.ts",
    find: "const after = { ...before, ...change };",
    put: "const after = { ...change, ...before };",
    kills: ["update*/success", "resetPasswordByMobile/success"],
  },
  {
    name: "a change deletes the other fields of the account",
    file: "core/accounts.ts",
    find: "const after = { ...before, ...change };",
    put: "const after = { id: before.id, passwords: before.passwords, ...change };",
    kills: ["updateMobile/success", "updateEmail/success"],
  },
];

const walk: readonly Mutant[] = [
  {
    name: "the checks run from the last to the first",
    file: HANDLE,
    find: "for (const name of entry.checks) {",
    put: "for (const name of [...entry.checks].reverse()) {",
    kills: [
      "*/device-incomplete-before-*",
      "verifyCaptcha/client-unknown-before-*",
      "send*/client-unknown-before-*",
      "login*/client-unknown-before-*",
      "update*/client-unknown-before-*",
      "reset*/client-unknown-before-*",
      "*/id-token-expired-before-*",
      "*/code-missing-before-*",
      "*/code-wrong-before-*",
      "*-before-account-gone",
      "*/taken-*-needs-the-code",
    ],
  },
  {
    name: "a refused request is executed anyway",
    file: HANDLE,
    find: "check.afterFailure?.(context);",
    put: "check.afterFailure?.(context);\n    operation.run(context);",
    kills: ["update*/code-wrong", "resetPasswordByMobile/code-wrong", "updateMobile/mobile-taken"],
  },
];

const store: readonly Mutant[] = [
  {
    name: "concurrent requests do not see each other's changes",
    file: "stores/memory.ts",
    find: "if (!reads.every((read) => recordOf(sandbox, read) === read.value)) return false;",
    put: "if (sandbox !== undefined && reads.some((read) => recordOf(undefined, read) !== undefined)) return false;",
    kills: ["*/same-code-twice-at-once", "*/same-*-many-times-at-once", "*/one-*-for-two-at-once", "*/tries-at-once"],
  },
];

export const commonMutants: readonly Mutant[] = [...tokens, ...codes, ...accounts, ...walk, ...store];
