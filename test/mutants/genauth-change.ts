/** Bugs in genauthUpdatePhone: its tokens and its effect on the account. */
import { casesOf } from "./cases-of.ts";
import type { Mutant } from "./mutant.ts";

const UPDATE = "dialects/genauth/update-phone.ts";
const PERMITS = "core/change-tokens.ts";

const changing = casesOf("genauthUpdatePhone");

const tokens: readonly Mutant[] = [
  {
    name: "a change without a token is reported as not found",
    file: "spec/catalogue.gen.ts",
    find: '"statusCode": 400,\n      "message": {\n        "en": "updatePhoneToken is required"',
    put: '"statusCode": 404,\n      "message": {\n        "en": "updatePhoneToken is required"',
    kills: changing("update-token-missing", "update-phone-token-left-out"),
  },
  {
    name: "a change with an unknown token returns success",
    file: UPDATE,
    find: `(changeTokenOf(context) === undefined ? "this token was never issued" : undefined),
    },
    "update-token-foreign": {
      refuses(context) {
        const isOwn =`,
    put: `undefined,
    },
    "update-token-foreign": {
      refuses(context) {
        const isOwn = changeTokenOf(context) === undefined ||`,
    kills: changing(
      "update-token-unknown",
      "update-token-altered",
      "access-token-is-no-update-token",
      "very-long-values",
    ),
  },
  {
    name: "a token works for any account",
    file: UPDATE,
    find: "return isOwn ? undefined",
    put: "return isOwn !== null ? undefined",
    kills: changing("update-token-foreign", "foreign-update-token-stays-good"),
  },
  {
    name: "a token changes its own account, whichever account sends it",
    file: UPDATE,
    find: `return isOwn ? undefined : "the token was issued for another account";`,
    put: `const changeToken = changeTokenOf(context);
        if (changeToken === undefined || isOwn) return undefined;
        const owner = context.tx.get("account", changeToken.accountId);
        changeAccount(context, owner, { mobile: changeToken.mobile });
        return "the token was issued for another account";`,
    kills: changing("update-token-foreign", "foreign-update-token-stays-good"),
  },
  {
    name: "a token can be used again",
    file: UPDATE,
    find: "return usedAt === undefined ?",
    put: "return usedAt !== null ?",
    kills: changing("update-token-used", "same-token-twice-at-once"),
  },
  {
    name: "a token is not marked as used",
    file: PERMITS,
    find: "{ ...changeToken, usedAt: now }",
    put: "{ ...changeToken }",
    kills: changing("update-token-used"),
  },
  {
    name: "a change token never expires",
    file: UPDATE,
    find: "if (changeToken === undefined || changeToken.expiresAt > context.now) return undefined;",
    put: "if (context !== undefined) return undefined;",
    kills: changing("update-token-expired", "update-token-lifetime", "update-token-expired-before-mobile-taken"),
  },
  {
    name: "a token lives half as long as the response says",
    file: PERMITS,
    find: "now + lifetimeSeconds * SECOND_MS",
    put: "now + (lifetimeSeconds / 2) * SECOND_MS",
    kills: changing("update-token-lifetime"),
  },
  {
    name: "the lifetime of a token is in milliseconds",
    file: "dialects/genauth/verify-update-phone-request.ts",
    find: "tokenExpiresIn: lifetimeSeconds,",
    put: "tokenExpiresIn: lifetimeSeconds * 1_000,",
    kills: changing("update-token-lifetime", "update-token-lifetime-as-stated"),
  },
  {
    name: "a suffix after a token is ignored",
    file: UPDATE,
    find: 'textOf(body.updatePhoneToken) ?? ""',
    put: '(textOf(body.updatePhoneToken) ?? "").slice(0, 64)',
    kills: changing("very-long-values"),
  },
];

const numbers: readonly Mutant[] = [
  {
    name: "a number that another account took after the verification is taken over",
    file: UPDATE,
    find: 'return whyTaken(context.tx, "mobile", mobile, accessToken.account(context));',
    put: "return mobile === null ? mobile : undefined;",
    kills: changing(
      "mobile-taken",
      "taken-number-given-up",
      "one-number-for-two-at-once",
      "flow-taken-by-the-other-system",
    ),
  },
  {
    name: "a change refused for its number uses up the token",
    file: UPDATE,
    find: `    "mobile-taken": {
      refuses(context) {`,
    put: `    "mobile-taken": {
      afterFailure: (context) => useChangeToken(context.tx, tokenText(context), changeTokenOf(context), context.now),
      refuses(context) {`,
    kills: changing("taken-number-given-up"),
  },
  {
    name: "a try by another account uses up the token",
    file: UPDATE,
    find: `    "update-token-foreign": {
      refuses(context) {`,
    put: `    "update-token-foreign": {
      afterFailure: (context) => useChangeToken(context.tx, tokenText(context), changeTokenOf(context), context.now),
      refuses(context) {`,
    kills: changing("foreign-update-token-stays-good"),
  },
  {
    name: "the request may replace the token's number",
    file: UPDATE,
    find: "{ mobile: changeToken.mobile }",
    put: '{ mobile: context.body.phone === undefined ? changeToken.mobile : "+86-".concat(context.body.phone) }',
    kills: changing("token-decides-the-number"),
  },
];

const effects: readonly Mutant[] = [
  {
    name: "GenAuth returns success without changing the number",
    file: UPDATE,
    find: "changeAccount(context, account, { mobile: changeToken.mobile });",
    put: "",
    kills: [
      ...changing(
        "success",
        "profile-shows-the-number",
        "old-number-is-free",
        "first-number",
        "two-changes-at-once",
        "access-token-with-bearer",
        "renamed-app-id",
        "flow-known-to-both-systems",
      ),
      "genauthGetProfile/flow-new-phone",
    ],
  },
  {
    name: "the account named in the request gets the number",
    file: UPDATE,
    find: "changeAccount(context, account, { mobile: changeToken.mobile });",
    put: `const named = context.tx.get("account", String(context.body.userId)) ?? account;
      changeAccount(context, named, { mobile: changeToken.mobile });`,
    kills: changing("own-account-only"),
  },
  {
    name: "a change through GenAuth is not visible in the other dialect",
    file: UPDATE,
    find: "changeAccount(context, account, { mobile: changeToken.mobile });",
    put: 'context.tx.set("account", account.id, { ...account, mobile: changeToken.mobile });',
    kills: changing("old-number-is-free", "new-number-is-taken", "flow-known-to-both-systems"),
  },
  {
    name: "a change through GenAuth deletes the address",
    file: UPDATE,
    find: "{ mobile: changeToken.mobile }",
    put: "{ mobile: changeToken.mobile, email: undefined }",
    kills: changing("success"),
  },
  {
    name: "a change through GenAuth returns the account",
    file: UPDATE,
    find: "return { success: true };",
    put: 'return { success: true, account: "" };',
    kills: changing("success", "same-token-twice-at-once"),
  },
];

export const genauthChangeMutants: readonly Mutant[] = [...tokens, ...numbers, ...effects];
