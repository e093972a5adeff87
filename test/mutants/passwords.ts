/** Bugs in the rules of a new password, except the history. */
import type { Mutant } from "./mutant.ts";

const RULES = "core/passwords.ts";
const NEW_PASSWORD = "dialects/bamboocloud/new-password.ts";
const HANDLE = "engine/handle.ts";

const both = (...names: readonly string[]) => names.map((name) => `*PasswordByMobile/${name}`);

const identity: readonly Mutant[] = [
  {
    name: "the reversed user name is not checked",
    file: RULES,
    find: "charactersOf(username).reverse().join",
    put: "charactersOf(username).join",
    kills: both("password-reversed-username"),
  },
  {
    name: "the reversed user name is reported as part of the identity",
    file: NEW_PASSWORD,
    find: "hasReversed(passwordOf(context), username, context.policy)\n",
    put: "username === null\n",
    kills: both("password-reversed-username", "password-reversed-username-before-password-contains-identity"),
  },
  {
    name: "a part of the identity is refused only as the whole password",
    file: RULES,
    find: "return compared(password, ignoresCase).includes(compared(part, ignoresCase));",
    put: "return compared(password, ignoresCase) === compared(part, ignoresCase);",
    kills: both(
      "password-contains-identity",
      "contains-mobile-number",
      "contains-email-prefix",
      "password-reversed-username-before-*",
      "contains-reversed-username",
    ),
  },
  {
    name: "the password may contain the user name",
    file: NEW_PASSWORD,
    find: 'if (contains(username)) return "user name";',
    put: "",
    kills: both("password-contains-identity", "password-contains-identity-before-password-too-simple"),
  },
  {
    name: "the number is searched with its area code",
    file: NEW_PASSWORD,
    find: "mobile && nationalPart(mobile)",
    put: "mobile",
    kills: both("contains-mobile-number"),
  },
  {
    name: "the e-mail address is searched as a whole",
    file: NEW_PASSWORD,
    find: "email && localPart(email)",
    put: "email",
    kills: both("contains-email-prefix"),
  },
  {
    name: "the name is searched in Chinese characters",
    file: NEW_PASSWORD,
    find: "services.romanize(name)",
    put: "[name]",
    kills: both("contains-name-in-pinyin"),
  },
  {
    name: "the name in pinyin is searched with its tones",
    file: "lib/romanize.ts",
    find: 'toneType: "none"',
    put: 'toneType: "symbol"',
    kills: both("contains-name-in-pinyin"),
  },
];

const classes: readonly Mutant[] = [
  {
    name: "the simplicity of a password is not checked",
    file: NEW_PASSWORD,
    find: "if (classes >= context.policy.password_min_classes) return undefined;",
    put: "if (classes > 0) return undefined;",
    kills: both("password-too-simple", "one-class-too-few", "password-too-simple-before-password-weak"),
  },
  {
    name: "one class of characters less than required is accepted",
    file: NEW_PASSWORD,
    find: "classes >= context.policy.password_min_classes",
    put: "classes >= context.policy.password_min_classes - 1",
    kills: both("one-class-too-few"),
  },
  {
    name: "special characters do not count as a class",
    file: RULES,
    find: String.raw`/\d/, /[^A-Za-z\d]/]`,
    put: String.raw`/\d/]`,
    kills: both("just-enough-classes"),
  },
  {
    name: "upper and lower case count as one class",
    file: RULES,
    find: "/[A-Z]/, /[a-z]/",
    put: "/[A-Za-z]/",
    kills: both("just-enough-classes"),
  },
  {
    name: "special characters count as letters of both cases",
    file: RULES,
    find: "/[A-Z]/, /[a-z]/",
    put: "/[^a-z0-9]/, /[^A-Z0-9]/",
    kills: both("one-class-too-few"),
  },
  {
    name: "the text does not say what a simple password lacks",
    file: NEW_PASSWORD,
    find: "params: ({ password_min_classes: least }) => [",
    put: "lacks: ({ password_min_classes: least }) => [",
    kills: both("password-too-simple", "one-class-too-few"),
  },
];

const weak: readonly Mutant[] = [
  {
    name: "the list of weak passwords cannot be changed",
    file: NEW_PASSWORD,
    find: "isWeak(passwordOf(context), context.policy)",
    put: 'isWeak(passwordOf(context), { ...context.policy, password_weak_list: ["Passw0rd", "Password1", "Qwerty123"] })',
    kills: both("password-weak", "password-weak-before-password-repeats"),
  },
  {
    name: "the list of weak passwords works only in lower case",
    file: RULES,
    find: "list.some((weak) => compared(weak, ignoresCase) === wanted)",
    put: "list.includes(wanted)",
    kills: both("password-weak", "password-weak-before-password-repeats"),
  },
];

const repeats: readonly Mutant[] = [
  {
    name: "repeated characters are not checked",
    file: NEW_PASSWORD,
    find: "if (repeats <= most) return undefined;",
    put: "if (repeats <= context.policy.password_max_length) return undefined;",
    kills: both("password-repeats", "one-repeat-too-many"),
  },
  {
    name: "a character may repeat once more than allowed",
    file: NEW_PASSWORD,
    find: "if (repeats <= most) return undefined;",
    put: "if (repeats <= most + 1) return undefined;",
    kills: both("one-repeat-too-many"),
  },
  {
    name: "a character may not repeat as often as allowed",
    file: NEW_PASSWORD,
    find: "if (repeats <= most) return undefined;",
    put: "if (repeats < most) return undefined;",
    kills: both("longest-repeat"),
  },
  {
    name: "the text about repeated characters names the first number that is too many",
    file: NEW_PASSWORD,
    find: "params: (policy) => [policy.password_max_repeat]",
    put: "params: (policy) => [policy.password_max_repeat + 1]",
    kills: both("password-repeats", "one-repeat-too-many", "password-repeats-before-password-length"),
  },
];

const length: readonly Mutant[] = [
  {
    name: "a short password is accepted",
    file: NEW_PASSWORD,
    find: "length < least || length > most",
    put: "length > most",
    kills: both("password-length", "one-character-too-few"),
  },
  {
    name: "a long password is accepted",
    file: NEW_PASSWORD,
    find: "length < least || length > most",
    put: "length < least",
    kills: both("one-character-too-many", "very-long-values"),
  },
  {
    name: "a password of the minimum length is refused",
    file: NEW_PASSWORD,
    find: "length < least",
    put: "length <= least",
    kills: both("shortest-password"),
  },
  {
    name: "a password of the maximum length is refused",
    file: NEW_PASSWORD,
    find: "length > most",
    put: "length >= most",
    kills: both("longest-password"),
  },
  {
    name: "the text about the length names the maximum first",
    file: NEW_PASSWORD,
    find: "[policy.password_min_length, policy.password_max_length]",
    put: "[policy.password_max_length, policy.password_min_length]",
    kills: both("password-length", "one-character-too-few", "one-character-too-many"),
  },
];

const walk: readonly Mutant[] = [
  {
    name: "the password rules are checked from the last to the first",
    file: HANDLE,
    find: "for (const name of entry.checks) {",
    put: `const rules = entry.checks.filter((name) => /^password-(?!missing)/.test(name)).reverse();
  for (const name of [...entry.checks.filter((name) => !rules.includes(name)), ...rules]) {`,
    kills: both("password-*-before-password-*"),
  },
  {
    name: "a refused password is set anyway",
    file: HANDLE,
    find: "check.afterFailure?.(context);",
    put: 'check.afterFailure?.(context);\n    if (name.startsWith("password-")) operation.run(context);',
    kills: both("password-too-simple", "password-contains-identity", "one-character-too-few", "contains-mobile-number"),
  },
];

export const passwordMutants: readonly Mutant[] = [...identity, ...classes, ...weak, ...repeats, ...length, ...walk];
