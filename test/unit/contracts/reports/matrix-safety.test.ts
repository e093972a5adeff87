/** The terminal report has no text that a terminal or a CI system executes, and no line that a target wrote alone. */
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Report } from "../../../../contracts/reports/report.ts";
import { matrixText } from "../../../../contracts/reports/terminal/matrix.ts";
import { anyReport } from "../../../support/contracts/arbitrary-report.ts";
import { hostileReport, sampleCase, sampleExchange, sampleReport } from "../../../support/contracts/sample-report.ts";

test("no report moves the cursor, colours the terminal or sends GitHub a command", () => {
  function expectHarmless(report: Report): void {
    const text = matrixText(report);
    expect(text).not.toMatch(/[^\n\t\P{Cc}]|[\p{Cf}\p{Cs}]/u);
    expect(text).not.toMatch(/^\s*::|##\[/m);
  }
  expectHarmless(hostileReport());
  expectHarmless(
    sampleReport([
      sampleCase("sendSms", "x", {
        outcome: "failed",
        exchanges: [sampleExchange("sendSms", { curl: "a\n  ::error::b" })],
      }),
    ]),
  );
  fc.assert(fc.property(anyReport, expectHarmless));
});

test("every text of a target has a prefix, so no line consists of it alone", () => {
  const commands = { exchanges: [] };
  const property = fc.property(anyReport, (report) => {
    const cases = report.cases.map((one) => ({ ...one, ...commands, id: `a/${one.axis}`, operation: "a" }));
    for (const line of matrixText({
      ...report,
      cases,
      coverage: [],
      tool: { name: "ciam-testkit", version: "1" },
    }).split("\n")) {
      expect(line).toMatch(
        /^$|^ {2}|^(INCONCLUSIVE|HINT|Next|Not applicable|ciam-testkit 1): |^a {2}\d+ case|^(FAIL|STALE) {2}(a\/|\d+ cases: )|^ERROR {2}\d|^The JSON and HTML reports have all requests |^\w[\w ,]+:$|^a\/|^\d+ case/,
      );
    }
  });
  fc.assert(property);
});
