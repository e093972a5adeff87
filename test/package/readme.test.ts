/** The commands for a clone, the curl tutorial and the sample of the matrix, executed as they are printed. */
import { expect, onTestFinished, test } from "vitest";
import { startForeign } from "../foreign/server.ts";
import { freshClone } from "../support/package/fresh-clone.ts";
import { block } from "../support/package/readme.ts";
import { isFree, output, PROJECT, running, scratchFolder, withRegistry } from "../support/package/scratch.ts";

const MINUTES = 60_000;
const CURL = "docs/tutorials/curl.md";
const REPORTS = "docs/reference/reports.md";

test("the README names the two commands, and each does its whole set-up", async () => {
  expect(await block("clone: start", "sh", "README.md")).toBe("npm ci && npm start\n");
  // The gate runs this one, and reads it from here.
  expect(await block("clone: test", "sh", "README.md")).toBe("npm ci && npm test\n");
});

test("on a fresh clone the first command serves the mock, and the transcript prints the documented output", {
  timeout: 5 * MINUTES,
}, async ({ skip }) => {
  const busy = !(await isFree(4010));
  skip(busy && !process.env["CI"], "port 4010 is in use");
  const clone = await scratchFolder();
  await freshClone(clone);
  const mock = running("bash", ["-c", await block("clone: start", "sh", "README.md")], { cwd: clone });
  await withRegistry(skip, () => mock.until("is ready at http://127.0.0.1:4010"));
  await mock.until("good for");
  expect(mock.printed()).toMatch(/client id {5}nTo1eRIub60vPb54WeE6aojPwYwImtl4\n/);
  expect(mock.printed()).toMatch(/id_token {6}eyJ[\w-]+\.[\w-]+\.[\w-]+\n/);

  const transcript = await block("transcript", "sh", CURL);
  const printed = await output("bash", ["-c", transcript], { cwd: clone });
  expect(seconds(printed)).toBe(seconds(await block("transcript", "text", CURL)));
  expect(mock.printed()).toContain("sms  +86-15201657312  UPDATE_MOBILE_SMS  code 714078  (good for 300 s)");

  mock.signal("SIGTERM");
  await mock.ended;
  expect(await isFree(4010)).toBe(true);
});

/** The time since an expiry depends on the speed of the shell. */
function seconds(text: string): string {
  return text.replace(/expired \d+ s ago/, "expired some seconds ago").trim();
}

test("the command that verifies a backend prints the documented matrix and ends with 0", {
  timeout: 5 * MINUTES,
}, async () => {
  const { url, clientId, close } = await startForeign();
  onTestFinished(close);
  const verify = (await block("verify", "sh", REPORTS)).trim();
  // The sources for the package, which test/package/contracts-readme.test.ts installs, and a backend that runs.
  const npx = `npx() { shift; "${process.execPath}" cli/main.ts "$@"; }`;
  const here = verify.replace("http://localhost:8080", url).replace("my-test-app", clientId);
  const run = running("bash", ["-c", `${npx}; ${here} --seed README`], { cwd: PROJECT });
  expect(await run.ended).toBe(0);

  const [matrix = "", last = ""] = (await block("verify", "text", REPORTS)).split("\n...\n");
  const printed = sameRun(run.printed().replace(url, "http://127.0.0.1:8080"));
  expect(printed.slice(0, printed.indexOf("\n\nBlocked:"))).toBe(sameRun(matrix));
  expect(printed.split("\n")).toContain(sameRun(last).trim());
});

/** The hash of openapi.yaml and the random values differ in each run. */
function sameRun(text: string): string {
  return text.replace(/openapi\.yaml [0-9a-f]{12}/, "openapi.yaml").replace(/seed \w+/, "seed");
}
