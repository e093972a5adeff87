/** Where two texts differ that look alike. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { differenceOf, differenceText } from "../../../../contracts/reports/shared/difference.ts";

function told(expected: string, got: string): string | undefined {
  const difference = differenceOf(expected, got);
  return difference === undefined ? undefined : differenceText(difference);
}

test.each([
  [
    "a full-width comma",
    "验证码错误，请重试",
    "验证码错误,请重试",
    'differs at character 6: expected "，" (U+FF0C, fullwidth), got "," (U+002C)',
  ],
  [
    "a missing prefix",
    "IDAAS.SDK.PARAM.0001",
    "PARAM.0001",
    'differs at character 1: expected "IDAAS.SDK.", got nothing',
  ],
  ["a missing full stop", "验证码错误。", "验证码错误", 'differs at character 6: expected "。" (U+3002), got nothing'],
  [
    "another kind of space",
    "User not found",
    "User\u00a0not found",
    'differs at character 5: expected " " (U+0020), got "\u00a0" (U+00A0)',
  ],
  [
    "a blank at the end",
    "User not found",
    "User not found ",
    'differs at character 15: expected nothing, got " " (U+0020)',
  ],
  [
    "two places",
    "low, use digits, letters",
    "low; use digits; letters",
    'differs at character 4: expected "," (U+002C), got ";" (U+003B); 1 more character differs',
  ],
  [
    "a letter in a long text",
    "The app is not registered, please register the app first",
    "The app is not registered, please register the app firsd",
    'differs at character 56: expected "t", got "d"',
  ],
  [
    "a character of two code units before it",
    "😀😀a，",
    "😀😀a,",
    'differs at character 4: expected "，" (U+FF0C, fullwidth), got "," (U+002C)',
  ],
])("%s is named with its place", (_what, expected, got, text) => {
  expect(told(expected, got)).toBe(text);
});

test.each([
  ["a digit of a short code, which a reader sees at once", "IDAAS.SDK.PARAM.0001", "IDAAS.SDK.PARAM.0002"],
  ["equal texts", "User not found", "User not found"],
  ["another sentence", "User not found", "Wrong password"],
  ["an empty text", "设备信息不完整", ""],
  ["a text that has little in common", "ab，", "ba,"],
])("%s is not told", (_what, expected, got) => {
  expect(told(expected, got)).toBeUndefined();
});

test("of several allowed texts, the nearest one counts", () => {
  expect(told("User not found or 用户不存在，请注册", "用户不存在,请注册")).toBe(
    'differs at character 6: expected "，" (U+FF0C, fullwidth), got "," (U+002C)',
  );
});

test("a value that the suite does not know is not compared, and the text before it is", () => {
  expect(told("wait … seconds", "wait 58 seconds")).toBeUndefined();
  expect(told("too soon, wait … seconds", "too soon; wait 58 seconds")).toBe(
    'differs at character 9: expected "," (U+002C), got ";" (U+003B)',
  );
});

test("what is told turns the expected text into the received one", () => {
  const mark = fc.constantFrom(",", "，", " ", "。", "");
  const word = fc.stringMatching(/^[a-z]{5,20}$/);
  const property = fc.property(word, mark, mark, word, (before, wanted, received, after) => {
    fc.pre(wanted !== received);
    const difference = differenceOf(before + wanted + after, before + received + after);
    expect(difference).toEqual({ position: before.length + 1, expected: wanted, got: received, further: 0 });
  });
  fc.assert(property);
});

test("any two texts are compared without an error, and equal ones have no difference", () => {
  const property = fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }), (one, other) => {
    const difference = differenceOf(one, other);
    if (difference !== undefined) expect(difference.expected).not.toBe(difference.got);
    expect(differenceOf(one, one)).toBeUndefined();
  });
  fc.assert(property);
});
