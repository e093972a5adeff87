/** The form of a number, an address and a password. Knows nothing of HTTP or of accounts. */
import { pinyin } from "pinyin-pro";
import {
  PASSWORD_HISTORY,
  PASSWORD_MAX_LENGTH,
  PASSWORD_MAX_REPEAT,
  PASSWORD_MIN_CLASSES,
  PASSWORD_MIN_LENGTH,
  WEAK_PASSWORDS,
} from "./policy.ts";
import type { ErrorCode } from "./texts.ts";

/** The countries whose rules the vendor publishes (page get-country-codes), each with its national digits. */
const countries: readonly { readonly prefix: string; readonly form: RegExp }[] = [
  { prefix: "", form: /^(?:\+86)?-?(1\d{10})$/ },
  { prefix: "+852", form: /^\+852-?0?([14-9](?:\d{7}|\d{8}|\d{12}))$/ },
  { prefix: "+886", form: /^\+886-?([679](?:\d{7}|\d{8}))$/ },
  { prefix: "+853", form: /^\+853-?0?([14-9](?:\d{7}|\d{8}|\d{12}))$/ },
];
const elsewhere = /^\+(?!86|852|853|886)([1-9]\d{0,2})-?(\d{5,12})$/;

/** The canonical number: eleven digits for mainland China, `+` and all digits for other countries. */
export function mobileFrom(text: string): string | undefined {
  for (const { prefix, form } of countries) {
    const digits = form.exec(text)?.[1];
    if (digits !== undefined) return prefix + digits;
  }
  const [, areaCode, digits] = elsewhere.exec(text) ?? [];
  return digits === undefined ? undefined : `+${areaCode}${digits}`;
}

const address = /^[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*@(?:[a-z\d-]+\.)+[a-z]{2,}$/i;

export function isEmail(text: string): boolean {
  return text.length <= 254 && address.test(text);
}

/** One form of a receiver for all spellings, so that two can be compared. */
export function receiverKey(text: string): string {
  return mobileFrom(text) ?? text.toLowerCase();
}

/** Mistakes of a password that do not depend on the account. */
export function plainMistake(password: string): ErrorCode | undefined {
  const length = [...password].length;
  if (length < PASSWORD_MIN_LENGTH || length > PASSWORD_MAX_LENGTH) return "PWD.0007";
  const classes = [/[A-Z]/, /[a-z]/, /\d/, /[^A-Za-z\d]/].filter((kind) => kind.test(password)).length;
  if (classes < PASSWORD_MIN_CLASSES) return "PWD.0004";
  if (longestRun(password) > PASSWORD_MAX_REPEAT) return "PWD.0006";
  if (WEAK_PASSWORDS.has(password.toLowerCase())) return "PWD.0005";
  return undefined;
}

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

export interface Person {
  readonly mobile: string | null;
  readonly email: string | null;
  readonly username: string | null;
  readonly name: string | null;
  /** The newest first. */
  readonly passwords: readonly string[];
}

/** Mistakes of a password for this account. */
export function personalMistake(password: string, person: Person): ErrorCode | undefined {
  const lower = password.toLowerCase();
  const contains = (part: string) => part.length >= 3 && lower.includes(part.toLowerCase());
  if ([person.username ?? "", ...identityOf(person)].some(contains)) return "PWD.0003";
  if (contains([...(person.username ?? "")].reverse().join(""))) return "PWD.0002";
  if (person.passwords.slice(0, PASSWORD_HISTORY).includes(password)) return "PWD.0001";
  return undefined;
}

function identityOf({ mobile, email, name }: Person): string[] {
  return [
    mobile?.replace(/^\+(?:852|853|886)?/, "") ?? "",
    email?.split("@")[0] ?? "",
    name === null ? "" : spelled(name),
  ];
}

/** 张三 and "Zhang San" are both zhangsan. */
function spelled(name: string): string {
  return pinyin(name, { toneType: "none", surname: "head", nonZh: "consecutive", v: true }).replace(/\s/g, "");
}
