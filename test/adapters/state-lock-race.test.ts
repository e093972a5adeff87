/** Two processes that find the same stale lock: one is slow between its judgement and the removal. */
import { writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { basename } from "node:path";
import { expect, test, vi } from "vitest";
import { keepState } from "../../mocks/adapters/node/state-file.ts";
import { stillMock } from "../support/mock/api.ts";
import { besides, stateFile } from "../support/mock/state-file-server.ts";
import { endedProcess } from "../support/package/scratch.ts";

/** What the next removal of a lock waits for, and what it calls before. */
const slow = vi.hoisted((): { start?: () => void; until?: Promise<unknown> } => ({}));

vi.mock("node:fs/promises", async (original) => {
  const real = await original<typeof import("node:fs/promises")>();
  return {
    ...real,
    rm: async (path: string, options?: object) => {
      if (path.endsWith(".lock") && slow.start !== undefined) {
        slow.start();
        delete slow.start;
        await slow.until;
      }
      return real.rm(path, options);
    },
  };
});

test("the slow one does not remove the new lock of the other", async () => {
  const file = await stateFile();
  const stale = { id: "stale", pid: await endedProcess(), host: hostname() };
  await writeFile(`${file}.lock`, JSON.stringify(stale));
  const attempt = () =>
    keepState(stillMock(), file, () => {}).then(
      (state) => ({ state, reason: "" }),
      (error: Error) => ({ state: undefined, reason: error.message }),
    );
  let goOn = () => {};
  slow.until = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  const reached = new Promise<void>((resolve) => {
    slow.start = resolve;
  });
  const first = attempt();
  await reached;
  const second = await attempt();
  goOn();
  const both = [await first, second];
  expect(both.filter(({ state }) => state !== undefined)).toHaveLength(1);
  expect(both.map(({ reason }) => reason)).toContainEqual(expect.stringContaining("is in use by process"));
  for (const { state } of both) await state?.close();
  expect(await besides(file)).toEqual([basename(file)]);
});
