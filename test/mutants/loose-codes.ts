/** Bugs in the comparison of codes, in the count of wrong attempts, and in what a code outlives. */
import type { Mutant } from "./mutant.ts";

const CODES = "core/codes.ts";
const COMPARISON = "issued.code === code";
const FIELDS = "dialect-kit/fields.ts";
const TEXT = 'return typeof value === "string" && value.trim() !== "" ? value : undefined;';

const comparisons: readonly Mutant[] = [
  {
    name: "the beginning of a code is accepted",
    file: CODES,
    find: COMPARISON,
    put: "issued.code.startsWith(code)",
    kills: ["*/near-codes", "*/near-old-codes"],
  },
  {
    name: "more characters after a code are ignored",
    file: CODES,
    find: COMPARISON,
    put: "code.startsWith(issued.code)",
    kills: ["*/near-codes", "*/near-old-codes"],
  },
  {
    name: "codes are compared as numbers",
    file: CODES,
    find: COMPARISON,
    put: "Number(issued.code) === Number(code)",
    kills: ["*/near-codes", "*/code-in-another-form", "*/old-code-in-another-form"],
  },
  {
    name: "a code is a pattern of SQL",
    file: CODES,
    find: COMPARISON,
    put: `new RegExp(code.replace(/[^\\w%]/g, "").replaceAll("%", ".*").replaceAll("_", ".").replace(/.*/, "^$&$")).test(issued.code)`,
    kills: ["*/near-codes", "*/near-old-codes"],
  },
  {
    name: "a code is any word of a list",
    file: CODES,
    find: COMPARISON,
    put: "code.split(/[ ,]/).includes(issued.code)",
    kills: ["*/near-codes", "*/near-old-codes"],
  },
  {
    name: "a code may have digits of any width",
    file: CODES,
    find: COMPARISON,
    put: 'issued.code === code.normalize("NFKC")',
    kills: ["*/code-in-another-form", "*/old-code-in-another-form"],
  },
  {
    name: "blanks around a code are ignored",
    file: CODES,
    find: COMPARISON,
    put: "issued.code === code.trim()",
    kills: ["*/code-in-another-form", "*/old-code-in-another-form"],
  },
  {
    name: "the last element of a list counts as the value",
    file: FIELDS,
    find: TEXT,
    put: `if (Array.isArray(value)) return textOf(value.at(-1));\n  ${TEXT}`,
    kills: ["*/near-codes", "*/near-old-codes", "*/code-in-another-form", "*/old-code-in-another-form"],
  },
  {
    name: "a number counts as its digits",
    file: FIELDS,
    find: TEXT,
    put: `if (typeof value === "number") return String(value);\n  ${TEXT}`,
    kills: ["*/code-in-another-form", "*/old-code-in-another-form"],
  },
];

const counts: readonly Mutant[] = [
  {
    name: "too many wrong attempts count for the plain form of a receiver only",
    file: "dialect-kit/code-checks.ts",
    find: 'exhausted: refusesFor("exhausted"),',
    // The type of the check hides the fields of the body.
    put: `exhausted: {
      refuses(context) {
        const { mobile, email } = (context as unknown as { body: Record<string, unknown> }).body;
        return /^[1a-z]/.test(String(mobile ?? email)) ? refusesFor("exhausted").refuses(context) : undefined;
      },
    },`,
    kills: ["*/tries-in-every-form"],
  },
  {
    name: "a code is kept for its scene, whoever receives it",
    file: CODES,
    find: `\`\${scene} \${receiver}\``,
    put: "scene",
    kills: ["*/tries-of-another-receiver", "*/code-of-another-receiver"],
  },
  {
    name: "a receiver that got no code accepts any code",
    file: CODES,
    find: 'return { verdict: "unknown",',
    put: 'return { verdict: "valid",',
    kills: ["*/only-a-code-of-another-scene", "*/only-a-code-of-another-receiver"],
  },
  {
    name: "a right code is used up by a refused request, which the policy denies",
    file: "dialect-kit/code-checks.ts",
    find: "context.policy.code_used_when_refused && isRight",
    put: "isRight",
    kills: ["*/password-length"],
  },
  {
    name: "a refusal shows what the request has written",
    file: "engine/handle.ts",
    find: "return { response: refusal(context, name, check, dialect), operation: entry.id, decidedBy: name, why };",
    put: `const response = refusal(context, name, check, dialect);
    const headers = { ...response.headers, "x-debug": JSON.stringify(context.tx.changes) };
    return { response: { ...response, headers }, operation: entry.id, decidedBy: name, why };`,
    kills: ["*/refusal-hides-the-code"],
  },
];

const lives: readonly Mutant[] = [
  {
    name: "the codes of an account follow it to its new number",
    file: "dialects/bamboocloud/update-mobile.ts",
    find: "if (account !== undefined) changeAccount(context, account, { mobile: newMobile(context) });",
    put: `if (account === undefined) return;
    const codes = context.tx.get("code", \`UPDATE_PWD_SMS \${account.mobile}\`);
    if (codes !== undefined) context.tx.set("code", \`UPDATE_PWD_SMS \${newMobile(context)}\`, codes);
    changeAccount(context, account, { mobile: newMobile(context) });`,
    // The mutant changes another operation than the one whose case notices it.
    kills: ["updatePasswordByMobile/code-to-the-old-number"],
  },
  {
    name: "a deleted account can still sign in",
    file: "core/accounts.ts",
    find: `tx.delete("account", account.id);
  for (const identifier of IDENTIFIERS) {`,
    put: `tx.set("account", account.id, account);
  for (const identifier of []) {`,
    kills: ["loginByMobileCode/number-of-deleted-account", "resetPasswordByMobile/number-of-deleted-account"],
  },
];

export const looseCodeMutants: readonly Mutant[] = [...comparisons, ...counts, ...lives];
