/** JUnit as Jenkins, GitLab and the GitHub reporters read it: one test suite per operation, one test case per case. */
import { type Story, storiesOf } from "./junit-story.ts";
import type { Outcome, Report, ReportedCase, StaleEntry } from "./report.ts";
import { groupedBy, nameOf } from "./shared/grouping.ts";
import { attribute, type Markup, markup, nothing } from "./shared/markup.ts";
import { cut } from "./shared/visible-text.ts";
import { basisText } from "./shared/words.ts";

const LONGEST_MESSAGE = 500;

type Verdict = "passed" | "failure" | "skipped" | "error";

/** JUnit has four outcomes for our eight. The message of a skipped case says which one it is. */
const verdictOf: Readonly<Record<Outcome, Verdict>> = {
  passed: "passed",
  failed: "failure",
  stale: "failure",
  error: "error",
  blocked: "skipped",
  "not-applicable": "skipped",
  known: "skipped",
  finding: "skipped",
};

interface TestCase {
  readonly classname: string;
  readonly name: string;
  readonly duration_ms: number;
  readonly verdict: Verdict;
  /** The kind of a failure or an error. */
  readonly type: string;
  readonly message: string;
  readonly text: string;
}

export function junitXml(report: Report): string {
  const suites = suitesOf(report);
  const all = suites.flatMap(([, cases]) => cases);
  const { markup: xml } = markup`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="${attribute(report.tool.name)}" ${counts(all)}>
${suites.map(([name, cases]) => testSuite(name, cases, report))}</testsuites>
`;
  return xml;
}

function suitesOf(report: Report): [name: string, cases: TestCase[]][] {
  const operations = [...groupedBy(report.cases, ({ operation }) => operation)];
  const story = storiesOf(report.cases);
  return [
    ...(report.inconclusive === null ? [] : [inconclusiveSuite(report.inconclusive)]),
    ...operations.map(([name, cases]): [string, TestCase[]] => [name, cases.map((one) => testCaseOf(one, story))]),
    ...(report.stale_entries.length === 0 ? [] : [staleSuite(report.stale_entries)]),
  ];
}

function inconclusiveSuite(message: string): [string, TestCase[]] {
  const verdict = { verdict: "error", type: "inconclusive", message, text: message } as const;
  return ["run", [{ classname: "run", name: "the run reached a conclusion", duration_ms: 0, ...verdict }]];
}

function staleSuite(entries: readonly StaleEntry[]): [string, TestCase[]] {
  const name = "known-failing list";
  const cases = entries.map(({ pattern, reason, why }): TestCase => {
    const text = `${pattern}  # ${reason}`;
    return { classname: name, name: pattern, duration_ms: 0, verdict: "failure", type: "stale", message: why, text };
  });
  return [name, cases];
}

function testCaseOf(reported: ReportedCase, story: Story): TestCase {
  const { operation, outcome, reason, title, duration_ms } = reported;
  const verdict = verdictOf[outcome];
  const why = `${reason || title}${outcome === "finding" ? basesOf(reported) : ""}`;
  const message = verdict === "skipped" ? `${outcome}: ${why}` : why;
  return {
    classname: operation,
    name: nameOf(reported),
    duration_ms,
    verdict,
    type: outcome,
    message,
    text: verdict === "skipped" ? "" : story(reported),
  };
}

/** A finding has no text, so its message says how well the expectations are founded. */
function basesOf({ violations }: ReportedCase): string {
  const bases = [...new Set(violations.map(basisText))];
  return bases.length === 0 ? "" : ` (${bases.join("; ")})`;
}

function testSuite(name: string, cases: readonly TestCase[], report: Report): Markup {
  return markup`  <testsuite name="${attribute(name)}" ${counts(cases)}>
    <properties>
      <property name="base_url" value="${attribute(report.target.base_url)}"/>
      <property name="seed" value="${attribute(report.seed)}"/>
      <property name="spec_sha256" value="${attribute(report.spec_sha256)}"/>
${report.hints.map((hint) => markup`      <property name="hint" value="${attribute(hint)}"/>\n`)}    </properties>
${cases.map(testCase)}  </testsuite>
`;
}

function counts(cases: readonly TestCase[]): Markup {
  const having = (wanted: Verdict) => cases.filter(({ verdict }) => verdict === wanted).length;
  let duration = 0;
  for (const { duration_ms } of cases) duration += duration_ms;
  const figures = `failures="${having("failure")}" errors="${having("error")}" skipped="${having("skipped")}"`;
  return { markup: `tests="${cases.length}" ${figures} time="${seconds(duration)}"` };
}

function testCase({ classname, name, duration_ms, ...result }: TestCase): Markup {
  const names = markup`classname="${attribute(classname)}" name="${attribute(name)}" time="${seconds(duration_ms)}"`;
  return markup`    <testcase ${names}>${child(result)}</testcase>
`;
}

function child({ verdict, type, message, text }: Pick<TestCase, "verdict" | "type" | "message" | "text">): Markup {
  const short = attribute(cut(message, LONGEST_MESSAGE));
  if (verdict === "passed") return nothing;
  if (verdict === "skipped") return markup`<skipped message="${short}"/>`;
  if (verdict === "error") return markup`<error type="${type}" message="${short}">${text}</error>`;
  return markup`<failure type="${type}" message="${short}">${text}</failure>`;
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(3);
}
