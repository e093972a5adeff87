/** An invalid state file: the command ends with a message that names it, and leaves it unchanged. */
import { execFile } from "node:child_process";
import { once } from "node:events";
import { mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { basename, dirname, join } from "node:path";
import { promisify } from "node:util";
import { expect, onTestFinished, test } from "vitest";
import { altered } from "../support/mock/altered.ts";
import { stillMock } from "../support/mock/api.ts";
import { fillSandbox } from "../support/mock/filled-sandbox.ts";
import { served } from "../support/mock/served.ts";
import { besides, type Kept, keptIn, servedOnce, stateFile, writing } from "../support/mock/state-file-server.ts";
import { PROJECT, running } from "../support/package/scratch.ts";

/** A valid state with two sandboxes. */
async function goodText(): Promise<string> {
  const mock = stillMock({ sleep: async () => {} });
  await fillSandbox(mock);
  const other = await mock.sandboxes.create({ clientId: "other" });
  const sandboxes = [await mock.snapshot.take(), await other.snapshot.take()];
  return JSON.stringify({ ciam_testkit_state: 1, sandboxes });
}

/** The command fails with one line that names the file and the reason; file and folder stay unchanged. */
async function expectRefused(content: string | Uint8Array, reason: string): Promise<void> {
  const file = await stateFile();
  await writeFile(file, content);
  const { exitCode, out, err } = await servedOnce(file);
  expect({ exitCode, out }).toEqual({ exitCode: 1, out: "" });
  expect(err).toContain(`ciam-testkit: ${file} `);
  expect(err).toContain(reason);
  expect(err.trim().split("\n")).toHaveLength(1);
  expect(await readFile(file)).toEqual(Buffer.from(content));
  expect(await besides(file)).toEqual([basename(file)]);
}

test("the file behind the damaged examples is valid", async () => {
  const file = await stateFile();
  await writeFile(file, await goodText());
  expect(await servedOnce(file)).toMatchObject({ exitCode: 0, err: "" });
});

test.each([0.01, 0.5, 0.9, 0.999])("a file that was cut off after %d of its length is damaged", async (part) => {
  const text = await goodText();
  await expectRefused(text.slice(0, Math.floor(text.length * part)), "is not JSON");
});

test.each([
  ["blank", " \n"],
  ["a word", "state"],
  ["bytes", Uint8Array.from([0, 255, 254, 128])],
])("a file that is %s is damaged", async (_what, content) => {
  await expectRefused(content, "is not JSON");
});

test.each([
  "null",
  "5",
  '"state"',
  "[]",
  "{}",
  '{"sandboxes":[]}',
  '{"ciam_testkit_state":1}',
  '{"ciam_testkit_state":"1","sandboxes":[]}',
  '{"ciam_testkit_state":0,"sandboxes":[]}',
  '{"ciam_testkit_state":1,"sandboxes":{}}',
  '{"ciam_testkit_state":1,"sandboxes":null}',
])("the JSON %s is refused as a state", async (text) => {
  await expectRefused(text, "is not a state file of ciam-testkit");
});

test.each(['{"ciam_testkit_state":2,"sandboxes":[]}', '{"ciam_testkit_state":3,"worlds":{}}'])(
  "the state %s is from a newer version",
  async (text) => {
    await expectRefused(text, "was written by a newer version of ciam-testkit");
  },
);

test.each([
  ["is null", "sandboxes/0", null],
  ["is a number", "sandboxes/1", 5],
  ["is empty", "sandboxes/1", {}],
  ["has no client id", "sandboxes/1/client_id", undefined],
  ["has a number for a client id", "sandboxes/1/client_id", 7],
  ["has an invalid client id", "sandboxes/1/client_id", "no name"],
  ["is of version 2", "sandboxes/1/version", 2],
  ["has no records", "sandboxes/0/records", undefined],
  ["has an odd record", "sandboxes/0/records/code/*/count", "many"],
  ["has an unknown field", "sandboxes/0/journal", []],
  ["has a fault of no operation", "sandboxes/1/records/faults", { nothing: [] }],
  ["contradicts itself", "sandboxes/1/records/settings/policy/all", { password_min_length: 200 }],
])(
  "a sandbox whose snapshot %s does not stop the others, and a file of such sandboxes alone is damaged",
  async (_what, place, value) => {
    // Only the value in one place has another type.
    const damaged = altered(await goodText(), place.split("/"), value) as unknown as Kept;
    const [other, bad] = place.startsWith("sandboxes/0") ? [1, 0] : [0, 1];
    await expectRefused(JSON.stringify({ ...damaged, sandboxes: [damaged.sandboxes[bad]] }), "is damaged (");

    const file = await stateFile();
    await writeFile(file, JSON.stringify(damaged));
    const { exitCode, err } = await servedOnce(file);
    expect(exitCode).toBe(0);
    const report = `ciam-testkit: ${file}: 1 of 2 sandboxes cannot be restored and are left out: sandbox `;
    expect(err).toContain(report);
    expect(err).toContain(`A copy is in ${file}.damaged-1\n`);
    expect(await readFile(`${file}.damaged-1`, "utf8")).toBe(JSON.stringify(damaged));
    const kept = (await keptIn(file)).sandboxes.find(
      ({ client_id }) => client_id === damaged.sandboxes[other]?.client_id,
    );
    expect(kept?.records.account).toMatchObject(damaged.sandboxes[other]?.records.account ?? {});
    expect(await besides(file)).toEqual([basename(file), `${basename(file)}.damaged-1`]);
  },
);

test("a second damage keeps the first copy", async () => {
  const file = await stateFile();
  await writeFile(`${file}.damaged-1`, "first");
  await writeFile(file, JSON.stringify(altered(await goodText(), ["sandboxes", "1", "version"], 2)));
  expect((await servedOnce(file)).err).toContain(`A copy is in ${file}.damaged-2\n`);
  expect(await readFile(`${file}.damaged-1`, "utf8")).toBe("first");
});

test("a missing folder is reported and not created", async () => {
  const file = join(dirname(await stateFile()), "nowhere", "state.json");
  const { exitCode, err } = await servedOnce(file);
  expect(exitCode).toBe(1);
  expect(err).toContain(`ciam-testkit: ${file} cannot be written: ENOENT`);
  expect(await besides(dirname(file))).toEqual([]);
});

const execute = promisify(execFile);

async function listening(path: string): Promise<void> {
  const server = createServer().listen(path);
  await once(server, "listening");
  onTestFinished(() => void server.close());
}

test.each<[string, (file: string) => Promise<unknown>]>([
  ["folder", (file) => mkdir(file)],
  ["named pipe", (file) => execute("mkfifo", [file])],
  ["socket", listening],
  ["device", (file) => symlink("/dev/null", file)],
])("a %s in place of the file is refused at once and stays", async (kind, create) => {
  const file = await stateFile();
  await create(file);
  const { exitCode, err } = await servedOnce(file);
  expect({ exitCode, err }).toEqual({
    exitCode: 1,
    err: `ciam-testkit: ${file} is a ${kind}, not a regular file. Choose another name for the state file\n`,
  });
  expect(await besides(file)).toEqual([basename(file)]);
});

test("a link that leads to itself is refused", async () => {
  const file = await stateFile();
  await symlink(file, file);
  expect(await servedOnce(file)).toMatchObject({ exitCode: 1, err: expect.stringContaining("ELOOP") });
});

test("the command ends with exit code 1 for a damaged file", async () => {
  const file = await stateFile();
  await writeFile(file, "{");
  const args = [join(PROJECT, "cli/main.ts"), "serve", "--port", "0", "--state", file];
  const server = running(process.execPath, args, { cwd: PROJECT });
  expect(await server.ended).toBe(1);
  expect(server.printed()).toBe(
    `ciam-testkit: ${file} is damaged (it is not JSON). It was not changed; repair it, or delete it to start fresh\n`,
  );
});

test("a start that fails for its port leaves the file unchanged", async () => {
  const file = await stateFile();
  await writeFile(file, await goodText());
  const written = await writing(file);
  const { port } = await served(stillMock());
  const { exitCode, err } = await servedOnce(file, port);
  expect({ exitCode, err }).toEqual({ exitCode: 1, err: expect.stringContaining("is in use") });
  expect(await writing(file)).toBe(written);
});
