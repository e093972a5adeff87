/** Where two texts differ that look alike: a full-width comma, a missing prefix, another kind of space. */

import type { Violation } from "../report.ts";

export interface Difference {
  /** The place of the first character that differs, from 1. */
  readonly position: number;
  /** Empty if the received text has something more. */
  readonly expected: string;
  /** Empty if the received text lacks something. */
  readonly got: string;
  /** How many further places differ. */
  readonly further: number;
}

/** What differs is at most this long. */
const LONGEST = 12;
/** Below this length, a reader sees at once which letter or digit differs. */
const LONG_TEXT = 40;

/** Only for codes and texts of the API. Other expectations are our own words. */
export function differenceIn({ what, expected, got }: Violation): Difference | undefined {
  return /^(?:error code|text in) /.test(what) ? differenceOf(expected, got) : undefined;
}

/** undefined if the texts differ in more than a few characters, or if a reader sees the difference at once. */
export function differenceOf(expected: string, got: string): Difference | undefined {
  const found = alternatives(expected).map((one) => differenceFrom(one, got));
  const [nearest] = found.filter((one) => one !== undefined).sort((one, other) => sizeOf(one) - sizeOf(other));
  return nearest;
}

/** An expectation may allow several texts. */
function alternatives(expected: string): readonly string[] {
  return expected.split(" or ");
}

function sizeOf({ expected, got, further }: Difference): number {
  return expected.length + got.length + further;
}

function differenceFrom(expected: string, got: string): Difference | undefined {
  const wanted = [...beforePlaceholder(expected)];
  const isWhole = wanted.join("") === expected;
  const received = isWhole ? [...got] : [...got].slice(0, wanted.length);
  const found = wanted.length === received.length ? replaced(wanted, received) : moved(wanted, received);
  if (found === undefined) return undefined;
  const isPlain = isAlphanumeric(found.expected) && isAlphanumeric(found.got);
  return isPlain && wanted.length <= LONG_TEXT ? undefined : found;
}

/** Single characters that are replaced by others. */
function replaced(wanted: readonly string[], received: readonly string[]): Difference | undefined {
  const places = [...wanted.keys()].filter((index) => wanted[index] !== received[index]);
  const [first] = places;
  if (first === undefined || places.length * 4 > wanted.length) return undefined;
  const rest = places.slice(1);
  return { position: first + 1, expected: wanted[first] ?? "", got: received[first] ?? "", further: rest.length };
}

/** One part that is longer or shorter. */
function moved(wanted: readonly string[], received: readonly string[]): Difference | undefined {
  const shortest = Math.min(wanted.length, received.length);
  let start = 0;
  while (start < shortest && wanted[start] === received[start]) start += 1;
  let end = 0;
  while (end < shortest - start && wanted.at(-1 - end) === received.at(-1 - end)) end += 1;
  const [expected, got] = [wanted, received].map((text) => text.slice(start, text.length - end));
  if (expected === undefined || got === undefined) return undefined;
  const common = start + end;
  if (Math.max(expected.length, got.length) > LONGEST || common === 0 || common < shortest / 2) return undefined;
  return { position: start + 1, expected: expected.join(""), got: got.join(""), further: 0 };
}

/** The suite writes "…" for a value that it does not know. */
function beforePlaceholder(text: string): string {
  return text.replace(/….*$/s, "");
}

function isAlphanumeric(text: string): boolean {
  return /^[a-z\d]*$/i.test(text);
}

/** Such as: differs at character 12: expected "，" (U+FF0C, fullwidth), got "," (U+002C). */
export function differenceText({ position, expected, got, further }: Difference): string {
  const more = further === 0 ? "" : `; ${further} more ${further === 1 ? "character differs" : "characters differ"}`;
  return `differs at character ${position}: expected ${named(expected)}, got ${named(got)}${more}`;
}

/** A single character that is easily taken for another, with its code. */
export function named(text: string): string {
  if (text === "") return "nothing";
  const [first = "", ...rest] = text;
  if (rest.length > 0 || isAlphanumeric(text)) return `"${text}"`;
  const code = (first.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
  const isFullwidth = /[\uff01-\uff5e\u3000]/.test(first);
  return `"${text}" (U+${code}${isFullwidth ? ", fullwidth" : ""})`;
}
