/** The rules of passwords. Knows nothing of HTTP. */
import { pinyin } from "pinyin-pro";
import type { Figures } from "./figures.ts";
import type { PasswordChoices } from "./options.ts";

export type PasswordMistake =
  | "password-length"
  | "password-too-simple"
  | "password-repeats"
  | "password-weak"
  | "password-contains-identity"
  | "password-reversed-username"
  | "password-used-before";

export interface Person {
  readonly mobile: string | null;
  readonly email: string | null;
  readonly username: string | null;
  readonly name: string | null;
  /** The newest first. */
  readonly passwords: readonly string[];
}

interface PasswordRules {
  readonly figures: Figures;
  readonly choices: PasswordChoices;
}

type Judge = (password: string, rules: PasswordRules, person: Person) => boolean;

/** Whether a password makes this mistake. */
export const passwordMistakes: Readonly<Record<PasswordMistake, Judge>> = {
  "password-length": (password, { figures, choices }) => {
    const length = lengths[choices.length](password);
    return length < figures.password_min_length || length > figures.password_max_length;
  },
  "password-too-simple": (password, { figures }) =>
    [/[A-Z]/, /[a-z]/, /\d/, /[^A-Za-z\d]/].filter((kind) => kind.test(password)).length < figures.password_min_classes,
  "password-repeats": (password, { figures }) =>
    repeats[figures.password_repeat_counting](password) > figures.password_max_repeat,
  "password-weak": (password, { figures }) => {
    const same = figures.password_weak_list_ignores_case
      ? (text: string) => text.toLowerCase()
      : (text: string) => text;
    return figures.password_weak_list.some((weak) => same(weak) === same(password));
  },
  "password-contains-identity": (password, rules, person) =>
    [person.username ?? "", ...identityOf(person, rules)].some((part) => contains(password, part, rules)),
  "password-reversed-username": (password, rules, { username }) => {
    const reversed = [...(username ?? "")].reverse().join("");
    if (rules.figures.password_reversed_username === "contained") return contains(password, reversed, rules);
    return reversed !== "" && inCase(password, rules) === inCase(reversed, rules);
  },
  "password-used-before": (password, { figures }, { passwords }) =>
    passwords.slice(0, figures.password_history).includes(password),
};

const lengths: Readonly<Record<PasswordChoices["length"], (text: string) => number>> = {
  "code-points": (text) => [...text].length,
  "code-units": (text) => text.length,
  bytes: (text) => Buffer.byteLength(text),
};

const repeats: Readonly<Record<Figures["password_repeat_counting"], (text: string) => number>> = {
  run: longestRun,
  total: mostOfOne,
};

function longestRun(text: string): number {
  let longest = 0;
  let run = 0;
  let previous: string | undefined;
  for (const character of text) {
    run = character === previous ? run + 1 : 1;
    previous = character;
    longest = Math.max(longest, run);
  }
  return longest;
}

function mostOfOne(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  return Math.max(0, ...counts.values());
}

function inCase(text: string, { figures }: PasswordRules): string {
  return figures.password_identity_ignores_case ? text.toLowerCase() : text;
}

function contains(password: string, part: string, rules: PasswordRules): boolean {
  return part.length >= rules.choices.shortestIdentity && inCase(password, rules).includes(inCase(part, rules));
}

function identityOf({ mobile, email, name }: Person, { choices }: PasswordRules): readonly string[] {
  return [
    mobile?.replace(/^\+(?:852|853|886)?/, "") ?? "",
    email?.split("@")[0] ?? "",
    ...(name === null ? [] : spelledNames(name, choices)),
  ];
}

/** 张三 and "Zhang San" are both zhangsan; with `either`, also sanzhang. */
function spelledNames(name: string, choices: PasswordChoices): readonly string[] {
  const words = pinyin(name, { toneType: "none", surname: "head", nonZh: "consecutive", v: true }).split(/\s+/);
  const whole = words.join("");
  return choices.pinyin === "either" ? [whole, [...words].reverse().join("")] : [whole];
}
