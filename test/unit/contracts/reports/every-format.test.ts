/** No format loses a case or counts it under another outcome. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { annotations } from "../../../../contracts/reports/annotations.ts";
import { type ReportFormat, reportFormats } from "../../../../contracts/reports/formats.ts";
import type { Outcome, Report, Summary } from "../../../../contracts/reports/report.ts";
import { countOf, summarize } from "../../../../contracts/reports/summary.ts";
import { matrixText } from "../../../../contracts/reports/terminal/matrix.ts";
import { anyReport } from "../../../support/contracts/arbitrary-report.ts";
import {
  casesOfOneCause,
  everyOutcome,
  hostileReport,
  outcomes,
  sampleCase,
  sampleReport,
  sampleViolation,
} from "../../../support/contracts/sample-report.ts";
import { elements, parseXml, textOf, type XmlElement } from "../../../support/contracts/xml.ts";

type Counts = Omit<Summary, "driven_percent">;

/** Reads the results back from a format. */
const counted: Readonly<Record<ReportFormat | "matrix", (report: Report) => Counts>> = {
  matrix: (report) => {
    const lastLine = /^.* driven; seed .*$/m.exec(matrixText(report))?.[0] ?? "";
    const [, total, ...counts] = lastLine.match(/^(\d+) cases?:((?: \d+ [a-z ]+[,;]){8})/) ?? [];
    const [passed, failed, blocked, not_applicable, known, stale, findings, errors] = figures(counts.join());
    return countsFrom([passed, failed, blocked, not_applicable, known, stale, findings, errors, Number(total)]);
  },
  json: (report) => {
    const { cases, summary } = JSON.parse(reportFormats.json(report)) as Report;
    expect(summary).toEqual(summarize(cases));
    return withoutShare(summary);
  },
  junit: (report) => {
    const suites = elements(parseXml(reportFormats.junit(report)), /^testsuite$/);
    const first = report.inconclusive === null ? 0 : 1;
    const last = suites.length - (report.stale_entries.length === 0 ? 0 : 1);
    return tally(suites.slice(first, last).flatMap((suite) => elements(suite, /^testcase$/).map(outcomeOfTestCase)));
  },
  markdown: (report) => {
    const row = reportFormats.markdown(report).match(/^\| --: .*\n(\|(?: \d+ \|){9})$/m)?.[1] ?? "";
    return countsFrom(figures(row));
  },
  html: (report) => {
    const rows = elements(pageOf(report), /^tr$/);
    const told = rows.flatMap(({ attributes }) => attributes["data-outcome"] ?? []);
    const figure = (name: Outcome) =>
      Number(textOf(cellOf(rows.find(({ attributes }) => attributes["data-count"] === name))));
    for (const outcome of outcomes) expect(figure(outcome)).toBe(told.filter((name) => name === outcome).length);
    return tally(told);
  },
};

function cellOf(row: XmlElement | undefined): XmlElement {
  if (row === undefined) throw new Error("no row for an outcome");
  return elements(row, /^td$/)[0] ?? row;
}

function pageOf(report: Report): XmlElement {
  return parseXml(reportFormats.html(report));
}

function outcomeOfTestCase(testcase: XmlElement): string {
  const [child, ...more] = testcase.children.filter((one) => typeof one !== "string");
  expect(more).toEqual([]);
  if (child === undefined) return "passed";
  return child.name === "skipped"
    ? (child.attributes["message"]?.split(":")[0] ?? "")
    : (child.attributes["type"] ?? "");
}

function tally(names: readonly string[]): Counts {
  for (const name of names) expect(outcomes).toContain(name);
  return withoutShare(summarize(names.map((outcome) => ({ outcome: outcome as Outcome }))));
}

function withoutShare({ driven_percent: _, ...counts }: Summary): Counts {
  return counts;
}

function figures(text: string): number[] {
  return (text.match(/\d+/g) ?? []).map(Number);
}

function countsFrom(values: readonly (number | undefined)[]): Counts {
  const names = [...Object.values(countOf), "total"] as const;
  // One entry for each name of a count; fromEntries cannot know that.
  return Object.fromEntries(names.map((name, index) => [name, values[index]])) as unknown as Counts;
}

const formats = Object.entries(counted);

test.each(formats)("%s has the summary's counts for a report with every outcome", (_format, count) => {
  expect(count(everyOutcome())).toEqual(withoutShare(everyOutcome().summary));
});

test.each(formats)("%s has the summary's counts for a report of hostile texts", (_format, count) => {
  expect(count(hostileReport())).toEqual(withoutShare(hostileReport().summary));
});

test.each(formats)(
  "%s has the summary's counts for any report, and its outcomes add up to the cases",
  (_format, count) => {
    const property = fc.property(anyReport, (report) => {
      const { total, ...each } = count(report);
      expect({ total, ...each }).toEqual(withoutShare(report.summary));
      expect(Object.values(each).reduce((sum, one) => sum + one, 0)).toBe(report.cases.length);
      expect(total).toBe(report.cases.length);
    });
    fc.assert(property);
  },
);

test("every format shows each hint", () => {
  const report = sampleReport([sampleCase("updateMobile", "a")], { hints: ["list the operations", "mend the clock"] });
  for (const format of [...Object.values(reportFormats), matrixText, annotations]) {
    for (const hint of report.hints) expect(format(report)).toContain(hint);
  }
});

test.each(["matrix", "markdown", "html"] as const)("%s shows the driven share and the seed", (format) => {
  const report = { ...everyOutcome(), seed: "seed-of-this-run" };
  const text = format === "matrix" ? matrixText(report) : reportFormats[format](report);
  expect(text).toContain(`${report.summary.driven_percent} %`);
  expect(text).toContain("seed-of-this-run");
});

const textFormats: Readonly<Record<string, (report: Report) => string>> = {
  ...reportFormats,
  matrix: matrixText,
  annotations,
};

test.each(Object.entries(textFormats))("%s says how well a failure and a finding are founded", (name, format) => {
  const failed = sampleCase("sendSms", "failed", { outcome: "failed" });
  const finding = sampleCase("sendSms", "finding", { outcome: "finding" });
  const plain = (report: Report) =>
    format(report)
      .replaceAll(/<(?!skipped)[^>]*>|&#\d+;|[":,]/g, "")
      .replaceAll(/\s+/g, " ");
  expect(plain(sampleReport([failed]))).toMatch(/documented\W.*page user-self-service\/update-mobile\.html/);
  if (name === "annotations") return;
  expect(plain(sampleReport([finding]))).toMatch(/inferred\W.*The page does not print the order of the checks\./);
});

test.each(["json", "html", "markdown", "junit"] as const)("%s has the id or the name of each failed case", (format) => {
  const property = fc.property(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 0, max: 5 }), (count, others) => {
    const single = Array.from({ length: others }, (_, index) =>
      sampleCase("sendSms", `single-${index}`, {
        outcome: "failed",
        violations: [sampleViolation({ got: `X${index}` })],
      }),
    );
    const text = reportFormats[format](sampleReport([...casesOfOneCause(count), ...single]));
    for (let index = 0; index < count; index++) expect(text).toMatch(new RegExp(`\\bcase-${index}\\b`));
    for (let index = 0; index < others; index++) expect(text).toContain(`single-${index}`);
  });
  fc.assert(property, { numRuns: 20 });
});

test.each(Object.entries(textFormats))("%s never writes a plural for one", (_name, format) => {
  const one = everyOutcome().cases.slice(0, 9);
  for (const report of [sampleReport(one), sampleReport(casesOfOneCause(2)), sampleReport(casesOfOneCause(1))])
    expect(format(report)).not.toMatch(
      /(?<![\d.-])1 (?:cases|requests|characters|operations|errors|findings|parts|more characters)\b/,
    );
});

test("the same report gives the same text", () => {
  const property = fc.property(anyReport, (report) => {
    for (const format of [...Object.values(reportFormats), matrixText]) expect(format(report)).toBe(format(report));
  });
  fc.assert(property, { numRuns: 20 });
});

test("JSON is the report itself, indented, with a final newline", () => {
  const text = reportFormats.json(hostileReport());
  expect(JSON.parse(text)).toEqual(hostileReport());
  expect(text.slice(0, 11)).toBe('{\n  "tool":');
  expect(text.slice(-3)).toBe("\n}\n");
});
