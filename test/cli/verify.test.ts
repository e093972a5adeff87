/** `ciam-testkit verify` as a backend engineer uses it: its output, its files and its exit code. */
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Report } from "../../contracts/reports/report.ts";
import { both, buggyMock, mistaken, verified, without } from "../support/contracts/verifying.ts";
import { parseXml } from "../support/contracts/xml.ts";
import { scratchFolder } from "../support/package/scratch.ts";

/** Each run is a process that starts with an empty state. */
const SEVERAL_RUNS_MS = 120_000;

/** About eight quick cases, among them the case of the bug. */
const SOME = ["--only", "updateMobile/mobile-*", "--only", "updateMobile/success", "--seed", "verify-test"];
/** "The number is taken" is returned as "no such account". */
const bug = mistaken("IDAAS.SDK.USER.0035", "IDAAS.SDK.USER.0001");

test("a broken rule fails, passes when listed as known, and fails again when the entry is stale", {
  timeout: SEVERAL_RUNS_MS,
}, async () => {
  const folder = await scratchFolder();
  const { url, requests, mend } = await buggyMock(bug);
  const broken = await verified([url, ...SOME]);
  expect(broken.exitCode).toBe(1);
  expect(broken.printed).toMatch(/^ {2}IDAAS\.SDK\.USER\.0035 +FAIL mobile-taken {2}finding mobile-own$/m);
  expect(broken.printed).toContain(
    "\nFAIL  updateMobile/mobile-taken\n  A change to the number of another account is refused\n",
  );
  expect(broken.printed).toMatch(
    /error code \(mobile-taken\)\n {4}expected {2}IDAAS\.SDK\.USER\.0035\n {4}got {7}IDAAS\.SDK\.USER\.0001\n {4}documented: page /,
  );
  expect(broken.printed).toMatch(
    /^ {2}curl -i -X POST "http:\/\/127\.0\.0\.1:\d+\/api\/v2\/sdk\/profile\/update-mobile" .*Bearer \$ID_TOKEN/m,
  );
  expect(broken.printed).toContain("; seed verify-test\n");

  // The lines to paste stand below their heading.
  const [, pasted = ""] =
    /\nTo list these failures as known[^\n]*:\n((?:\S+ {2}# [^\n]+\n)+)/.exec(broken.printed) ?? [];
  expect(broken.printed).toContain(`, ${pasted.trim().split("\n").length} failed, `);
  const list = join(folder, "known.txt");
  await writeFile(list, pasted);
  const known = await verified([url, ...SOME, "--known-failing", list]);
  expect(known.printed).toMatch(/^ {2}IDAAS\.SDK\.USER\.0035 +finding mobile-own {2}known mobile-taken$/m);
  expect(known.printed).not.toMatch(/^(FAIL|STALE)/m);
  expect(known.exitCode).toBe(0);

  mend();
  requests.length = 0;
  const stale = await verified([url, ...SOME, "--known-failing", list]);
  expect(stale.printed).toContain("\nSTALE  updateMobile/mobile-taken\n");
  expect(stale.printed).toContain(", but passes");
  expect(stale.exitCode).toBe(1);
});

test("a choice that the documents leave open is a finding, and a failure with --strict", async () => {
  const { url } = await buggyMock(bug);
  const own = [url, "--only", "updateMobile/mobile-own"];
  const lenient = await verified(own);
  expect(lenient.printed).toMatch(
    /\nOpen choices, where no page decides:\n {2}updateMobile\/mobile-own {2}this target: IDAAS\.SDK\.USER\.0001; mock: IDAAS\.SDK\.USER\.0035 \(1 case\)\n/,
  );
  expect(lenient.printed).toMatch(/\nFindings:\n {2}updateMobile\/mobile-own: open choice, listed above \(inferred: /);
  expect(lenient.exitCode).toBe(0);
  const strict = await verified([...own, "--strict"]);
  expect(strict.printed).toContain("\nFAIL  updateMobile/mobile-own\n");
  expect(strict.exitCode).toBe(1);
});

test("every report is written with the same counts; in GitHub Actions also summary and annotations", async () => {
  const folder = await scratchFolder();
  const { url } = await buggyMock(both(without("account-read"), bug));
  const formats = ["json", "junit", "markdown", "html"];
  const reports = formats.flatMap((format) => ["--report", `${format}=${join(folder, "made/for/it", format)}`]);
  const summaryFile = join(folder, "summary.md");
  const github = { GITHUB_ACTIONS: "true", GITHUB_STEP_SUMMARY: summaryFile };
  await writeFile(summaryFile, "# Earlier steps\n");
  const { exitCode, printed } = await verified([url, ...SOME, ...reports, "--strict", "--require", "100"], github);
  // Too little was driven as well, but violations come first.
  expect(exitCode).toBe(1);

  const [json = "", junit = "", markdown = "", html = ""] = await Promise.all(
    formats.map((format) => readFile(join(folder, "made/for/it", format), "utf8")),
  );
  const { summary, cases, causes, seed, target } = JSON.parse(json) as Report;
  expect({ seed, url: target.base_url }).toEqual({ seed: "verify-test", url });
  expect(summary.total).toBe(cases.length);
  expect(summary).toMatchObject({ blocked: 1, known: 0, stale: 0, errors: 0 });
  expect(summary.failed).toBeGreaterThanOrEqual(2);
  expect(summary.passed + summary.failed + summary.findings + 1).toBe(summary.total);
  expect(printed).toContain(`${summary.total} cases: ${summary.passed} passed, ${summary.failed} failed, 1 blocked, `);

  const { attributes } = parseXml(junit);
  expect(attributes).toMatchObject({ tests: `${summary.total}`, failures: `${summary.failed}`, errors: "0" });
  expect(parseXml(html).name).toBe("html");
  for (const { id } of cases)
    expect([id, html.includes(id) || html.includes(id.split("/")[1] ?? "")]).toEqual([id, true]);
  expect(await readFile(summaryFile, "utf8")).toBe(`# Earlier steps\n${markdown}`);
  expect(markdown).toContain("updateMobile/mobile-taken");
  const annotated = printed.match(/^::error title=[^\n]+$/gm) ?? [];
  expect(annotated).toHaveLength(causes.length);
  expect(annotated.join("\n")).toContain("::error title=updateMobile/mobile-taken::");
});

test("the same seed sends the same requests, and a conforming target gives exit code 0", {
  timeout: SEVERAL_RUNS_MS,
}, async () => {
  const sentByRun = async () => {
    const { url, requests } = await buggyMock();
    const { exitCode, printed } = await verified([url, ...SOME, "--require", "100"]);
    expect(printed).not.toContain("::error");
    // The target's own values may differ; cases run side by side, so their requests interleave.
    const sent = requests.map(({ method, path, body }) => `${method} ${path} ${body}`).sort();
    return { exitCode, sent };
  };
  const first = await sentByRun();
  expect(first.exitCode).toBe(0);
  expect(first.sent.length).toBeGreaterThan(10);
  expect(await sentByRun()).toEqual(first);
});

test("too low a driven share gives exit code 4 and names the missing capabilities", async () => {
  const { url } = await buggyMock(without("account-read"));
  const { exitCode, printed } = await verified([url, ...SOME, "--require", "99.5"]);
  expect(printed).toMatch(
    /\nciam-testkit: [\d.]+ % of the cases were driven; --require asks for 99.5 %. The target lacks: account-read \(1 case\)\.\n$/,
  );
  expect(printed).toMatch(/\n {2}1 case needs account-read:\n {4}updateMobile: success\n/);
  expect(exitCode).toBe(4);
});

test("an error beside a failure makes the run inconclusive, and both are shown", async () => {
  const { url } = await buggyMock(both(bug, ({ body }) => (body.includes('"12345"') ? "drop" : undefined)));
  const { exitCode, printed } = await verified([url, ...SOME, "--require", "100"]);
  expect(printed).toMatch(/^INCONCLUSIVE: \d of \d+ cases ended without a result\n/);
  expect(printed).toContain(`\nERROR  `);
  expect(printed).toContain(`${url} closed the connection\n`);
  expect(printed).toContain("\nFAIL  updateMobile/mobile-taken\n");
  expect(exitCode).toBe(3);
});
