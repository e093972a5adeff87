/** `keepState` in process: many changes need few writes, no change is lost, and reads cause no write. */
import { mkdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { keepState } from "../../mocks/adapters/node/state-file.ts";
import type { Mock, MockOptions, Store } from "../../mocks/index.ts";
import { memoryStore } from "../../mocks/stores/memory.ts";
import { api, MOBILE, stillMock } from "../support/mock/api.ts";
import { fillSandbox, responsesOf } from "../support/mock/filled-sandbox.ts";
import { slowStore } from "../support/mock/slow-store.ts";
import { besides, keptIn, stateFile, untilKept, writing } from "../support/mock/state-file-server.ts";

/** A mock with a state file; the test fails if the file cannot be written. */
async function kept(file: string, options: MockOptions = {}) {
  const mock = stillMock({ sleep: async () => {}, ...options });
  const errors: unknown[] = [];
  const { close } = await keepState(mock, file, (error) => errors.push(error));
  onTestFinished(close);
  return { mock, close, errors };
}

/** A store that counts the writes of its one sandbox and can hold a write after its read. */
function watched() {
  const memory = memoryStore();
  let count = 0;
  let hold: Promise<unknown> | undefined;
  const dump: Store["dump"] = async (sandbox) => {
    count += 1;
    const content = await memory.dump(sandbox);
    await hold;
    return content;
  };
  const holdWritings = (until: Promise<unknown>) => {
    hold = until;
  };
  return { store: { ...memory, dump }, writings: () => count, holdWritings };
}

test("many changes cause few writes, and the last change is in the file at the end", async () => {
  const file = await stateFile();
  const { store, writings } = watched();
  const { mock, close, errors } = await kept(file, { store });
  for (let count = 1; count <= 300; count++) {
    await mock.accounts.create({ username: `user-${count}` });
    // Gives a write the chance to start.
    await stat(file);
  }
  await close();
  expect(writings()).toBeGreaterThan(1);
  expect(writings()).toBeLessThan(12);
  expect(Object.keys((await keptIn(file)).sandboxes[0]?.records.account ?? {})).toHaveLength(300);
  expect(errors).toEqual([]);
  expect(await besides(file)).toEqual([basename(file)]);
});

test.each([
  ["in memory", () => memoryStore()],
  ["in a slow store", () => slowStore()],
])("concurrent changes are all in the file: %s", async (_where, store) => {
  const file = await stateFile();
  const { mock, close } = await kept(file, { store: store() });
  const sandboxes = await Promise.all(["a", "b", "c"].map((clientId) => mock.sandboxes.create({ clientId })));
  const all = sandboxes.flatMap((sandbox) =>
    Array.from({ length: 10 }, (_, count) => sandbox.accounts.create({ username: `user-${count}` })),
  );
  await Promise.all(all);
  await close();
  const { sandboxes: written } = await keptIn(file);
  const counts = written.map(({ client_id, records }) => [client_id, Object.keys(records.account).length]);
  expect(Object.fromEntries(counts)).toEqual({ [mock.clientId]: 0, a: 10, b: 10, c: 10 });
});

test("another mock with the same file continues like the first one", async () => {
  const file = await stateFile();
  const first = await kept(file);
  const filled = await fillSandbox(first.mock);
  await first.close();
  const second = await kept(file);
  expect(await responsesOf(second.mock, filled)).toEqual(await responsesOf(first.mock, filled));
});

test.each<[string, (mock: Mock) => Promise<unknown>]>([
  ["the clock", (mock) => mock.clock.set("2031-02-03T04:05:06Z")],
  ["the policy", (mock) => mock.policy.patch({ code_length: 9 })],
  ["a fault", (mock) => mock.faults.add({ operation: "sendSms", transport: "hang" })],
  ["a code", (mock) => mock.codes.plant({ to: MOBILE, scene: "LOGIN_SMS", code: "246810" })],
  ["a pass", (mock) => mock.captcha.issueToken({ sender: MOBILE })],
  ["a captcha", (mock) => api(mock)("captcha")],
  ["a new sandbox", (mock) => mock.sandboxes.create({ clientId: "new" })],
  ["a sandbox that goes", (mock) => mock.sandboxes.delete("old")],
  ["a change elsewhere", (mock) => mock.sandbox("old").clock.freeze()],
  ["a reset", (mock) => mock.reset()],
  ["a reset elsewhere", (mock) => mock.sandbox("old").reset()],
])("%s is written by the end, and the next mock reads it", async (_what, change) => {
  const file = await stateFile();
  const before = stillMock();
  await before.accounts.create({ username: "ada" });
  const old = await before.sandboxes.create({ clientId: "old" });
  await old.accounts.create({ username: "bob" });
  const sandboxes = [await before.snapshot.take(), await old.snapshot.take()];
  await writeFile(file, JSON.stringify({ ciam_testkit_state: 1, sandboxes }));
  const { mock, close } = await kept(file);
  const written = await writing(file);
  await change(mock);
  await close();
  expect(await writing(file)).not.toBe(written);
  const next = await kept(file);
  expect([...(await next.mock.sandboxes.list())].sort()).toEqual([...(await mock.sandboxes.list())].sort());
  for (const clientId of await mock.sandboxes.list()) {
    expect(await next.mock.sandbox(clientId).snapshot.take()).toEqual(await mock.sandbox(clientId).snapshot.take());
  }
});

test("a change is written before the end, and only once", async () => {
  const file = await stateFile();
  const { mock, close } = await kept(file);
  await mock.accounts.create({ username: "ada" });
  await untilKept(file, '"ada"');
  const written = await writing(file);
  await close();
  expect(await writing(file)).toBe(written);
});

test("a change during a write is written as well", async () => {
  const file = await stateFile();
  const { store, writings, holdWritings } = watched();
  const { mock, close } = await kept(file, { store });
  let release = () => {};
  holdWritings(
    new Promise<void>((resolve) => {
      release = resolve;
    }),
  );
  const before = writings();
  await mock.accounts.create({ username: "ada" });
  await expect.poll(writings, { timeout: 20_000, interval: 20 }).toBeGreaterThan(before);
  await mock.accounts.create({ username: "bob" });
  const closing = close();
  release();
  await closing;
  expect(await readFile(file, "utf8")).toContain('"bob"');
});

test("reads, and changes of the journal alone, cause no write", async () => {
  const file = await stateFile();
  const { mock, close } = await kept(file);
  const written = await writing(file);
  await api(mock)("nothing");
  await api(mock)("sms/send", {});
  await mock.requests.list();
  await mock.snapshot.take();
  await mock.policy.read();
  await close();
  expect(await writing(file)).toBe(written);
});

test("after the end nothing is written", async () => {
  const file = await stateFile();
  const { mock, close } = await kept(file);
  await mock.accounts.create({ username: "ada" });
  await close();
  const text = await readFile(file, "utf8");
  await mock.accounts.create({ username: "bob" });
  await close();
  expect(await readFile(file, "utf8")).toBe(text);
  expect(text).toContain('"ada"');
});

test("sandboxes that are opened and deleted during a write cause no error", async () => {
  const file = await stateFile();
  const { mock, close, errors } = await kept(file, { store: slowStore() });
  for (let round = 0; round < 20; round++) await mock.sandboxes.create({ clientId: `old-${round}` });
  await mock.accounts.create({ username: "marker" });
  const closing = close();
  for (let round = 0; round < 20; round++) await mock.sandboxes.delete(`old-${round}`);
  await closing;
  expect(errors).toEqual([]);
  expect(await readFile(file, "utf8")).toContain('"marker"');
});

test("a failed write is reported once, retried, and reported again when it fails again", async () => {
  const folder = join(await stateFile(), "..", "state");
  const file = join(folder, "state.json");
  await mkdir(folder);
  const { store, writings } = watched();
  const { mock, close, errors } = await kept(file, { store });
  for (const username of ["ada", "bob"]) {
    await rm(folder, { recursive: true });
    await mock.accounts.create({ username });
    const failures = errors.length + 1;
    await expect.poll(() => errors.length, { timeout: 20_000, interval: 20 }).toBe(failures);
    const tried = writings();
    await mock.accounts.create({ username: `${username}-again` });
    await expect.poll(writings, { timeout: 20_000, interval: 20 }).toBeGreaterThan(tried);
    await mkdir(folder);
    await untilKept(file, `"${username}"`);
    expect(errors).toHaveLength(failures);
  }
  expect(String(errors[0])).toContain(`${file} cannot be written: ENOENT`);
  await close();
  expect(await besides(file)).toEqual([basename(file)]);
});

test("a sandbox without a change is not serialised again", async () => {
  const file = await stateFile();
  const memory = memoryStore();
  const dumped: string[] = [];
  const dump: Store["dump"] = (sandbox) => {
    dumped.push(sandbox);
    return memory.dump(sandbox);
  };
  const { mock, close } = await kept(file, { store: { ...memory, dump } });
  for (const clientId of ["a", "b", "c"]) await mock.sandboxes.create({ clientId });
  await untilKept(file, '"client_id":"c"');
  dumped.length = 0;
  await mock.sandbox("b").accounts.create({ username: "ada" });
  await close();
  expect(dumped).toEqual(["b"]);
  const ids = (await keptIn(file)).sandboxes.map(({ client_id }) => client_id);
  expect(ids.sort()).toEqual(["a", "b", "c", mock.clientId].sort());
});

test("a start asks for the list of sandboxes as often for few as for many", async () => {
  async function listsFor(count: number): Promise<number> {
    const file = await stateFile();
    const snapshot = await stillMock().snapshot.take();
    const sandboxes = Array.from({ length: count }, (_, index) => ({ ...snapshot, client_id: `client-${index}` }));
    await writeFile(file, JSON.stringify({ ciam_testkit_state: 1, sandboxes }));
    const memory = memoryStore();
    let lists = 0;
    const counted: Store = {
      ...memory,
      sandboxes: () => {
        lists += 1;
        return memory.sandboxes();
      },
    };
    const { mock } = await kept(file, { store: counted });
    expect(await mock.sandboxes.list()).toHaveLength(count + 1);
    return lists;
  }
  expect(await listsFor(100)).toBe(await listsFor(2));
});
