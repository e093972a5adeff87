/** The mock and the contract suite share no code, so each makes text visible itself. Both copies follow the same rules. */
import fc from "fast-check";
import { expect, test } from "vitest";
import * as suite from "../../contracts/reports/shared/visible-text.ts";
import * as mock from "../../mocks/lib/visible-text.ts";
import { anyText } from "../support/contracts/arbitrary-report.ts";
import { expectPrintable, hostileOutputs } from "../support/shared/hostile-output.ts";

function expectSame(text: string): void {
  expect(mock.printable(text)).toBe(suite.withoutCommands(suite.visible(text)));
  expect(mock.oneLine(text)).toBe(suite.withoutCommands(suite.oneLine(text)));
  expectPrintable(mock.printable(text));
  expect(mock.oneLine(text)).not.toContain("\n");
}

test.each(hostileOutputs)("both copies make %s visible in the same way", (_what, text) => {
  expectSame(text);
  expect(mock.printable(text)).not.toBe(text);
});

test("both copies treat any text in the same way", () => {
  fc.assert(fc.property(anyText, expectSame), { numRuns: 1_000 });
});

test("ordinary text stays as it is", () => {
  for (const text of ["sms  +86-15201657312  code 246810", "验证码 😀\n\tx", "a::b # [c] ## d", "a --- b", "---"]) {
    expect(mock.printable(text)).toBe(text);
  }
});

test("making a text printable twice changes nothing more", () => {
  const property = fc.property(anyText, (text) => {
    const once = mock.printable(text);
    expect(mock.printable(once)).toBe(once);
  });
  fc.assert(property);
});
