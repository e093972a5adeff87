/** Forms of a number or address that no document shows: a lenient server reads them, a careless one stores them. */
import { nationalPart } from "../../world/receivers.ts";

/** All of them look like the number, or are read as it by some software. */
export function oddFormsOf(receiver: string): readonly string[] {
  return receiver.includes("@") ? oddAddresses(receiver) : oddNumbers(nationalPart(receiver));
}

function oddNumbers(number: string): readonly string[] {
  return [
    `+86-${number}`,
    `+86${number}`,
    `-${number}`,
    ...withSigns(number),
    withDigitsFrom("０", number),
    withDigitsFrom("٠", number),
    `0${number}`,
    `86${number}`,
    `0086${number}`,
    `+86 ${number}`,
    `＋86${number}`,
    `${number.slice(0, 3)}-${number.slice(3, 7)}-${number.slice(7)}`,
  ];
}

function oddAddresses(address: string): readonly string[] {
  const [name = "", domain = ""] = address.split("@");
  return [
    ...withSigns(address),
    `${name}＠${domain}`,
    `${fullWidth(name.charAt(0))}${name.slice(1)}@${domain}`,
    `${address}.`,
    `<${address}>`,
    `mailto:${address}`,
    `"${name}"@${domain}`,
    `${name}(comment)@${domain}`,
  ];
}

/** With characters that are hard to see. */
function withSigns(text: string): readonly string[] {
  const inside = (sign: string) => `${text.slice(0, 3)}${sign}${text.slice(3)}`;
  return [
    `${text}\n`,
    `${text} `,
    ` ${text}`,
    `${text}\t`,
    `${text}\0`,
    `${text}\u00a0`,
    `\ufeff${text}`,
    inside("\u200b"),
    inside("\u00ad"),
    `\u202d${text}\u202c`,
  ];
}

/** With the digits of another script, which begin with this zero. */
export function withDigitsFrom(zero: string, text: string): string {
  return text.replace(/\d/g, (digit) => String.fromCodePoint((zero.codePointAt(0) ?? 0) + Number(digit)));
}

function fullWidth(character: string): string {
  return String.fromCodePoint((character.codePointAt(0) ?? 0) + 0xfe_e0);
}
