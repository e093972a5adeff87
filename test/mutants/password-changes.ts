/** Bugs in which account gets the password, with which code, and in the password history. */
import type { Mutant } from "./mutant.ts";

const UPDATE = "dialects/bamboocloud/update-password-by-mobile.ts";
const RESET = "dialects/bamboocloud/reset-password-by-mobile.ts";
const NEW_PASSWORD = "dialects/bamboocloud/new-password.ts";
const ACCOUNTS = "core/accounts.ts";
const ACCOUNT_BY_MOBILE = "dialects/bamboocloud/account-by-mobile.ts";
const CODES = "core/codes.ts";
const OPERATIONS = "spec/operations.gen.ts";

const both = (...names: readonly string[]) => names.map((name) => `*PasswordByMobile/${name}`);

const passwords: readonly Mutant[] = [
  {
    name: "a missing new password is not reported",
    file: NEW_PASSWORD,
    find: 'refuses: ({ body }) => missing("password", body.password),',
    put: "refuses: () => undefined,",
    kills: both("password-missing", "password-left-out"),
  },
  {
    name: "the new password is accepted and not stored",
    file: NEW_PASSWORD,
    find: "changeAccount(context, account, { passwords });",
    put: "",
    kills: both("success", "shortest-password", "own-account-only"),
  },
  {
    name: "the new password becomes the oldest of the history",
    file: ACCOUNTS,
    find: "[password, ...account.passwords]",
    put: "[...account.passwords, password]",
    kills: [
      ...both("success"),
      "resetPasswordByMobile/flow-forgotten-password",
      "updatePasswordByMobile/flow-new-password",
    ],
  },
];

const history: readonly Mutant[] = [
  {
    name: "the current password may be set again",
    file: NEW_PASSWORD,
    find: "?.passwords.slice(0, context.policy.password_history)",
    put: "?.passwords.slice(1, context.policy.password_history)",
    kills: both("password-used-before", "password-used-before-before-password-weak"),
  },
  {
    name: "only the current password counts as used",
    file: NEW_PASSWORD,
    find: "?.passwords.slice(0, context.policy.password_history)",
    put: "?.passwords.slice(0, 1)",
    kills: both("oldest-of-the-history"),
  },
  {
    name: "the history is one password short",
    file: NEW_PASSWORD,
    find: "?.passwords.slice(0, context.policy.password_history)",
    put: "?.passwords.slice(0, context.policy.password_history - 1)",
    kills: both("oldest-of-the-history"),
  },
  {
    name: "the first password of an account is never forgotten",
    file: ACCOUNTS,
    find: "return [password, ...account.passwords].slice(0, Math.max(history, 1));",
    put: "return [...new Set([password, ...account.passwords.slice(0, history - 2), ...account.passwords.slice(-1)])];",
    kills: both("beyond-the-history"),
  },
  {
    name: "another account's first password counts as used",
    file: ACCOUNTS,
    find: "const passwords = seed.password === undefined ? [] : [seed.password];",
    put: `const passwords = [seed.password, createAccount.last].filter((one) => one !== undefined);
  createAccount.last = seed.password;`,
    kills: both("what-others-have"),
  },
];

const codes: readonly Mutant[] = [
  {
    name: "a receiver without a sent code accepts any code for a new password",
    file: CODES,
    find: 'return { verdict: "unknown", why: `no',
    put: 'return { verdict: "valid", why: `no',
    kills: both("code-unknown", "only-a-code-of-another-scene"),
  },
  {
    name: "password codes are stored by receiver, without their scene",
    file: CODES,
    find: "function recordId({ scene, receiver }: CodeKey): string {",
    put: "function recordId({ scene, receiver }: CodeKey): string {\n  return receiver;",
    kills: both("code-of-another-scene", "only-a-code-of-another-scene"),
  },
  {
    name: "password codes are stored by scene, without their receiver",
    file: CODES,
    find: "function recordId({ scene, receiver }: CodeKey): string {",
    put: "function recordId({ scene, receiver }: CodeKey): string {\n  return scene;",
    kills: both("code-of-another-receiver"),
  },
  {
    name: "a change accepts the code of a reset",
    file: UPDATE,
    find: '"UPDATE_PWD_SMS"',
    put: '"FORGET_PWD_SMS"',
    kills: ["updatePasswordByMobile/success", "updatePasswordByMobile/*code-of-another-scene"],
  },
  {
    name: "a reset accepts the code of a change",
    file: RESET,
    find: '"FORGET_PWD_SMS"',
    put: '"UPDATE_PWD_SMS"',
    kills: ["resetPasswordByMobile/success", "resetPasswordByMobile/*code-of-another-scene"],
  },
  {
    name: "a code expires a minute early",
    file: CODES,
    find: "if (found.expiresAt <= now)",
    put: "if (found.expiresAt - 60_000 <= now)",
    kills: both("code-lifetime"),
  },
  {
    name: "the newest code is stored as the oldest",
    file: CODES,
    find: "...(policy.code_supersedes ? earlier.slice(-REMEMBERED_REPLACED_CODES) : earlier), issued]",
    put: "issued, ...(policy.code_supersedes ? earlier.slice(-REMEMBERED_REPLACED_CODES) : earlier)]",
    kills: both("newer-sent-code-counts", "code-superseded"),
  },
];

const signedIn: readonly Mutant[] = [
  {
    name: "the number in the body selects the account, not the token",
    file: UPDATE,
    find: "const password = newPasswordOf<UpdateCall>(signedInAccount);",
    put: `import { accountOfMobile } from "./account-by-mobile.ts";
const password = newPasswordOf<UpdateCall>((context) => accountOfMobile(context) ?? signedInAccount(context));`,
    kills: ["updatePasswordByMobile/token-decides"],
  },
  {
    name: "the id in the body selects the account, not the token",
    file: UPDATE,
    find: "newPasswordOf<UpdateCall>(signedInAccount)",
    put: `newPasswordOf<UpdateCall>(
  (context) => context.tx.get("account", String(context.body.id)) ?? signedInAccount(context),
)`,
    kills: ["updatePasswordByMobile/own-account-only"],
  },
  {
    name: "an account without a number sets a new password with any code",
    file: UPDATE,
    find: "account !== undefined && account.mobile === undefined",
    put: "account?.mobile === null",
    kills: [
      "updatePasswordByMobile/account-without-mobile",
      "updatePasswordByMobile/account-without-mobile-before-code-wrong",
    ],
  },
  {
    name: "a deleted account sets a new password with any code",
    file: UPDATE,
    find: '"account-gone": accountGone,',
    put: '"account-gone": { refuses: () => undefined },',
    kills: ["updatePasswordByMobile/account-gone", "updatePasswordByMobile/account-gone-before-code-wrong"],
  },
  {
    name: "a password change checks the code before the token",
    file: OPERATIONS,
    find: '"id-token-invalid",\n      "id-token-expired",\n      "code-missing",\n      "account-without-mobile",',
    put: '"code-missing",\n      "id-token-invalid",\n      "id-token-expired",\n      "account-without-mobile",',
    kills: [
      "updatePasswordByMobile/id-token-invalid-before-code-missing",
      "updatePasswordByMobile/id-token-expired-before-code-missing",
    ],
  },
];

const forgotten: readonly Mutant[] = [
  {
    name: "a reset without a number is reported as an unknown account",
    file: ACCOUNT_BY_MOBILE,
    find: 'refuses: ({ body }) => missing("mobile", body.mobile),',
    put: "refuses: () => undefined,",
    kills: [
      "resetPasswordByMobile/mobile-missing",
      "resetPasswordByMobile/mobile-left-out",
      "resetPasswordByMobile/mobile-missing-before-password-missing",
    ],
  },
  {
    name: "a reset for an unknown account succeeds without an effect",
    file: RESET,
    find: '"account-unknown": accountUnknown,',
    put: '"account-unknown": { refuses: () => undefined },',
    kills: ["resetPasswordByMobile/account-unknown", "resetPasswordByMobile/number-of-deleted-account"],
  },
  {
    name: "a reset checks the code before the account",
    file: OPERATIONS,
    find: `"account-unknown",
      "code-unknown",
      "code-wrong",
      "code-superseded",
      "code-used",
      "code-expired",
      "code-exhausted",
      "password-missing",`,
    put: `"code-unknown",
      "code-wrong",
      "code-superseded",
      "code-used",
      "code-expired",
      "code-exhausted",
      "account-unknown",
      "password-missing",`,
    kills: ["resetPasswordByMobile/account-unknown-before-code-wrong"],
  },
  {
    name: "a reset uses the account of the user name in the body",
    file: ACCOUNT_BY_MOBILE,
    find: 'return mobile === undefined ? undefined : accountBy(context.tx, "mobile", mobile);',
    put: `const named = accountBy(context.tx, "username", String(context.body.username));
  return named ?? (mobile === undefined ? undefined : accountBy(context.tx, "mobile", mobile));`,
    kills: ["resetPasswordByMobile/own-account-only"],
  },
  {
    name: "a reset looks up the code without normalising the number",
    file: RESET,
    find: "const receiver = canonicalMobile(context);",
    put: "const receiver = canonicalMobile(context) && String(context.body.mobile);",
    kills: ["resetPasswordByMobile/number-forms"],
  },
  {
    name: "a reset without a language is refused",
    file: RESET,
    find: '"device-incomplete": deviceIncomplete,',
    put: `"device-incomplete": {
      refuses: (context) => (context.headers["x-l"] === undefined ? "no language" : deviceIncomplete.refuses(context)),
    },`,
    kills: ["resetPasswordByMobile/language-not-told"],
  },
];

export const passwordChangeMutants: readonly Mutant[] = [...passwords, ...history, ...codes, ...signedIn, ...forgotten];
