/** Workflow commands: one for each failure, and none that a target could have written itself. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { annotations } from "../../../../contracts/reports/annotations.ts";
import { anyReport } from "../../../support/contracts/arbitrary-report.ts";
import {
  everyOutcome,
  hostileReport,
  sampleCase,
  sampleReport,
  sampleViolation,
  staleEntries,
} from "../../../support/contracts/sample-report.ts";

/** Each for a reason of its own. */
function failures(count: number) {
  return Array.from({ length: count }, (_, index) => {
    const violations = [sampleViolation({ got: `X.${index}` })];
    return sampleCase("sendSms", `case-${index}`, { outcome: "failed", violations });
  });
}

test("a failure becomes an error with its id, title, expected and received value, and basis", () => {
  expect(annotations(sampleReport(failures(1)))).toBe(
    "::error title=sendSms/case-0::A request that case-0 refuses changes nothing" +
      "%0Aerror_code: expected IDAAS.SDK.USER.0035, got X.0 (documented: page user-self-service/update-mobile.html)\n",
  );
});

test("failures with the same cause are one error, which names the first cases and counts the others", () => {
  const cases = Array.from({ length: 40 }, (_, index) => sampleCase("sendSms", `case-${index}`, { outcome: "failed" }));
  const ids = cases.slice(0, 8).map(({ id }) => id);
  expect(annotations(sampleReport(cases))).toBe(
    "::error title=40 cases%3A error_code::error_code: expected IDAAS.SDK.USER.0035, got IDAAS.SDK.USER.0001 " +
      `(documented: page user-self-service/update-mobile.html)%0ACases: ${ids.join(", ")} and 32 more\n`,
  );
});

test("stale cases, stale entries and inconclusive runs are errors, and other outcomes are not mentioned", () => {
  const titles = [...annotations({ ...everyOutcome(), inconclusive: "unreachable" }).matchAll(/title=(.*?)::/g)];
  expect(titles.map(([, title]) => title)).toEqual([
    "inconclusive",
    "4 cases%3A error_code",
    "sendSms/check-stale",
    "sendSms/boundary-stale",
    "updateMobile/check-stale",
    "updateMobile/boundary-stale",
    "4 cases without a result",
    "Remove updateEmail/* from the list of known failures",
  ]);
  expect(annotations(sampleReport([sampleCase("sendSms", "x")]))).toBe("");
});

test("characters with a meaning in a command are escaped; in the title also colon and comma", () => {
  const id = "a:b,c%d\ne";
  const failed = sampleCase("sendSms", "x", { outcome: "failed", id, title: id, reason: "", violations: [] });
  expect(annotations(sampleReport([failed]))).toBe("::error title=a%3Ab%2Cc%25d%0Ae::a:b,c%25d%0Ae%0A\n");
});

test("there are at most fifty annotations, and the last one counts the rest", () => {
  expect(
    annotations(sampleReport(failures(50)))
      .trimEnd()
      .split("\n"),
  ).toHaveLength(50);
  const lines = annotations(sampleReport(failures(60), { stale_entries: staleEntries }))
    .trimEnd()
    .split("\n");
  expect(lines).toHaveLength(50);
  expect(lines.at(-1)).toBe("::error title=More failures::12 more: see the summary and the reports");
});

test("every line of any report is one command", () => {
  function expectCommands(text: string): void {
    for (const line of text.split("\n").slice(0, -1)) {
      expect(line).toMatch(/^::(?:error|notice) title=[^:,\r]*::[^\r]*$/);
      expect(line.replace(/%(25|0A|3A|2C)/g, "")).not.toMatch(/%|\p{Cs}|[^\t\P{Cc}]/u);
    }
  }
  expectCommands(annotations(hostileReport()));
  fc.assert(fc.property(anyReport, (report) => expectCommands(annotations(report))));
});
