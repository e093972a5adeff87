/** Random numbers, addresses, names and passwords of a case: the same seed and case give the same values. */
import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { utf8ToBytes } from "@noble/hashes/utils.js";

export interface RandomData {
  /** A mainland China number without its area code. */
  mobile(): string;
  email(): string;
  /** Fourteen lower-case letters. */
  username(): string;
  /** Of the given length, with every character class, no repeated neighbours, and no name in it. */
  password(length: number): string;
  /** Decimal digits. */
  digits(length: number): string;
  letters(length: number): string;
}

const DIGITS = "0123456789";
const SMALL = "abcdefghijkmnpqrstuvwxyz";
const CAPITAL = "ABCDEFGHJKLMNPQRSTUVWXYZ";
const SPECIAL = "!#$%&*@_?";

export function randomDataOf(seed: string, caseId: string): RandomData {
  let count = 0;
  const bytes = () => hmac(sha256, utf8ToBytes(seed), utf8ToBytes(`${caseId} ${count++}`));
  const text = (alphabets: readonly string[]) => {
    let drawn = bytes();
    return alphabets
      .map((alphabet, index) => {
        if (index > 0 && index % drawn.length === 0) drawn = bytes();
        return alphabet[(drawn[index % drawn.length] as number) % alphabet.length] as string;
      })
      .join("");
  };
  const same = (alphabet: string, length: number) => text(Array.from({ length }, () => alphabet));
  return {
    mobile: () => `1${same("3456789", 1)}${same(DIGITS, 9)}`,
    email: () => `${same(SMALL, 12)}@example.com`,
    username: () => same(SMALL, 14),
    password: (length) =>
      text(Array.from({ length }, (_, index) => [CAPITAL, SMALL, DIGITS, SPECIAL][index % 4] as string)),
    digits: (length) => same(DIGITS, length),
    letters: (length) => same(SMALL, length),
  };
}
