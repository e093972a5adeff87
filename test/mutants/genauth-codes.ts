/** Bugs in the codes of a verification: receivers, lifetime and number of uses. */
import { casesOf } from "./cases-of.ts";
import type { Mutant } from "./mutant.ts";

const VERIFY = "dialects/genauth/verify-update-phone-request.ts";
const CODE_PLACE = "dialects/genauth/code-key.ts";
const CODES = "core/codes.ts";

const verifying = casesOf("genauthVerifyUpdatePhoneRequest");

const newCodes: readonly Mutant[] = [
  {
    name: "a phone without a sent code accepts any code",
    file: CODES,
    find: 'return { verdict: "unknown", why:',
    put: 'return { verdict: "valid", why:',
    kills: verifying("code-unknown", "only-a-code-of-another-scene", "new-country-code-counts"),
  },
  {
    name: "only the first digits of a code are compared",
    file: CODES,
    find: "issued.code === code",
    put: "issued.code.slice(0, -1) === code.slice(0, -1)",
    kills: verifying("code-wrong", "old-code-wrong", "code-wrong-before-old-code-expired", "wrong-*"),
  },
  {
    name: "an older code stays valid after it was replaced",
    file: CODES,
    find: "if (policy.code_supersedes && index < record.issued.length - 1)",
    put: "if (policy.code_supersedes && index < 0)",
    kills: verifying("code-superseded", "old-code-superseded", "newer-sent-code-counts"),
  },
  {
    name: "the code of the new number is not used up",
    file: VERIFY,
    find: "newCode.redeem(context);",
    put: "",
    kills: verifying("code-used", "same-code-twice-at-once"),
  },
  {
    name: "a GenAuth code never expires",
    file: CODES,
    find: "if (found.expiresAt <= now)",
    put: "if (found.expiresAt < 0)",
    kills: verifying("code-expired", "old-code-expired", "code-lifetime"),
  },
  {
    name: "GenAuth codes live as long as Bamboocloud codes",
    file: "core/messages.ts",
    find: "const expiresAt = now + policy.code_ttl_seconds * SECOND_MS;",
    put: "const expiresAt = now + Math.max(policy.code_ttl_seconds, 300) * SECOND_MS;",
    kills: verifying("code-lifetime"),
  },
  {
    name: "wrong tries are not counted when several channels are possible",
    file: CODE_PLACE,
    find: "for (const key of keysOf(context)) countFailure(",
    put: "for (const key of keysOf(context).slice(0, 0)) countFailure(",
    kills: verifying("code-exhausted", "old-code-exhausted", "old-codes-exhausted-together"),
  },
  {
    name: "a wrong try counts for the first channel only",
    file: CODE_PLACE,
    find: "for (const key of keysOf(context)) countFailure(",
    put: "for (const key of keysOf(context).slice(0, 1)) countFailure(",
    kills: verifying("old-codes-exhausted-together"),
  },
  {
    name: "the last allowed try is refused",
    file: CODES,
    find: "found.failures >= policy.code_max_attempts",
    put: "found.failures + 1 >= policy.code_max_attempts",
    kills: verifying("last-try-is-good"),
  },
  {
    name: "one wrong try uses up the code",
    file: CODES,
    find: "failures: code.failures + 1",
    put: "failures: code.failures + policy.code_max_attempts",
    kills: verifying("wrong-try-keeps-the-code", "last-try-is-good", "wrong-old-code-keeps-both"),
  },
  {
    name: "a code of any channel proves a number",
    file: CODE_PLACE,
    find: "channelsOf(context).map((scene) => ({ scene, receiver }));",
    put: `["BIND_PHONE", "UNBIND_PHONE", "REGISTER", "LOGIN", "RESET_PASSWORD"].map((name) => ({
      scene: \`CHANNEL_\${name}\`,
      receiver,
    }));`,
    kills: verifying("code-of-another-scene", "only-a-code-of-another-scene", "old-code-of-another-channel"),
  },
  {
    name: "only the first of several channels proves a number",
    file: CODE_PLACE,
    find: "channelsOf(context).map((scene) => ({ scene, receiver }));",
    put: "channelsOf(context).slice(0, 1).map((scene) => ({ scene, receiver }));",
    kills: verifying("each-new-channel", "each-old-channel"),
  },
  {
    name: "a GenAuth code works for any receiver",
    file: CODES,
    find: "function recordId({ scene, receiver }: CodeKey): string {\n",
    put: "function recordId({ scene, receiver }: CodeKey): string {\n  if (scene !== receiver) return scene;\n",
    kills: verifying("code-of-another-receiver", "old-code-of-another-number", "new-country-code-counts"),
  },
  {
    name: "a code works for any scene of either dialect",
    file: CODES,
    find: "function recordId({ scene, receiver }: CodeKey): string {\n",
    put: "function recordId({ scene, receiver }: CodeKey): string {\n  if (scene !== receiver) return receiver;\n",
    kills: verifying("code-of-the-other-system", "code-of-another-scene"),
  },
];

const oldCodes: readonly Mutant[] = [
  {
    name: "the code of the old number is not used up",
    file: VERIFY,
    find: "oldCode.redeem(context);",
    put: "",
    kills: verifying("old-code-used"),
  },
  {
    name: "a wrong code for the old number uses up the code of the new one",
    file: VERIFY,
    find: "afterFailure: (context) => refusing(context)?.check.afterFailure?.(context),",
    put: "afterFailure: (context) => newCode.redeem(context),",
    kills: verifying("wrong-old-code-keeps-both"),
  },
  {
    name: "the code of the old number is not checked",
    file: VERIFY,
    find: '"old-code-wrong": anyOf(oldCode.wrong, oldCode.superseded, oldCode.used, oldCode.exhausted),',
    put: '"old-code-wrong": { refuses: () => undefined },',
    kills: verifying(
      "old-code-wrong",
      "old-code-superseded",
      "old-code-used",
      "old-code-exhausted",
      "old-code-of-*",
      "old-codes-exhausted-together",
    ),
  },
  {
    name: "an expired code proves the old number",
    file: VERIFY,
    find: '"old-code-expired": oldCode.expired,',
    put: '"old-code-expired": { refuses: () => undefined },',
    kills: verifying("old-code-expired"),
  },
  {
    name: "the code of the new number also proves the old one",
    file: VERIFY,
    find: '(context) => oldCodeText(context) ?? (isOldPhoneGiven(context) ? "" : undefined),',
    put: `(context) =>
    oldCodeText(context) === newCodeText(context) ? undefined : oldCodeText(context) ?? (isOldPhoneGiven(context) ? "" : undefined),`,
    kills: verifying("old-code-of-another-number"),
  },
];

export const genauthCodeMutants: readonly Mutant[] = [...newCodes, ...oldCodes];
