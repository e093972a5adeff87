/** The README's commands, transcript and snippets, executed as they are printed. */
import { copyFile, mkdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { block } from "./support/readme.ts";
import { isFree, output, PROJECT, running, scratchFolder, withRegistry } from "./support/scratch.ts";

const MINUTES = 60_000;

test("the README names the two commands, each doing all the set-up", async () => {
  const readme = await readFile(join(PROJECT, "README.md"), "utf8");
  expect(readme).toContain("```sh\nnpm ci && npm start\n```");
  expect(readme).toContain("```sh\nnpm ci && npm test\n```");
});

test("on a fresh clone the first command serves the mock, and the transcript prints what the README says", {
  timeout: 5 * MINUTES,
}, async ({ skip }) => {
  const busy = !(await isFree(4010));
  skip(busy && !process.env["CI"], "port 4010 is in use");
  const clone = await freshClone();
  const mock = running("bash", ["-c", "npm ci && npm start"], { cwd: clone });
  await withRegistry(skip, () => mock.until("is ready at http://127.0.0.1:4010"));
  expect(mock.printed()).toMatch(/client id {5}nTo1eRIub60vPb54WeE6aojPwYwImtl4\n/);
  expect(mock.printed()).toMatch(/id_token {6}eyJ[\w-]+\.[\w-]+\.[\w-]+\n/);

  const transcript = await block("transcript", "sh");
  const printed = await output("bash", ["-c", transcript], { cwd: clone });
  expect(seconds(printed)).toBe(seconds(await block("transcript", "text")));
  expect(mock.printed()).toContain("sms  +86-15201657312  UPDATE_MOBILE_SMS  code 714078  (good for 300 s)");

  mock.signal("SIGTERM");
  await mock.ended;
  expect(await isFree(4010)).toBe(true);
});

/** How long ago something expired depends on how fast the shell is. */
function seconds(text: string): string {
  return text.replace(/expired \d+ s ago/, "expired some seconds ago").trim();
}

/** What a clone would hold: the files that git knows, and those that it would take. */
async function freshClone(): Promise<string> {
  const folder = await scratchFolder();
  const list = await output("git", ["ls-files", "--cached", "--others", "--exclude-standard", "-z"], { cwd: PROJECT });
  for (const file of new Set(list.split("\0").filter(Boolean))) {
    await mkdir(dirname(join(folder, file)), { recursive: true });
    // A file that was removed and not yet committed is on git's list and not on the disk.
    await copyFile(join(PROJECT, file), join(folder, file)).catch((error) => {
      if (error.code !== "ENOENT") throw error;
    });
  }
  return folder;
}
