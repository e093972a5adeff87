/** What docs/contracts/README.md tells its readers to do, done by one who has nothing but the packed package and an empty project. */
import { copyFile, mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { VERIFY_HELP } from "../../cli/verify-options.ts";
import { allCases } from "../../contracts/all-cases.ts";
import { controlTarget, type Report } from "../../contracts/index.ts";
import { countOf } from "../../contracts/reports/summary.ts";
import { readKnownFailing } from "../../contracts/runner/known-failing.ts";
import { pattern } from "../../contracts/runner/plan.ts";
import { openRun, type Run } from "../../contracts/runner/run.ts";
import { sideBySide } from "../../contracts/runner/side-by-side.ts";
import { packagedSpec } from "../../contracts/spec/spec-file.ts";
import { isControlPath, jsonResponse } from "../../mocks/http/message.ts";
import { createMock, type Mock } from "../../mocks/index.ts";
import { remoteEnvironment } from "../support/contracts/remote-environment.ts";
import { served } from "../support/mock/served.ts";
import { linkedProjectIn } from "../support/package/linked-project.ts";
import { type Project, packedForTests } from "../support/package/packed.ts";
import { block, blockNames } from "../support/package/readme.ts";
import { PROJECT, running } from "../support/package/scratch.ts";

const MINUTES = 60_000;
const PAGE = "docs/contracts/README.md";
const URL_OF_THE_PAGE = "http://localhost:8080";
const TSC = createRequire(import.meta.url).resolve("typescript/bin/tsc");

const CONSUMER = `
import { controlTarget, defineTarget, describeContract, type Report, type Target } from "ciam-testkit/contract";

const target: Target = defineTarget({ name: "mine", baseUrl: "http://127.0.0.1:8080", readCode: async () => ({ code: "1" }) });
describeContract(target, { only: ["updateMobile/*"], strictOrder: true });
describeContract(() => controlTarget({ baseUrl: "http://127.0.0.1:8080", clientId: "mine" }));
export const conforms = ({ summary }: Report): boolean => summary.failed === 0;
// @ts-expect-error a code is a text
defineTarget({ name: "mine", baseUrl: "http://127.0.0.1:8080", readCode: async () => ({ code: 1 }) });
`;

const TSCONFIG = {
  compilerOptions: {
    strict: true,
    module: "NodeNext",
    target: "ES2023",
    lib: ["ES2023", "DOM"],
    types: ["node"],
    noEmit: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    skipLibCheck: false,
  },
  files: ["consumer.ts", "snippet.ts", "remote-target.mts"],
};

let folder: string;
const pack = packedForTests();
let project: Promise<Project> | undefined;

beforeAll(async () => {
  // A realistic folder name; for a glob, some of its characters are patterns.
  folder = await mkdtemp(join(tmpdir(), "my backend (v2) [main] "));
}, 3 * MINUTES);

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

/** The reader's project, with what the page says to install for tests of its own. The first test that needs it makes it. */
async function readersProject(): Promise<Project> {
  const page = await readFile(join(PROJECT, PAGE), "utf8");
  const [, ...packages] = /`npm install --save-dev (\S+) (\S+)`/.exec(page) ?? [];
  expect(packages).toEqual(["ciam-testkit", "vitest"]);
  // A TypeScript project that uses `process` has @types/node.
  project ??= linkedProjectIn(folder, pack(), "vitest", "@types/node");
  return project;
}

/** The command itself; the line before it installs. */
function lastLine(text: string): string {
  return text.trim().split("\n").at(-1) ?? "";
}

test("every code block of the page is executed here", async () => {
  expect(await blockNames(PAGE)).toEqual(["start", "description", "remote", "own run", "known failures"]);
});

test("the first command gives a green matrix of the mock, with nothing blocked", {
  timeout: 5 * MINUTES,
}, async () => {
  const { folder, env } = await readersProject();
  const { url } = await served(createMock());
  const verify = running("bash", ["-c", lastLine(await block("start", "sh", PAGE)).replace(URL_OF_THE_PAGE, url)], {
    cwd: folder,
    env,
  });
  expect({ code: await verify.ended, printed: verify.printed() }).toMatchObject({ code: 0 });
  expect(verify.printed()).toMatch(/^ciam-testkit 0\.1\.0: ciam-testkit mock 0\.1\.0 at http:/m);
  expect(verify.printed()).toContain(`\n${allCases.length} cases: ${allCases.length} passed, 0 failed, 0 blocked, `);
  expect(verify.printed()).toContain("; 100 % driven; seed ");
});

test("the snippet declares one test per case in a user's own vitest with its own configuration", {
  timeout: 5 * MINUTES,
}, async () => {
  const { folder, env, write } = await readersProject();
  const { url } = await served(createMock());
  await write("vitest.config.ts", 'export default { test: { include: ["own/**"], globals: true, testTimeout: 1 } };\n');
  await mkdir(join(folder, "own"));
  await write("own/conforms.ts", (await block("own run", "ts", PAGE)).replace(URL_OF_THE_PAGE, url));
  const vitest = running("npx", ["vitest", "run", "--reporter=json", "--outputFile=own.json"], { cwd: folder, env });
  const code = await vitest.ended;
  const found = JSON.parse(await readFile(join(folder, "own.json"), "utf8"));
  expect({ code, failures: failuresIn(found), printed: vitest.printed() }).toMatchObject({ code: 0, failures: [] });
  // One more says whether the run has a conclusion.
  expect(found).toMatchObject({ numTotalTests: allCases.length + 1, numPassedTests: allCases.length + 1 });
});

test("the types of the library, the snippet and the example resolve for a strict consumer", {
  timeout: 5 * MINUTES,
}, async () => {
  const { folder, run, write } = await readersProject();
  await copyFile(join(PROJECT, "contracts/examples/remote-target.mts"), join(folder, "remote-target.mts"));
  await write("consumer.ts", CONSUMER);
  await write("snippet.ts", await block("own run", "ts", PAGE));
  await write("tsconfig.json", JSON.stringify(TSCONFIG));
  await run(process.execPath, TSC, "-p", ".");
});

test("the remote target example drives an environment with prepared accounts and an inbox", {
  timeout: 5 * MINUTES,
}, async () => {
  const { folder, env } = await readersProject();
  await copyFile(join(PROJECT, "contracts/examples/remote-target.mts"), join(folder, "remote-target.mts"));
  const environment = await remoteEnvironment({ accounts: 3_000 });
  const options = "--report json=remote.json";
  const verify = running("bash", ["-c", `${lastLine(await block("remote", "sh", PAGE))} ${options}`], {
    cwd: folder,
    env: { ...env, ...environment.env },
  });
  expect({ code: await verify.ended, printed: verify.printed() }).toMatchObject({ code: 0 });
  const { target, summary }: Report = JSON.parse(await readFile(join(folder, "remote.json"), "utf8"));
  expect(target.capabilities).toEqual(["accounts", "tokens", "captcha-answer", "messages"]);
  expect(summary.driven_percent).toBeGreaterThan(75);
  expect(environment.letThrough()).toBeGreaterThan(summary.passed);
  expect(environment.turnedAway()).toBe(0);
});

test("a backend that offers what the page describes can be driven with only that", async () => {
  const offer = (await block("description", "http", PAGE)).replace(/^\s*GET \/__testkit\s+200 /, "");
  const described = JSON.parse(offer);
  const mock = createMock();
  const only = await openedRun({
    ...mock,
    answer: async (call) => (call.path === "/__testkit" ? jsonResponse(200, described) : mock.answer(call)),
  });
  expect(only.facts).toMatchObject({ inconclusive: null, target: { name: "my-backend 1.4.2" } });
  expect(only.facts.target.capabilities).toEqual(["accounts", "account-deletion", "tokens"]);
});

test("without any control interface the suite drives the share in the table's first row", async () => {
  const mock = createMock();
  const run = await openedRun({
    ...mock,
    answer: async (call) => (isControlPath(call.path) ? jsonResponse(404, {}) : mock.answer(call)),
  });
  const results = await sideBySide(allCases, 16, (one) => run.outcome(one));
  const driven = results.filter(({ outcome }) => outcome !== "blocked");
  expect(driven.filter(({ outcome }) => outcome !== "passed")).toEqual([]);
  const page = await readFile(join(PROJECT, PAGE), "utf8");
  expect(page).toContain(`| nothing beyond the API | | ${driven.length} | ${driven.length} |`);
});

async function openedRun(mock: Mock): Promise<Run> {
  const { url: baseUrl } = await served(mock);
  return openRun(packagedSpec(), () => controlTarget({ baseUrl }), { seed: "page" });
}

test("the example list of known failures is valid and names a case", async () => {
  const list = readKnownFailing(await block("known failures", "text", PAGE));
  expect(list).toHaveLength(1);
  for (const { pattern: text } of list) expect(allCases.filter(({ id }) => pattern(text).test(id))).toHaveLength(1);
});

test("the page names every outcome and only known options of verify", async () => {
  const page = await readFile(join(PROJECT, PAGE), "utf8");
  const rows = page.matchAll(/^\| (?:\*\*)?([a-z-]+)(?:\*\*)? \| (?!calls)/gm);
  expect([...rows].map(([, outcome]) => outcome).filter((name) => name !== "outcome" && name !== "nothing")).toEqual(
    expect.arrayContaining(Object.keys(countOf)),
  );
  const named = [...page.matchAll(/`(?:npx ciam-testkit verify .*?)?(--[a-z-]+)/g)].map(([, option = ""]) => option);
  expect(named).toContain("--strict-order");
  for (const option of named) expect(VERIFY_HELP).toContain(`  ${option} `);
});

/** The messages of the failed tests in a JSON report of vitest. */
function failuresIn({ testResults }: { testResults: { assertionResults: { failureMessages: string[] }[] }[] }) {
  return testResults.flatMap(({ assertionResults }) => assertionResults.flatMap((one) => one.failureMessages));
}
