/** The results of a test file that declares the contract suite. */
import { expect, type RunnerTask, test } from "vitest";
import { allCases } from "../../../contracts/all-cases.ts";

/**
 * Declares a last test that fails unless each of these cases, by default all, passed in each run of the file. vitest alone
 * shows blocked cases as skipped and does not fail.
 */
export function everyCasePassed(runs: number, ids: readonly string[] = allCases.map(({ id }) => id)): void {
  test("every case has passed, and none was left out", ({ task }) => {
    const results = everyTask(task.file).flatMap(({ meta: { ciamCase } }) => ciamCase ?? []);
    expect(results.filter(({ outcome }) => outcome !== "passed").map(({ id, outcome }) => `${id}: ${outcome}`)).toEqual(
      [],
    );
    const expected = ids.flatMap((id) => Array.from({ length: runs }, () => id));
    expect(expected.length).toBeGreaterThan(0);
    expect(results.map(({ id }) => id).sort()).toEqual(expected.sort());
  });
}

function everyTask(task: RunnerTask): readonly RunnerTask[] {
  return task.type === "suite" ? [task, ...task.tasks.flatMap(everyTask)] : [task];
}
