/** Where the state file is: links, modes, folders without write access, and files that cannot be replaced. */
import { chmod, lstat, readFile, readlink, stat, symlink, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { beforeEach, expect, onTestFinished, test, vi } from "vitest";
import { keepState } from "../../mocks/adapters/node/state-file.ts";
import { stillMock } from "../support/mock/api.ts";
import { besides, keptIn, stateFile } from "../support/mock/state-file-server.ts";
import { scratchFolder } from "../support/package/scratch.ts";

/** The error codes that `rename` and `open` for writing fail with; undefined to work as usual. */
const broken = vi.hoisted((): { rename?: string; create?: string } => ({}));

vi.mock("node:fs/promises", async (original) => {
  const real = await original<typeof import("node:fs/promises")>();
  const failure = (code: string) => Object.assign(new Error(`${code}: simulated`), { code });
  const { constants } = await import("node:fs");
  return {
    ...real,
    rename: async (from: string, to: string) => {
      if (broken.rename !== undefined) throw failure(broken.rename);
      return real.rename(from, to);
    },
    open: async (path: string, flags: number, mode?: number) => {
      if (broken.create !== undefined && flags & constants.O_CREAT) throw failure(broken.create);
      return real.open(path, flags, mode);
    },
  };
});

beforeEach(() => {
  delete broken.rename;
  delete broken.create;
});

async function kept(file: string) {
  const mock = stillMock();
  const reports: string[] = [];
  const { close } = await keepState(mock, file, (error) => reports.push((error as Error).message));
  onTestFinished(() => close().catch(() => {}));
  return { mock, close, reports };
}

/** Keeps an account in the file; returns what was reported. */
async function keepAccount(file: string, username: string): Promise<readonly string[]> {
  const { mock, close, reports } = await kept(file);
  await mock.accounts.create({ username });
  await close();
  expect(await readFile(file, "utf8")).toContain(`"${username}"`);
  await keptIn(file);
  return reports;
}

test("a link stays a link, and its target is written", async () => {
  const link = await stateFile();
  const target = join(await scratchFolder(), "target.json");
  await symlink(target, link);
  for (const username of ["into-a-new-file", "into-an-old-file"]) {
    expect(await keepAccount(link, username)).toEqual([]);
    expect(await readlink(link)).toBe(target);
    expect((await lstat(target)).isFile()).toBe(true);
  }
  expect(await besides(link)).toEqual([basename(link)]);
  expect(await besides(target)).toEqual(["target.json"]);
});

test("the mode of an existing file is kept, and a new file belongs to its owner alone", async () => {
  const file = await stateFile();
  await keepAccount(file, "ada");
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  await chmod(file, 0o664);
  await keepAccount(file, "bob");
  expect((await stat(file)).mode & 0o777).toBe(0o664);
});

test("links with the names of temporary files are not followed", async () => {
  const file = await stateFile();
  const victim = join(await scratchFolder(), "victim");
  await writeFile(victim, "precious");
  await symlink(victim, `${file}.tmp`);
  await symlink(victim, join(file, "..", ".state.json.6b1f9f0e-0000-4000-8000-000000000000.tmp"));
  await keepAccount(file, "ada");
  expect(await readFile(victim, "utf8")).toBe("precious");
});

test("the temporary files of killed processes are removed, and no other file", async () => {
  const file = await stateFile();
  const others = [".state.json.mine.tmp", ".other.json.6b1f9f0e-0000-4000-8000-000000000000.tmp", "state.json.tmp"];
  for (const name of [...others, ".state.json.6b1f9f0e-0000-4000-8000-000000000000.tmp"])
    await writeFile(join(file, "..", name), "x");
  await keepAccount(file, "ada");
  expect(await besides(file)).toEqual([...others, basename(file)].sort());
});

test("an empty file, as made before it is mounted, is used as a new one, with one warning", async () => {
  const file = await stateFile();
  await writeFile(file, "");
  const reports = await keepAccount(file, "ada");
  expect(reports).toEqual([`${file} is empty, so the mock starts without a saved state`]);
  expect(Object.keys((await keptIn(file)).sandboxes[0]?.records.account ?? {})).toHaveLength(1);
});

test.each(["EBUSY", "EXDEV"])("a single mounted file (%s) is written in place, with one warning", async (code) => {
  const file = await stateFile();
  await keepAccount(file, `a-long-name-${"x".repeat(100)}`);
  const { ino } = await stat(file);
  broken.rename = code;
  const { mock, close, reports } = await kept(file);
  for (const username of ["ada", "bob"]) {
    await mock.accounts.create({ username });
    await expect.poll(() => readFile(file, "utf8"), { timeout: 20_000 }).toContain(`"${username}"`);
  }
  await mock.reset();
  await close();
  expect(Object.keys((await keptIn(file)).sandboxes[0]?.records.account ?? {})).toEqual([]);
  expect((await stat(file)).ino).toBe(ino);
  expect(reports).toEqual([
    `${file} cannot be replaced (${code}: simulated), so it is written in place: a crash during a save can damage it. Mount its folder instead of the file`,
  ]);
  expect(await besides(file)).toEqual([basename(file)]);
});

test.each(["EACCES", "EPERM", "EROFS"])(
  "a file in a folder without write access (%s) is kept, with warnings",
  async (code) => {
    const file = await stateFile();
    await keepAccount(file, "ada");
    broken.create = code;
    const reports = await keepAccount(file, "bob");
    expect(reports).toHaveLength(2);
    expect(reports[0]).toBe(
      `${file}: its folder is not writable, so the file has no lock. Make sure that no other process uses the file`,
    );
    expect(reports[1]).toContain("so it is written in place");
  },
);

test("a new file in a folder without write access is refused", async () => {
  broken.create = "EACCES";
  const file = await stateFile();
  await expect(kept(file)).rejects.toThrow(`${file} cannot be written: EACCES: simulated`);
});

test("a full disk leaves the last state", async () => {
  const file = await stateFile();
  await keepAccount(file, "ada");
  const { mock, close } = await kept(file);
  broken.rename = "ENOSPC";
  await mock.accounts.create({ username: "bob" });
  await expect(close()).rejects.toThrow(
    `${file} cannot be written: ENOSPC: simulated. These changes are lost: sandbox `,
  );
  expect(await readFile(file, "utf8")).toContain('"ada"');
  expect(await besides(file)).toEqual([basename(file)]);
});
