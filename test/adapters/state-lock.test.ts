/** Only one process at a time uses a state file. */
import { readFile, symlink, unlink, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { basename } from "node:path";
import { expect, test } from "vitest";
import { keepState } from "../../mocks/adapters/node/state-file.ts";
import { stillMock } from "../support/mock/api.ts";
import { besides, stateFile, untilKept } from "../support/mock/state-file-server.ts";
import { endedProcess } from "../support/package/scratch.ts";

const ignore = () => {};

async function attempt(file: string) {
  return keepState(stillMock(), file, ignore).then(
    (state) => ({ state, reason: "" }),
    (error: Error) => ({ state: undefined, reason: error.message }),
  );
}

async function lockWith(file: string, fields: object): Promise<void> {
  const holder = { id: "another", pid: process.pid, host: hostname(), ...fields };
  await writeFile(`${file}.lock`, JSON.stringify(holder));
}

test("a file in use is refused with the process that uses it, and is free again after the end", async () => {
  const file = await stateFile();
  const first = await attempt(file);
  const text = await readFile(file, "utf8");
  const { reason } = await attempt(file);
  expect(reason).toBe(`${file} is in use by process ${process.pid}. End that process, or use another state file`);
  expect(await readFile(file, "utf8")).toBe(text);
  await first.state?.close();
  const next = await attempt(file);
  expect(next.reason).toBe("");
  await next.state?.close();
  expect(await besides(file)).toEqual([basename(file)]);
});

test("two links to one file share its lock", async () => {
  const file = await stateFile();
  const first = await attempt(file);
  await symlink(file, `${file}.link`);
  expect((await attempt(`${file}.link`)).reason).toContain(`${file}.link is in use by process ${process.pid}`);
  await first.state?.close();
});

test("the lock of a process that has ended is taken over", async () => {
  const file = await stateFile();
  await lockWith(file, { pid: await endedProcess() });
  const { state, reason } = await attempt(file);
  expect(reason).toBe("");
  await state?.close();
  expect(await besides(file)).toEqual([basename(file)]);
});

test("the lock of a process whose number another program has now is taken over", async () => {
  const file = await stateFile();
  await lockWith(file, { start: "another boot 1" });
  const { state, reason } = await attempt(file);
  expect(reason).toBe("");
  await state?.close();
});

test("a lock of another machine is respected, and the message says how to remove it", async () => {
  const file = await stateFile();
  await lockWith(file, { pid: 1, host: "elsewhere" });
  expect((await attempt(file)).reason).toBe(
    `${file} is in use by process 1 on the machine elsewhere. End that process, or use another state file. If it has ended, delete ${file}.lock`,
  );
});

test.each(["", "5", "null", "{}", '{"id":"a","pid":-1,"host":"b"}', '{"id":"a","pid":1.5,"host":"b"}', "\u0000"])(
  "a lock file with the content %j is left alone, and the message says how to remove it",
  async (content) => {
    const file = await stateFile();
    await writeFile(`${file}.lock`, content);
    expect((await attempt(file)).reason).toBe(
      `${file} cannot be locked: ${file}.lock is not a lock file. If no process uses the state file, delete ${file}.lock`,
    );
    expect(await readFile(`${file}.lock`, "utf8")).toBe(content);
  },
);

test("a lock is not followed through a link", async () => {
  const file = await stateFile();
  await writeFile(`${file}.other`, "{}");
  await symlink(`${file}.other`, `${file}.lock`);
  expect((await attempt(file)).reason).toContain("cannot be locked");
  expect(await readFile(`${file}.other`, "utf8")).toBe("{}");
});

test.each([1, 2, 3, 4, 5])(
  "of many that find a stale lock at the same time, exactly one takes it: round %d",
  async () => {
    const file = await stateFile();
    await lockWith(file, { pid: await endedProcess() });
    const all = await Promise.all(Array.from({ length: 25 }, () => attempt(file)));
    const winners = all.filter(({ state }) => state !== undefined);
    expect(winners).toHaveLength(1);
    for (const { state, reason } of all) if (state === undefined) expect(reason).toContain("is in use by process");
    await winners[0]?.state?.close();
    expect(await besides(file)).toEqual([basename(file)]);
  },
);

test("a stale lock is taken over although a taker was killed in between", async () => {
  const file = await stateFile();
  const pid = await endedProcess();
  await lockWith(file, { pid });
  await lockWith(`${file}.lock`, { pid, id: "unused" });
  await writeFile(`${file}.lock.takeover`, JSON.stringify({ id: "taker", pid, host: hostname() }));
  const { state, reason } = await attempt(file);
  expect(reason).toBe("");
  await state?.close();
});

test("a process that has lost its lock writes nothing, and says so", async () => {
  const file = await stateFile();
  const mock = stillMock();
  const { close } = await keepState(mock, file, ignore);
  const text = await readFile(file, "utf8");
  await lockWith(file, {});
  await mock.accounts.create({ username: "ada" });
  await expect(close()).rejects.toThrow(/is in use by process \d+\. .*These changes are lost: sandbox /);
  expect(await readFile(file, "utf8")).toBe(text);
  expect(await readFile(`${file}.lock`, "utf8")).toContain('"another"');
});

test("a deleted lock file is created again with the next save", async () => {
  const file = await stateFile();
  const mock = stillMock();
  const { close } = await keepState(mock, file, ignore);
  await unlink(`${file}.lock`);
  await mock.accounts.create({ username: "ada" });
  await untilKept(file, '"ada"');
  expect((await attempt(file)).reason).toContain("is in use by process");
  await close();
});
