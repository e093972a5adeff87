/** How a report shows text with control or direction characters. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { cut, oneLine, visible } from "../../../../contracts/reports/shared/visible-text.ts";
import { anyText } from "../../../support/contracts/arbitrary-report.ts";

test.each([
  ["a\u0000b", "a\\u0000b"],
  ["\u001b[31mred", "\\u001b[31mred"],
  ["one\r\ntwo", "one\\r\ntwo"],
  ["a\u202eb", "a\\u202eb"],
  ["a\u200bb", "a\\u200bb"],
  ["\ud800", "\\ud800"],
  ["\udc00\ud800", "\\udc00\\ud800"],
  ["a\u2028b", "a\\u2028b"],
  ["\ufffe\uffff", "\\ufffe\\uffff"],
  ["\u{e0001}", "\\u{e0001}"],
  ["😀 验证码\tx", "😀 验证码\tx"],
])("%j is shown as %j", (text, shown) => {
  expect(visible(text)).toBe(shown);
});

test("on one line, line breaks and tabs are escaped too", () => {
  expect(oneLine("a\nb\r\tc")).toBe("a\\nb\\r\\tc");
});

test("no text keeps control characters, lone surrogates or direction marks", () => {
  const property = fc.property(anyText, (text) => {
    expect(visible(text)).not.toMatch(/[^\n\t\P{Cc}]|[\p{Cf}\p{Cs}\p{Zl}\p{Zp}\ufffe\uffff]/u);
    expect(oneLine(text)).not.toMatch(/\p{Cc}/u);
  });
  fc.assert(property, { numRuns: 500 });
});

test("a long text is cut, with the number of missing characters", () => {
  expect(cut("abcdef", 6)).toBe("abcdef");
  expect(cut("abcdef", 4)).toBe("abcd … (2 more characters)");
});

test("a surrogate pair is not cut in two", () => {
  expect(cut("ab😀cd", 3)).toBe("ab … (4 more characters)");
  expect(cut("ab😀cd", 4)).toBe("ab😀 … (2 more characters)");
});
