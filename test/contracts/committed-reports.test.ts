/** The sample reports of docs/reports are what the suite writes today. */
import { readdir, readFile, stat } from "node:fs/promises";
import { beforeAll, expect, test } from "vitest";
import { committedReports, REFERENCE, REPORTS_FOLDER, withSample } from "../support/contracts/committed-reports.ts";

const MAX_BYTES = 1_500_000;
const REMEDY = "docs is not up to date. Run: npm run reports";

let current: ReadonlyMap<string, string>;

beforeAll(async () => {
  current = await committedReports();
}, 120_000);

async function committed(): Promise<readonly string[]> {
  const names = await readdir(REPORTS_FOLDER);
  return names.filter((name) => name !== "README.md").sort();
}

test("docs/reports has each sample in each format and no other file", async () => {
  expect(await committed(), REMEDY).toEqual([...current.keys()].sort());
  expect(current.size).toBe(15);
});

test("each committed report equals the one that a run writes today", async () => {
  for (const [name, text] of current) {
    const file = await readFile(new URL(name, REPORTS_FOLDER), "utf8");
    expect(file === text ? "up to date" : `${name}, ${firstDifference(file, text)}`, REMEDY).toBe("up to date");
  }
});

test("the page of reference shows the foreign backend's report of today", async () => {
  const page = await readFile(REFERENCE, "utf8");
  expect(page === withSample(page, current.get("foreign-backend.txt") ?? ""), REMEDY).toBe(true);
});

test("the committed reports take less than 1.5 MB", async () => {
  let bytes = 0;
  for (const name of await committed()) bytes += (await stat(new URL(name, REPORTS_FOLDER))).size;
  expect(bytes).toBeLessThan(MAX_BYTES);
});

function firstDifference(committedText: string, currentText: string): string {
  const [before, after] = [committedText.split("\n"), currentText.split("\n")];
  const index = after.findIndex((line, number) => line !== before[number]);
  const number = index < 0 ? after.length : index;
  return `line ${number + 1}: committed ${excerpt(before[number])}, current ${excerpt(after[number])}`;
}

function excerpt(line = "(no line)"): string {
  return line.length > 300 ? `${line.slice(0, 300)}...` : line;
}
