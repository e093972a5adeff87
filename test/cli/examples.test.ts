/** The CI files that the docs offer for copying are valid, and their commands work. */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { createMock } from "../../mocks/index.ts";
import { served } from "../support/mock/served.ts";
import { PROJECT, plainEnvironment, running, scratchFolder } from "../support/package/scratch.ts";

const CLI = join(PROJECT, "cli/main.ts");

interface Example {
  readonly file: string;
  /** The commands that its runner executes, in order. */
  commands(text: string): readonly string[];
  /** The files that it keeps. */
  kept(text: string): readonly string[];
}

interface Workflow {
  readonly permissions: unknown;
  readonly jobs: Record<string, { readonly permissions: unknown; readonly steps: readonly Step[] }>;
}

interface Step {
  readonly run?: string;
  readonly uses?: string;
  readonly with?: Record<string, unknown>;
}

interface Job {
  readonly script: readonly string[];
  readonly artifacts: { readonly paths: readonly string[]; readonly reports: { readonly junit: string } };
}

function stepsIn(workflow: string): readonly Step[] {
  return Object.values((parse(workflow) as Workflow).jobs).flatMap(({ steps }) => steps);
}

function jobIn(text: string): Job {
  return (parse(text) as { readonly contract: Job }).contract;
}

const github: Example = {
  file: "github-actions.yml",
  commands: (text) => stepsIn(text).flatMap(({ run }) => run ?? []),
  kept: (text) =>
    stepsIn(text).flatMap((step) => (step.uses?.includes("upload-artifact") ? String(step.with?.["path"]) : [])),
};

const gitlab: Example = {
  file: "gitlab-ci.yml",
  commands: (text) => jobIn(text).script,
  kept: (text) => [...jobIn(text).artifacts.paths, jobIn(text).artifacts.reports.junit],
};

async function example(file: string): Promise<string> {
  return readFile(join(PROJECT, "contracts/examples", file), "utf8");
}

test.each([github, gitlab])("$file runs verify unchanged and keeps the reports", async ({ file, commands, kept }) => {
  const text = await example(file);
  const [install, verify = "", ...others] = commands(text).filter((command) => command.includes("ciam-testkit"));
  expect({ install, others }).toEqual({ install: "npm install --no-save ciam-testkit", others: [] });

  const { url } = await served(createMock({ clientId: "my-test-app" }));
  const folder = await scratchFolder();
  // The sources stand for the package, the mock for the backend, and a few cases for all.
  const npx = `npx() { shift; "${process.execPath}" "${CLI}" "$@"; }`;
  const here = `${verify.trim().replace(/http:\/\/\S+/, url)} --only 'getCaptcha/*'`;
  const env = { ...plainEnvironment(), GITHUB_ACTIONS: "true", GITHUB_STEP_SUMMARY: join(folder, "summary.md") };
  const run = running("bash", ["-ec", `touch contract-known-failing.txt; ${npx}; ${here}`], { cwd: folder, env });
  expect({ code: await run.ended, printed: run.printed() }).toMatchObject({ code: 0 });
  expect(run.printed()).toContain("getCaptcha ");
  expect(await readFile(join(folder, "summary.md"), "utf8")).toContain("getCaptcha");

  const written = await readdir(folder, { recursive: true });
  expect(written).toEqual(expect.arrayContaining(["reports/contract.xml", "reports/contract.html", ...kept(text)]));
});

test("the workflow has read permission only and pins each action by hash, like this project's own", async () => {
  const [own, offered] = [
    await readFile(join(PROJECT, ".github/workflows/ci.yml"), "utf8"),
    await example(github.file),
  ];
  expect(parse(own)).toMatchObject({ permissions: {}, jobs: { gate: { permissions: { contents: "read" } } } });
  expect(parse(offered)).toMatchObject({ permissions: {}, jobs: { contract: { permissions: { contents: "read" } } } });
  const pins = pinsIn(offered);
  expect([...pins.keys()]).toEqual(["actions/checkout", "actions/setup-node", "actions/upload-artifact"]);
  for (const pin of pins.values()) expect(pin).toMatch(/^[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  for (const [action, pin] of pinsIn(own)) expect({ action, pin }).toEqual({ action, pin: pins.get(action) ?? pin });
});

/** The part after the @, with the comment. */
function pinsIn(workflow: string): ReadonlyMap<string, string> {
  const uses = workflow.matchAll(/uses: ([^@\s]+)@(.*)$/gm);
  return new Map([...uses].map(([, action = "", pin = ""]) => [action, pin]));
}
