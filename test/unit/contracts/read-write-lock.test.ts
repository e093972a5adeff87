/** Which runs overlap: the tests look at the runs in progress, not at time. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { readWriteLock } from "../../../contracts/world/read-write-lock.ts";

/** Runs that last until they are ended, in the order of the requests. */
function stage() {
  const { run } = readWriteLock();
  const began: string[] = [];
  const inside = new Map<string, () => void>();
  return {
    began,
    inside: () => [...inside.keys()],
    /** Requests a turn; the promise covers the whole run. */
    ask(name: string, alone: boolean, failing = false): Promise<void> {
      return run(alone, async () => {
        began.push(name);
        await new Promise<void>((resolve) => inside.set(name, resolve));
        inside.delete(name);
        if (failing) throw new Error(name);
      });
    },
    async end(name: string): Promise<void> {
      inside.get(name)?.();
      await quiet();
    },
  };
}

/** Resolves after everything has advanced that needs no run to end. */
function quiet(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

test("shared runs overlap", async () => {
  const { ask, inside, end } = stage();
  for (const name of ["a", "b", "c"]) void ask(name, false);
  await quiet();
  expect(inside()).toEqual(["a", "b", "c"]);
  await end("b");
  expect(inside()).toEqual(["a", "c"]);
});

test("an exclusive run waits for all earlier runs, and later runs wait for it", async () => {
  const { ask, inside, end } = stage();
  void ask("a", false);
  void ask("b", false);
  void ask("alone", true);
  void ask("c", false);
  await quiet();
  expect(inside()).toEqual(["a", "b"]);
  await end("a");
  expect(inside()).toEqual(["b"]);
  await end("b");
  expect(inside()).toEqual(["alone"]);
  await end("alone");
  expect(inside()).toEqual(["c"]);
});

test("two exclusive runs are executed one after the other, in request order", async () => {
  const { ask, inside, end } = stage();
  void ask("first", true);
  void ask("second", true);
  await quiet();
  expect(inside()).toEqual(["first"]);
  await end("first");
  expect(inside()).toEqual(["second"]);
});

test("a run that is requested after all others ended does not wait", async () => {
  const { ask, inside, end } = stage();
  void ask("a", false);
  await quiet();
  await end("a");
  void ask("alone", true);
  await quiet();
  expect(inside()).toEqual(["alone"]);
});

test.each([true, false])("a failing run (alone: %s) rejects its own promise and blocks no other run", async (alone) => {
  const { ask, inside, end } = stage();
  const failed = ask("bad", alone, true);
  const rejection = expect(failed).rejects.toThrow("bad");
  void ask("next", true);
  void ask("beside", false);
  await quiet();
  await end("bad");
  await rejection;
  expect(inside()).toEqual(["next"]);
  await end("next");
  expect(inside()).toEqual(["beside"]);
});

test("a run that throws before it returns a promise blocks no other run", async () => {
  const { run } = readWriteLock();
  const failed = run(true, () => {
    throw new Error("at once");
  });
  await expect(failed).rejects.toThrow("at once");
  expect(await run(true, async () => "next")).toBe("next");
});

test("each caller gets the result of its own run", async () => {
  const { run } = readWriteLock();
  expect(await Promise.all([run(false, async () => 1), run(true, async () => 2), run(false, async () => 3)])).toEqual([
    1, 2, 3,
  ]);
});

const anyPlay = fc.array(fc.record({ alone: fc.boolean(), failing: fc.boolean() }), { maxLength: 12 });

test("in any order of requests and ends, exclusive runs are alone and every run is executed", async () => {
  const property = fc.asyncProperty(anyPlay, fc.infiniteStream(fc.nat()), async (play, picks) => {
    const { ask, inside, end, began } = stage();
    const isAlone = (name: string | undefined) => play[Number(name)]?.alone === true;
    const asked = play.map(({ alone, failing }, index) => ask(String(index), alone, failing).catch(() => undefined));
    await quiet();
    while (inside().length > 0) {
      const now = inside();
      if (now.some(isAlone)) expect(now).toHaveLength(1);
      await end(now[(picks.next().value ?? 0) % now.length] ?? "");
    }
    await Promise.all(asked);
    expect(began).toEqual(play.map((_, index) => String(index)));
  });
  await fc.assert(property);
});
