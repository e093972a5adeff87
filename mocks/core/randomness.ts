/** Repeatable random values: each is derived from the seed and from the parts that name its purpose. */

/** Keyed hash with at least 32 bytes of output. */
export type Hmac = (key: string, message: string) => Uint8Array;

type Part = string | number;

export interface Randomness {
  /** Decimal digits. The same parts give the same digits; other parts give unrelated ones. */
  digits(length: number, ...parts: Part[]): string;
  hex(length: number, ...parts: Part[]): string;
  alphanumeric(length: number, ...parts: Part[]): string;
  /** Version 4, in the usual form. */
  uuid(...parts: Part[]): string;
  /** A whole number from `min` to `max`, both included. */
  integer(min: number, max: number, ...parts: Part[]): number;
}

const DIGITS = "0123456789";
const HEX = "0123456789abcdef";
const ALPHANUMERIC = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

export function seededRandomness(seed: string, hmac: Hmac): Randomness {
  const text = (alphabet: string, length: number, parts: Part[]) =>
    Array.from(numbers(seed, hmac, length, parts), (n) => alphabet[n % alphabet.length]).join("");
  return {
    digits: (length, ...parts) => text(DIGITS, length, parts),
    hex: (length, ...parts) => text(HEX, length, parts),
    alphanumeric: (length, ...parts) => text(ALPHANUMERIC, length, parts),
    uuid(...parts) {
      const hex = text(HEX, 32, parts);
      const variant = HEX[8 + (HEX.indexOf(hex.charAt(16)) % 4)];
      return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`;
    },
    integer(min, max, ...parts) {
      const [n = 0] = numbers(seed, hmac, 1, parts);
      return min + (n % (max - min + 1));
    },
  };
}

/** Uses four bytes per number, so that the remainder of a small divisor is close to uniform. */
function numbers(seed: string, hmac: Hmac, count: number, parts: Part[]): number[] {
  const found: number[] = [];
  for (let block = 0; found.length < count; block++) {
    const bytes = hmac(seed, JSON.stringify([...parts, block]));
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (let at = 0; at + 4 <= bytes.byteLength && found.length < count; at += 4) found.push(view.getUint32(at));
  }
  return found;
}
