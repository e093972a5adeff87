/** How `serve --state <file>` ends: signals, a last save that fails, and a second process with the same file. */
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { expect, test } from "vitest";
import { besides, servedOnce, startedWith, stateFile } from "../support/mock/state-file-server.ts";
import { PROJECT, running, scratchFolder } from "../support/package/scratch.ts";

test.each<NodeJS.Signals>(["SIGTERM", "SIGINT", "SIGHUP"])(
  "%s saves the last change, removes the lock and ends with exit code 0",
  async (signal) => {
    const file = await stateFile();
    const server = await startedWith(file);
    await server.control("POST", "/accounts", { username: "ada" });
    server.signal(signal);
    expect(await server.ended).toBe(0);
    expect(await readFile(file, "utf8")).toContain('"ada"');
    expect(await besides(file)).toEqual([basename(file)]);
  },
);

test("a last save that fails ends with exit code 1, and says what is lost and why", async () => {
  const folder = join(await scratchFolder(), "state");
  await mkdir(folder);
  const file = join(folder, "state.json");
  const server = await startedWith(file);
  await server.control("POST", "/sandboxes", { client_id: "other" });
  await server.control("POST", "/accounts", { username: "ada" }, "other");
  await rm(folder, { recursive: true });
  await server.control("POST", "/accounts", { username: "bob" }, "other");
  expect(await server.stop()).toBe(1);
  expect(server.printed()).toMatch(
    /ciam-testkit: \S+state\.json cannot be written: ENOENT.*\. These changes are lost: .*sandbox other since 20\S+Z/,
  );
});

test("a second process with the same file ends with exit code 1 and names the first", async () => {
  const file = await stateFile();
  const first = await startedWith(file);
  const { exitCode, err, out } = await servedOnce(file);
  const { pid } = JSON.parse(await readFile(`${file}.lock`, "utf8"));
  expect({ exitCode, err, out }).toEqual({
    exitCode: 1,
    err: `ciam-testkit: ${file} is in use by process ${pid}. End that process, or use another state file\n`,
    out: "",
  });
  await first.control("POST", "/accounts", { username: "ada" });
  expect(await first.stop()).toBe(0);
  expect(await readFile(file, "utf8")).toContain('"ada"');
});

test("of several processes that start after a crash, one serves and the others are refused", async () => {
  const file = await stateFile();
  const crashed = await startedWith(file);
  await crashed.kill();
  const args = [join(PROJECT, "cli/main.ts"), "serve", "--port", "0", "--state", file];
  const all = [1, 2, 3, 4].map(() => running(process.execPath, args, { cwd: PROJECT }));
  const states = all.map(async (server) => {
    const ready = server.until("control API").then(() => "serves");
    return ready.catch(() => server.printed());
  });
  const ends = await Promise.all(states);
  expect(ends.filter((end) => end === "serves")).toHaveLength(1);
  for (const end of ends) if (end !== "serves") expect(end).toMatch(/is in use by process \d+/);
});

test("a start that fails for its arguments leaves no lock", async () => {
  const file = await stateFile();
  await writeFile(file, '{"ciam_testkit_state":1,"sandboxes":[]}');
  expect((await servedOnce(file, 65_536)).exitCode).toBe(2);
  expect(await besides(file)).toEqual([basename(file)]);
});
