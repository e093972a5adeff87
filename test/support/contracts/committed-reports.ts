/** The reports in docs/reports: three runs of the suite, without anything that differs between runs. */
import { readFileSync } from "node:fs";
import { allCases } from "../../../contracts/all-cases.ts";
import { controlTarget, type Report, type Target } from "../../../contracts/index.ts";
import { type ReportFormat, reportFormats } from "../../../contracts/reports/formats.ts";
import type { ReportedCase, ReportedExchange } from "../../../contracts/reports/report.ts";
import { reportedCauses } from "../../../contracts/reports/shared/causes.ts";
import { summarize } from "../../../contracts/reports/summary.ts";
import { matrixText } from "../../../contracts/reports/terminal/matrix.ts";
import { openChoices } from "../../../contracts/runner/choices.ts";
import { coverageOf } from "../../../contracts/runner/coverage.ts";
import { inRunningOrder, ordered, selected } from "../../../contracts/runner/plan.ts";
import { openRun } from "../../../contracts/runner/run.ts";
import { packagedSpec } from "../../../contracts/spec/spec-file.ts";
import { createMock } from "../../../mocks/index.ts";
import { startForeign } from "../../foreign/server.ts";
import { startRefusing } from "./always-wrong.ts";

export const REPORTS_FOLDER = new URL("../../../docs/reports/", import.meta.url);

/** It shows a part of the foreign backend's terminal report. */
export const REFERENCE = new URL("../../../docs/reference/reports.md", import.meta.url);

/** The same seed makes the same requests. */
const SEED = "sample";

const EXTENSIONS: Readonly<Record<ReportFormat, string>> = { json: "json", junit: "xml", markdown: "md", html: "html" };

interface Sample {
  readonly name: string;
  /** The cases to run; by default all. */
  readonly only?: readonly string[];
  connect(): Promise<{ readonly target: Target; close(): Promise<void> }>;
}

const samples: readonly Sample[] = [
  { name: "mock", only: ["updateMobile/*"], connect: connectMock },
  { name: "foreign-backend", only: ["updateMobile/*"], connect: connectForeign },
  { name: "always-wrong", only: ["getCaptcha/*", "updateMobile/*"], connect: connectAlwaysWrong },
];

/** The file names of docs/reports with their expected texts. */
export async function committedReports(): Promise<ReadonlyMap<string, string>> {
  const files = new Map<string, string>();
  for (const sample of samples) {
    const report = normalised(await reportOf(sample));
    files.set(`${sample.name}.txt`, matrixText(report));
    for (const [format, extension] of Object.entries(EXTENSIONS))
      files.set(`${sample.name}.${extension}`, reportFormats[format as ReportFormat](report));
  }
  return files;
}

/** The page of reference with the beginning and the end of a terminal report. */
export function withSample(page: string, report: string): string {
  const [begin, end] = [page.indexOf(SAMPLE_BEGIN), page.indexOf(SAMPLE_END)];
  if (begin < 0 || end < begin) throw new Error(`docs/reference/reports.md has no ${SAMPLE_BEGIN} ... ${SAMPLE_END}`);
  const [head, matrix] = report.split("\n\n");
  const last = report.split("\n").find((line) => line.includes("% driven"));
  const sample = `\n\n\`\`\`text\n${head}\n\n${matrix}\n...\n${last}\n\`\`\`\n\n`;
  return page.slice(0, begin + SAMPLE_BEGIN.length) + sample + page.slice(end);
}

const SAMPLE_BEGIN = "<!-- generated: sample -->";
const SAMPLE_END = "<!-- /generated -->";

async function connectMock() {
  const mock = createMock({ seed: SEED });
  const target = await controlTarget({ baseUrl: "http://127.0.0.1:4010", fetch: mock.fetch });
  return { target, close: async () => undefined };
}

async function connectForeign() {
  const { url, clientId, close } = await startForeign();
  return { target: await targetAt("http://127.0.0.1:8080", url, clientId), close };
}

/** It refuses every request, also control calls, so it has no capability. */
async function connectAlwaysWrong() {
  const { url, close } = await startRefusing();
  return { target: await targetAt("http://127.0.0.1:8081", url), close };
}

/** A target at `url`, whose reports show `baseUrl`: the real port is a free one. */
async function targetAt(baseUrl: string, url: string, clientId?: string): Promise<Target> {
  const known = clientId === undefined ? {} : { clientId };
  return controlTarget({ baseUrl, ...known, fetch: (asked, init) => fetch(asked.replace(baseUrl, url), init) });
}

async function reportOf({ only, connect }: Sample): Promise<Report> {
  const spec = packagedSpec();
  const { target, close } = await connect();
  const { facts, outcome } = await openRun(spec, target, { seed: SEED, ...(only === undefined ? {} : { only }) });
  const plan = selected(ordered(spec, allCases), only);
  const results = new Map<string, ReportedCase>();
  // One after the other: in parallel, the order of the requests would differ from run to run.
  for (const one of inRunningOrder(plan)) results.set(one.id, await outcome(one));
  await close();
  const cases = plan.flatMap(({ id }) => results.get(id) ?? []);
  return {
    tool: { name: "ciam-testkit", version: versionOfPackage() },
    ...facts,
    summary: summarize(cases),
    cases,
    coverage: coverageOf(spec, facts.target.operations, cases),
    stale_entries: [],
    choices: openChoices(cases),
    causes: reportedCauses(cases),
  };
}

function versionOfPackage(): string {
  return JSON.parse(readFileSync(new URL("../../../package.json", import.meta.url), "utf8")).version;
}

/**
 * Removes what differs between runs: times, and the foreign backend's captcha values. An edit of openapi.yaml does not change
 * the reports either.
 */
function normalised(report: Report): Report {
  const text = JSON.stringify({ ...report, spec_sha256: "0".repeat(64), cases: report.cases.map(normalisedCase) });
  return JSON.parse(text.replace(/\b[0-9a-f]{32}\b/g, "0".repeat(32)).replace(/(x\\+":)\d+/g, "$1100"));
}

function normalisedCase(one: ReportedCase): ReportedCase {
  // A case that was not run never has a duration.
  return { ...one, duration_ms: one.duration_ms > 0 ? 1 : 0, exchanges: one.exchanges.map(normalisedExchange) };
}

function normalisedExchange(exchange: ReportedExchange): ReportedExchange {
  const { response } = exchange;
  if (response === null) return exchange;
  const headers = Object.entries(response.headers)
    .filter(([name]) => name !== "content-length")
    .map(([name, value]) => [name, FIXED_HEADERS[name] ?? value]);
  return { ...exchange, response: { ...response, headers: Object.fromEntries(headers) } };
}

const FIXED_HEADERS: Readonly<Record<string, string>> = {
  date: "Thu, 01 Jan 2026 00:00:00 GMT",
  "x-request-id": "00000000-0000-4000-8000-000000000000",
};
