/** The executable does what the npm package does, on a machine without Node. */
import { execFileSync } from "node:child_process";
import { readFile, symlink, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import type { Report } from "../../contracts/index.ts";
import { block } from "../support/package/readme.ts";
import { PROJECT, running, scratchFolder } from "../support/package/scratch.ts";

const MINUTES = 60_000;
const PLATFORM = `${process.platform}-${process.arch}`;
const EXECUTABLE = join(PROJECT, "dist-executable", `ciam-testkit-${PLATFORM}`);
const MAIN = join(PROJECT, "cli/main.ts");
const HTML = { accept: "text/html" };
/** The time, and the text of openapi.yaml: the executable has the published one, which adds examples. */
const VARIABLE: ReadonlySet<string> = new Set(["duration_ms", "spec_sha256"]);
/** Enough to compare: each kind of case, in both dialects. */
const ONLY = ["--only", "updateMobile/*", "--only", "genauthUpdatePhone/*"];

/** No Node, and nothing else, can be found. */
const env = { PATH: "/nonexistent", HOME: "/nonexistent" };

beforeAll(() => {
  execFileSync(process.execPath, [join(PROJECT, "cli/tools/executable.ts"), PLATFORM], { cwd: PROJECT });
}, 5 * MINUTES);

/** The address of a mock that the executable serves. */
async function served(cwd: string): Promise<string> {
  const server = running(EXECUTABLE, ["serve", "--port", "0"], { cwd, env });
  await server.until("inspector");
  return /ready at (\S+)/.exec(server.printed())?.[1] ?? "";
}

/** The report of a run without what may differ. */
async function verified(command: string, args: string[], cwd: string): Promise<Record<string, unknown>> {
  const file = join(cwd, "report.json");
  const run = running(command, [...args, ...ONLY, "--seed", "executable", "--report", `json=${file}`], { cwd, env });
  expect(await run.ended, run.printed()).toBe(0);
  const report: Report = JSON.parse(await readFile(file, "utf8"));
  return JSON.parse(JSON.stringify(report, (key, value) => (VARIABLE.has(key) ? undefined : value)));
}

test("verify through the executable gives the same report as through npm, but for times", {
  timeout: 5 * MINUTES,
}, async () => {
  const cwd = await scratchFolder();
  const url = await served(cwd);
  const first = await verified(EXECUTABLE, ["verify", url], cwd);
  const second = await verified(process.execPath, [MAIN, "verify", url], cwd);
  expect(first).toMatchObject({ summary: { failed: 0, errors: 0, blocked: 0 } });
  expect(first).toEqual(second);
});

test("the commands of the guide check the file, serve the mock and verify it", { timeout: 2 * MINUTES }, async () => {
  const cwd = await scratchFolder();
  await Promise.all(
    [EXECUTABLE, join(PROJECT, "dist-executable/SHA256SUMS")].map((file) => symlink(file, join(cwd, basename(file)))),
  );
  const guide = "docs/guides/executable.md";
  const start = (await block("executable: start", "sh", guide)).replaceAll("linux-x64", PLATFORM);
  // Any free port, because another server may use the usual one.
  const server = running("sh", ["-ec", start.replace(/ serve$/m, " serve --port 0")], { cwd });
  await server.until("inspector");
  const url = /ready at (\S+)/.exec(server.printed())?.[1] ?? "";
  const verify = (await block("executable: verify", "sh", guide)).replaceAll("linux-x64", PLATFORM);
  const command = `${verify.trim().replace("http://127.0.0.1:8080", url)} ${ONLY.map((word) => `'${word}'`).join(" ")}`;
  const run = running("sh", ["-c", command], { cwd });
  expect(await run.ended, run.printed()).toBe(0);
  expect(await readFile(join(cwd, "ciam.xml"), "utf8")).toContain("<testsuite");
});

test("the executable serves the inspector with every module that the page imports", async () => {
  const url = await served(await scratchFolder());
  const page = `${url}/__testkit/`;
  const found = new Set<string>();
  const visit = async (address: string): Promise<void> => {
    if (found.has(address)) return;
    found.add(address);
    const response = await fetch(address, { headers: HTML });
    expect(response.status, address).toBe(200);
    const text = await response.text();
    const links = text.matchAll(/(?:href|src|from)\s*=?\s*"([^"#:]+\.(?:css|js|ts|svg))"/g);
    await Promise.all([...links].map(([, path = ""]) => visit(new URL(path, address).href)));
  };
  await visit(page);
  expect(found.size).toBeGreaterThan(40);
});

test("the executable loads a target module, also in TypeScript", { timeout: 2 * MINUTES }, async () => {
  const cwd = await scratchFolder();
  const url = await served(cwd);
  const target = `interface Named { name: string }\nconst named: Named = { name: "mine" };\nexport default { ...named, baseUrl: "${url}" };\n`;
  await writeFile(join(cwd, "target.mts"), target);
  const run = running(EXECUTABLE, ["verify", "--target", "target.mts", "--only", "getCaptcha/client-*"], { cwd, env });
  await run.ended;
  expect(run.printed()).toContain("mine");
  expect(run.printed()).toMatch(/: [1-9]\d* passed, 0 failed/);
});

test("the executable refuses wrong usage with exit code 2", async () => {
  const run = running(EXECUTABLE, ["serve", "--no-such-option"], { cwd: await scratchFolder(), env });
  expect(await run.ended).toBe(2);
  expect(run.printed()).toContain("--no-such-option");
});
