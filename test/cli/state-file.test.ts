/** `serve --state <file>`: the state survives any end of the process. */
import { mkdir, rm, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { expect, test } from "vitest";
import { MOBILE } from "../support/mock/api.ts";
import { besides, keptIn, startedWith, stateFile, untilKept } from "../support/mock/state-file-server.ts";
import { scratchFolder } from "../support/package/scratch.ts";

const CLIENT = { "x-client-id": "nTo1eRIub60vPb54WeE6aojPwYwImtl4" };

test("the first start creates the file, readable by its owner only, and no other file", async () => {
  const file = await stateFile();
  const server = await startedWith(file);
  const { ciam_testkit_state, sandboxes } = await keptIn(file);
  expect(ciam_testkit_state).toBe(1);
  expect(sandboxes.map(({ client_id }) => client_id)).toEqual([CLIENT["x-client-id"]]);
  expect(sandboxes[0]?.records.account).toMatchObject({ demo: { mobile: "+86-13800000000" } });
  expect((await stat(file)).mode & 0o077).toBe(0);
  expect(await server.stop()).toBe(0);
  expect(await besides(file)).toEqual([basename(file)]);
});

test("all state survives SIGTERM and a new start", async () => {
  const file = await stateFile();
  const first = await startedWith(file);
  const { body: tokens } = await first.control("POST", "/accounts/demo/tokens", {});
  const signedIn = { ...CLIENT, authorization: `Bearer ${tokens.id_token}` };
  const scene = "UPDATE_MOBILE_SMS";
  await first.control("POST", "/codes", { to: MOBILE, scene, code: "246810" });
  const change = { mobile: MOBILE, verify_code: "246810" };
  expect((await first.ask("POST", "/api/v2/sdk/profile/update-mobile", change, signedIn)).status).toBe(200);
  await first.control("POST", "/codes", { to: "new@example.com", scene: "UPDATE_EMAIL_EMS", code: "135790" });
  await first.control("POST", "/clock", { set: "2031-02-03T04:05:06Z", frozen: true });
  await first.control("POST", "/codes", { to: "new@example.com", scene: "UPDATE_EMAIL_EMS", code: "135791" });
  await first.control("PATCH", "/policy", { code_length: 9, bamboocloud: { default_language: "zh" } });
  await first.control("POST", "/faults", { operation: "sendSms", transport: "truncate", status: 503, times: 4 });
  await first.control("POST", "/sandboxes", { client_id: "other" });
  const { body: ada } = await first.control("POST", "/accounts", { mobile: MOBILE, password: "Old-Moon-17" }, "other");
  await first.control("POST", "/sandboxes", { client_id: "short-lived" });
  await first.control("DELETE", "/sandboxes/short-lived");
  const mine = (await first.control("GET", "/snapshot")).body;
  const theirs = (await first.control("GET", "/snapshot", undefined, "other")).body;
  expect(await first.stop()).toBe(0);

  const second = await startedWith(file);
  // These lines follow the address.
  await second.until(`mobile +86-${MOBILE}, e-mail demo@example.com`);
  // Each start issues tokens for the demo account, which counts.
  const { counter: _counted, ...records } = mine.records;
  expect((await second.control("GET", "/snapshot")).body.records).toMatchObject(records);
  const { taken_at: _then, ...content } = theirs;
  expect((await second.control("GET", "/snapshot", undefined, "other")).body).toMatchObject(content);
  expect((await second.control("GET", "/clock", undefined, "short-lived")).status).toBe(404);
  expect((await second.control("GET", "/clock")).body).toMatchObject({ now: "2031-02-03T04:05:06.000Z", frozen: true });
  const fresh = await second.control("POST", "/accounts/demo/tokens", {});
  const again = { ...CLIENT, authorization: `Bearer ${fresh.body.id_token}` };
  const email = { email: "new@example.com", verify_code: "135791" };
  expect((await second.ask("POST", "/api/v2/sdk/profile/update-email", email, again)).status).toBe(200);
  const { body: match } = await second.control(
    "POST",
    `/accounts/${ada.id}/password-check`,
    { password: "Old-Moon-17" },
    "other",
  );
  expect(match).toEqual({ matches: true });
  expect(await second.stop()).toBe(0);
  expect(await besides(file)).toEqual([basename(file)]);
});

test("a deleted demo account returns only after a reset", async () => {
  const file = await stateFile();
  const first = await startedWith(file);
  await first.control("DELETE", "/accounts/demo");
  await first.stop();
  const second = await startedWith(file);
  expect((await second.control("GET", "/accounts/demo")).status).toBe(404);
  await second.stop();
  expect(second.printed()).not.toContain("demo account");
  const third = await startedWith(file);
  await third.control("POST", "/reset");
  expect((await third.control("GET", "/accounts/demo")).status).toBe(200);
});

test("under load the file is always complete, and its content is there again after SIGKILL", async () => {
  const file = await stateFile();
  const first = await startedWith(file);
  let asking = true;
  let asked = 0;
  /** Changes without pause until the server is gone. */
  async function load(worker: number): Promise<void> {
    for (let count = 0; asking; count++) {
      const body = { username: `user-${worker}-${count}`, password: "x".repeat(200) };
      const done = await first.control("POST", "/accounts", body).catch(() => undefined);
      if (done === undefined) return;
      asked += 1;
    }
  }
  const workers = [load(1), load(2), load(3)];
  const markers = [];
  for (const marker of ["first-marker", "second-marker"]) {
    const { body } = await first.control("POST", "/accounts", { username: marker });
    markers.push({ id: body.id, username: marker });
    let shown = false;
    while (!shown) shown = JSON.stringify(await keptIn(file)).includes(marker);
  }
  await first.kill();
  asking = false;
  await Promise.all(workers);
  expect(asked).toBeGreaterThan(20);
  const [sandbox] = (await keptIn(file)).sandboxes;

  const second = await startedWith(file);
  for (const { id, username } of markers) {
    expect(await second.control("GET", `/accounts/${id}`)).toMatchObject({ status: 200, body: { username } });
  }
  const { body } = await second.control("GET", "/snapshot");
  expect(body.records.account).toEqual(sandbox?.records.account);
});

test("a file that cannot be written is reported once, and written when that works again", async () => {
  const folder = join(await scratchFolder(), "state");
  await mkdir(folder);
  const file = join(folder, "state.json");
  const server = await startedWith(file);
  await rm(folder, { recursive: true });
  await server.control("POST", "/accounts", { username: "ada" });
  await server.until(`ciam-testkit: ${file} cannot be written: `);
  expect((await server.control("POST", "/accounts", { username: "bob" })).status).toBe(201);
  await mkdir(folder);
  await untilKept(file, '"bob"');
  await untilKept(file, '"ada"');
  expect(server.printed().match(/cannot be written/g)).toHaveLength(1);
  expect(await server.stop()).toBe(0);
  expect(await besides(file)).toEqual([basename(file)]);
});
