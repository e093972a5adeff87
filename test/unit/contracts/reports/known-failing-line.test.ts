/** The list's own reader accepts the line that a report offers for pasting. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { knownFailingLine } from "../../../../contracts/reports/shared/known-failing-line.ts";
import { readKnownFailing } from "../../../../contracts/runner/known-failing.ts";
import { anyText } from "../../../support/contracts/arbitrary-report.ts";
import { sampleCase } from "../../../support/contracts/sample-report.ts";

test("the line is the id and the reason", () => {
  expect(knownFailingLine(sampleCase("updateMobile", "mobile-taken", { outcome: "failed" }))).toBe(
    "updateMobile/mobile-taken  # error_code: expected IDAAS.SDK.USER.0035, got IDAAS.SDK.USER.0001",
  );
});

test("any reason gives one entry, for this case only and without an end date", () => {
  const property = fc.property(anyText, (text) => {
    const reason = `got ${text} until=2099-12-31`;
    const line = knownFailingLine(sampleCase("updateMobile", "mobile-taken", { outcome: "failed", reason }));
    expect(readKnownFailing(line)).toEqual([
      { pattern: "updateMobile/mobile-taken", reason: expect.stringMatching(/^got/), until: undefined },
    ]);
  });
  fc.assert(property, { numRuns: 500 });
});
