/** Bugs in updateEmail, and in addresses. */
import type { Mutant } from "./mutant.ts";

const UPDATE_EMAIL = "dialects/bamboocloud/update-email.ts";
const EMAIL = "core/email.ts";
const OPERATIONS = "spec/operations.gen.ts";

const checks: readonly Mutant[] = [
  {
    name: "an account without an address keeps none",
    file: "core/accounts.ts",
    find: "  const after = { ...before, ...change };",
    put: "  if (before.email === undefined) return;\n  const after = { ...before, ...change };",
    kills: ["updateEmail/first-address"],
  },
  {
    name: "a missing address is reported as one without a code",
    file: OPERATIONS,
    find: '"new-email-missing",\n      "email-malformed",\n      "code-unknown",',
    put: '"code-unknown",\n      "new-email-missing",\n      "email-malformed",',
    kills: ["updateEmail/new-email-missing", "updateEmail/email-left-out", "updateEmail/new-email-missing-before-*"],
  },
  {
    name: "a malformed address is reported as a missing token",
    file: UPDATE_EMAIL,
    find: '"id-token-missing": idTokenMissing',
    put: `"id-token-missing": {
      refuses: (context) => idTokenMissing.refuses(context) ?? (newEmail(context) === "" ? "malformed" : undefined),
    }`,
    kills: ["updateEmail/email-malformed", "updateEmail/malformed-emails", "updateEmail/email-malformed-before-*"],
  },
  {
    name: "any text with an @ is an address",
    file: EMAIL,
    find: "!ADDRESS.test(input)",
    put: '!input.includes("@")',
    kills: ["updateEmail/malformed-address-with-its-code"],
  },
  {
    name: "an address without a sent code accepts any code",
    file: UPDATE_EMAIL,
    find: `    "code-unknown": code.unknown,
    "code-wrong": code.wrong,`,
    put: `    "code-unknown": { refuses: () => undefined },
    "code-wrong": {
      refuses: (context) => (code.unknown.refuses(context) ? undefined : code.wrong.refuses(context)),
    },`,
    kills: ["updateEmail/code-unknown", "updateEmail/only-a-code-of-another-scene"],
  },
  {
    name: "the account's own address needs no code",
    file: UPDATE_EMAIL,
    find: '"code-unknown": code.unknown',
    put: `"code-unknown": {
      refuses: (context) => (signedInAccount(context)?.email === newEmail(context) ? "its own" : undefined),
    }`,
    kills: ["updateEmail/email-own"],
  },
  {
    name: "the account's own address is reported as a missing token",
    file: UPDATE_EMAIL,
    find: '"id-token-missing": idTokenMissing',
    put: `"id-token-missing": {
      refuses(context) {
        const account = signedInAccount(context);
        return account === undefined || account.email === newEmail(context) ? "its own" : undefined;
      },
    }`,
    kills: ["updateEmail/email-own", "updateEmail/own-address-in-another-form"],
  },
  {
    name: "the address of another account can be taken over",
    file: UPDATE_EMAIL,
    find: 'whyTaken(context.tx, "email", newEmail(context), signedInAccount(context))',
    put: "undefined",
    kills: ["updateEmail/email-taken", "updateEmail/taken-address-forms", "updateEmail/new-address-is-taken"],
  },
  {
    name: "whether an address is taken depends on its case",
    file: UPDATE_EMAIL,
    find: 'whyTaken(context.tx, "email", newEmail(context)',
    put: 'whyTaken(context.tx, "email", String(context.body.email)',
    kills: ["updateEmail/taken-address-forms"],
  },
  {
    name: "a code works only for the address as typed",
    file: UPDATE_EMAIL,
    find: "receiver: newEmail(context) }",
    put: "receiver: String(context.body.email) }",
    kills: ["updateEmail/address-forms"],
  },
  {
    name: "a change of address checks the code before the id_token",
    file: OPERATIONS,
    find: '"id-token-missing",\n      "id-token-invalid",\n      "id-token-expired",\n      "code-missing",\n      "new-email-missing",',
    put: '"code-missing",\n      "id-token-missing",\n      "id-token-invalid",\n      "id-token-expired",\n      "new-email-missing",',
    kills: ["updateEmail/id-token-invalid-before-code-missing"],
  },
  {
    name: "a taken address is reported before its code is checked",
    file: OPERATIONS,
    find: `"code-unknown",
      "code-wrong",
      "code-superseded",
      "code-used",
      "code-expired",
      "code-exhausted",
      "email-own",
      "email-taken",`,
    put: `"email-own",
      "email-taken",
      "code-unknown",
      "code-wrong",
      "code-superseded",
      "code-used",
      "code-expired",
      "code-exhausted",`,
    kills: ["updateEmail/code-wrong-before-email-taken"],
  },
];

const effects: readonly Mutant[] = [
  {
    name: "a change of address returns success and changes nothing",
    file: UPDATE_EMAIL,
    find: "if (account !== undefined) changeAccount(",
    put: "if (account === undefined) changeAccount(",
    kills: ["updateEmail/success", "updateEmail/address-forms", "updateEmail/two-changes-at-once"],
  },
  {
    name: "the old address stays taken",
    file: UPDATE_EMAIL,
    find: "changeAccount(context, account, {",
    put: "changeAccount(context, { ...account, email: undefined }, {",
    kills: ["updateEmail/old-address-is-free"],
  },
  {
    name: "the new address is missing in the index of addresses",
    file: UPDATE_EMAIL,
    find: "changeAccount(context, account, { email: newEmail(context) })",
    put: 'context.tx.set("account", account.id, { ...account, email: newEmail(context) })',
    kills: ["updateEmail/old-address-is-free", "updateEmail/new-address-is-taken"],
  },
  {
    name: "a change of address also changes the user name",
    file: UPDATE_EMAIL,
    find: "{ email: newEmail(context) }",
    put: "{ email: newEmail(context), username: newEmail(context) }",
    kills: ["updateEmail/success"],
  },
  {
    name: "the user name in the body selects the account to change",
    file: UPDATE_EMAIL,
    find: "const account = signedInAccount(context);",
    put: `const named = context.tx.get("username", String(context.body.username));
    const account = named === undefined ? signedInAccount(context) : context.tx.get("account", named);`,
    kills: ["updateEmail/own-account-only"],
  },
];

export const updateEmailMutants: readonly Mutant[] = [...checks, ...effects];
