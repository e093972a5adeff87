/** What is said about changes that cannot be saved. */
import { mkdir, readFile, rm } from "node:fs/promises";
import { basename, join } from "node:path";
import { expect, test } from "vitest";
import { keepState } from "../../mocks/adapters/node/state-file.ts";
import type { Store } from "../../mocks/index.ts";
import { memoryStore } from "../../mocks/stores/memory.ts";
import { stillMock } from "../support/mock/api.ts";
import { besides, stateFile, untilKept } from "../support/mock/state-file-server.ts";

test("a last save that fails says what is lost and why", async () => {
  const folder = join(await stateFile(), "..", "state");
  const file = join(folder, "state.json");
  await mkdir(folder);
  const mock = stillMock();
  const errors: unknown[] = [];
  const { close } = await keepState(mock, file, (error) => errors.push(error));
  const other = await mock.sandboxes.create({ clientId: "other" });
  await rm(folder, { recursive: true });
  await mock.accounts.create({ username: "ada" });
  await other.accounts.create({ username: "bob" });
  const reason = await close().then(() => "", String);
  expect(reason).toContain(`${file} cannot be written: ENOENT`);
  expect(reason).toMatch(
    /These changes are lost: sandbox other since 20\S+Z; sandbox nTo1eRIub60vPb54WeE6aojPwYwImtl4 since/,
  );
  expect(errors).toEqual([]);
});

test("a sandbox that cannot be saved does not stop the others, keeps its last content, and fails the end", async () => {
  const file = await stateFile();
  const memory = memoryStore();
  let isBroken = false;
  const dump: Store["dump"] = (sandbox) => {
    if (isBroken && sandbox === "bad") throw new RangeError("Maximum call stack size exceeded");
    return memory.dump(sandbox);
  };
  const mock = stillMock({ store: { ...memory, dump } });
  const bad = await mock.sandboxes.create({ clientId: "bad" });
  await bad.accounts.create({ username: "bad-before" });
  const errors: unknown[] = [];
  const { close } = await keepState(mock, file, (error) => errors.push(error));
  isBroken = true;
  for (const username of ["ada", "bob"]) {
    await bad.accounts.create({ username: `bad-${username}` });
    await mock.accounts.create({ username });
    await untilKept(file, `"${username}"`);
  }
  await expect
    .poll(() => errors.map(String))
    .toEqual([`Error: ${file}: sandbox bad cannot be saved: Maximum call stack size exceeded. The others are saved`]);
  expect(await readFile(file, "utf8")).toContain('"bad-before"');
  await expect(close()).rejects.toThrow(
    /sandbox bad cannot be saved: Maximum call stack size exceeded\. These changes are lost: sandbox bad since 20\S+Z$/,
  );
  expect(await readFile(file, "utf8")).not.toContain("bad-ada");
  expect(await besides(file)).toEqual([basename(file)]);
});
