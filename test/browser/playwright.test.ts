/** `ciam-testkit/playwright`, tested by the specs of this folder, which Playwright runs in two workers. */
import { createRequire } from "node:module";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createMock } from "../../mocks/index.ts";
import { assertChromium } from "../support/browser/chromium.ts";
import { served } from "../support/mock/served.ts";
import { PROJECT, plainEnvironment, running, scratchFolder } from "../support/package/scratch.ts";

const MINUTES = 60_000;
const CLI = createRequire(import.meta.url).resolve("@playwright/test/cli");

interface Attachment {
  readonly name: string;
  readonly contentType: string;
  readonly body?: string;
}

/** The part of Playwright's JSON report that is read here. */
interface Suite {
  readonly suites?: readonly Suite[];
  readonly specs?: readonly {
    readonly title: string;
    readonly tests: readonly {
      readonly projectName: string;
      readonly status: string;
      readonly results: readonly {
        readonly workerIndex: number;
        readonly errors: readonly { readonly message: string }[];
        readonly attachments: readonly Attachment[];
      }[];
    }[];
  }[];
}

interface Outcome {
  readonly name: string;
  readonly project: string;
  readonly status: string;
  readonly worker: number;
  readonly errors: readonly string[];
  readonly attachments: readonly Attachment[];
}

/** Runs these specs with the mock in the worker and over this server; returns each test with its outcome. */
async function outcomesOf(files: readonly string[], server: string, controlToken?: string) {
  const config = join(PROJECT, "test/browser/playwright/playwright.config.ts");
  const output = await scratchFolder();
  const args = [CLI, "test", "--config", config, "--output", output, "--reporter", "json", ...files];
  const environment = { ...plainEnvironment(), CIAM_SERVER: server, CIAM_CONTROL_TOKEN: controlToken };
  const run = running(process.execPath, args, { cwd: PROJECT, env: environment });
  const exitCode = await run.ended;
  const report = JSON.parse(run.printed()) as Suite;
  return { exitCode, outcomes: testsIn(report) };
}

function testsIn({ suites = [], specs = [] }: Suite): Outcome[] {
  const own = specs.flatMap(({ title, tests }) =>
    tests.map(({ projectName, status, results }) => ({
      name: title,
      project: projectName,
      status,
      worker: results.at(-1)?.workerIndex ?? -1,
      errors: results.flatMap(({ errors }) => errors.map(({ message }) => message)),
      attachments: results.flatMap(({ attachments }) => attachments),
    })),
  );
  return [...own, ...suites.flatMap(testsIn)];
}

/** Both ways, with the same number of tests. */
const TWICE = (count: number) => ({ "in the worker": count, "over a server": count });

function countsOf(outcomes: readonly Outcome[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { project } of outcomes) counts[project] = (counts[project] ?? 0) + 1;
  return counts;
}

function errorsOf(outcomes: readonly Outcome[]): string[] {
  return outcomes.flatMap(({ name, project, errors }) => errors.map((error) => `${project}: ${name}: ${error}`));
}

test("parallel tests with one number and client id are isolated, in the worker and over a server", {
  timeout: 5 * MINUTES,
}, async ({ skip }) => {
  assertChromium(skip);
  const mock = createMock();
  const { url } = await served(mock);
  const { exitCode, outcomes } = await outcomesOf(["isolation"], url);
  expect(errorsOf(outcomes)).toEqual([]);
  expect(countsOf(outcomes)).toEqual(TWICE(8));
  expect(new Set(outcomes.map(({ worker }) => worker)).size).toBeGreaterThan(1);
  expect(exitCode).toBe(0);
  // Each sandbox was closed, and the default one got no request.
  expect(await mock.sandboxes.list()).toEqual([mock.clientId]);
  expect(await mock.requests.list()).toEqual([]);
  expect(await mock.accounts.list()).toEqual([]);
});

test("the fixture passes its specs, in the worker and over a server", {
  timeout: 5 * MINUTES,
}, async ({ skip }) => {
  assertChromium(skip);
  const controlToken = "a token";
  const { url } = await served(createMock(), { controlToken });
  const { exitCode, outcomes } = await outcomesOf(["change-number", "options"], url, controlToken);
  expect(errorsOf(outcomes)).toEqual([]);
  expect(countsOf(outcomes)).toEqual(TWICE(18));
  expect(exitCode).toBe(0);
});

test("a failed test has the journal and the refusal reasons attached to its report", {
  timeout: 5 * MINUTES,
}, async ({ skip }) => {
  assertChromium(skip);
  const mock = createMock();
  const { url } = await served(mock);
  const { exitCode, outcomes } = await outcomesOf(["fails"], url);
  expect(exitCode).toBe(1);
  expect(countsOf(outcomes)).toEqual(TWICE(2));
  for (const { name, status, attachments } of outcomes) {
    expect(status).toBe("unexpected");
    const journal = attachments.find((attachment) => attachment.name === "ciam requests");
    expect(journal?.contentType).toBe("text/plain");
    const text = Buffer.from(journal?.body ?? "", "base64").toString();
    if (name.includes("before any request")) expect(text).toBe("No request has reached the mock.\n");
    else
      expect(text).toMatch(
        /POST \/api\/v2\/sdk\/profile\/update-mobile {2}updateMobile\n {2}400 {2}mobile-unverified: /,
      );
  }
  expect(await mock.sandboxes.list()).toEqual([mock.clientId]);
});
