/** Sandboxes with a chosen name: opened once, isolated, gone when deleted. */
import { expect, test } from "vitest";
import { createMock } from "../../../mocks/index.ts";
import { api, DONE, MOBILE, refusal, START, signedInAccount, stillMock } from "../../support/mock/api.ts";
import { controlHttp } from "../../support/mock/control-http.ts";
import { served } from "../../support/mock/served.ts";
import { slowStore } from "../../support/mock/slow-store.ts";

const LONGEST = "x".repeat(64);

test.each(["checkout", "a", "7", "_", "team-a.checkout_2", "-", LONGEST, "constructor", "__proto__"])(
  "a sandbox is opened under the name %s, used and deleted",
  async (client_id) => {
    const mock = stillMock();
    const { done, send } = controlHttp(mock);
    expect(await done("createSandbox", { body: { client_id } })).toEqual({ client_id });
    const { id } = await done("createAccount", { clientId: client_id, body: { mobile: MOBILE } });
    expect(await mock.sandbox(client_id).accounts.read(id)).toMatchObject({ mobile: `+86-${MOBILE}` });
    expect(await api(mock, mock.sandbox(client_id))("captcha")).toMatchObject({ status: 200 });
    await done("deleteSandbox", { params: { client_id } });
    expect(await send("GET", "/__testkit/clock", { clientId: client_id })).toMatchObject({ status: 404 });
    expect(await mock.sandboxes.list()).toEqual([mock.clientId]);
  },
);

test.each([".", ".."])("a name that no URL can contain, %s, is refused", async (client_id) => {
  const mock = stillMock();
  await controlHttp(mock).refused("createSandbox", { body: { client_id } });
  expect(await mock.sandboxes.list()).toEqual([mock.clientId]);
});

test.each([
  ["empty", ""],
  ["of 65 characters", `${LONGEST}x`],
  ["with a blank", "a b"],
  ["with a blank at its end", "a "],
  ["with a new line at its end", "a\n"],
  ["with a slash", "a/b"],
  ["with a per cent sign", "a%20b"],
  ["in another script", "测试"],
  ["with an accent", "café"],
  ["a number", 7],
  ["null", null],
  ["a list", ["a"]],
])("a name that is %s is refused and opens nothing", async (_what, client_id) => {
  const mock = stillMock();
  const problem = await controlHttp(mock).refused("createSandbox", { body: { client_id } });
  expect(problem).toMatchObject({ status: 400, detail: expect.stringContaining("client_id") });
  expect(await mock.sandboxes.list()).toEqual([mock.clientId]);
});

test("a body with an unknown field is refused and opens nothing", async () => {
  const mock = stillMock();
  const problem = await controlHttp(mock).refused("createSandbox", { body: { client_id: "a", seed: "x" } });
  expect(problem).toMatchObject({ status: 400, detail: expect.stringContaining("seed") });
  expect(await mock.sandboxes.list()).toEqual([mock.clientId]);
});

test("a taken name is refused and the existing sandbox stays unchanged", async () => {
  const mock = stillMock();
  const { done, refused } = controlHttp(mock);
  const first = await mock.sandboxes.create({ clientId: "taken" });
  const { id } = await first.accounts.create({ mobile: MOBILE });
  await first.clock.freeze();
  const problem = await refused("createSandbox", { body: { client_id: "taken" } });
  expect(problem).toMatchObject({ status: 409, title: "Taken", detail: "another sandbox has the client id taken" });
  expect(await first.accounts.read(id)).toMatchObject({ id });
  expect(await done("readClock", { clientId: "taken" })).toMatchObject({ frozen: true });
  await expect(mock.sandboxes.create({ clientId: "taken" })).rejects.toThrow(
    "Taken: another sandbox has the client id taken",
  );
});

test("the names of the default sandbox are taken: the documented one and a configured one", async () => {
  for (const mock of [stillMock(), stillMock({ clientId: "mine" })]) {
    await expect(mock.sandboxes.create({ clientId: mock.clientId })).rejects.toThrow("Taken");
  }
});

test("names differ by the case of their letters", async () => {
  const mock = stillMock();
  const [upper, lower] = [
    await mock.sandboxes.create({ clientId: "A" }),
    await mock.sandboxes.create({ clientId: "a" }),
  ];
  await upper.clock.freeze();
  expect(await lower.clock.read()).toMatchObject({ frozen: false });
});

test("a named sandbox is empty, whatever the default one holds", async () => {
  const mock = stillMock({ accounts: [{ id: "ada", mobile: MOBILE }] });
  await mock.policy.patch({ code_length: 9 });
  await mock.clock.advance({ days: 1 });
  const { clientId } = await mock.sandboxes.create({ clientId: "empty" });
  const { done, send } = controlHttp(mock);
  expect(await done("takeSnapshot", { clientId })).toMatchObject({
    ...{ version: 1, client_id: "empty", taken_at: START, messages: [] },
    records: { account: {}, settings: { policy: { all: {}, dialects: {} } } },
  });
  expect(await send("GET", "/__testkit/accounts/ada", { clientId })).toMatchObject({ status: 404 });
});

test("changes in a named sandbox are not visible in any other", async () => {
  const mock = stillMock();
  const [one, two] = [await mock.sandboxes.create({ clientId: "1" }), await mock.sandboxes.create({ clientId: "2" })];
  const before = [await mock.snapshot.take(), await two.snapshot.take()];
  const { signedIn } = await signedInAccount(one);
  const verify_code = await one.codes.plant({ to: MOBILE, scene: "UPDATE_MOBILE_SMS" });
  await one.faults.add({ operation: "sendSms", status: 503 });
  await one.policy.patch({ code_length: 4 });
  await one.clock.advance({ minutes: 1 });
  const body = { mobile: MOBILE, verify_code };
  const invalid = refusal("PARAM.0016", "IdToken is invalid or expired");
  for (const sandbox of [mock, two]) {
    expect(await api(mock, sandbox)("profile/update-mobile", body, signedIn)).toEqual(invalid);
  }
  expect([await mock.snapshot.take(), await two.snapshot.take()]).toEqual(before);
  expect(await api(mock, one)("profile/update-mobile", body, signedIn)).toEqual(DONE);
});

test("a sandbox without a name gets a name that is not taken", async () => {
  const expected = (await stillMock().sandboxes.create()).clientId;
  const mock = stillMock();
  const named = await mock.sandboxes.create({ clientId: expected });
  await named.clock.freeze();
  const { clientId } = await mock.sandboxes.create();
  expect(clientId).toMatch(/^[A-Za-z0-9]{32}$/);
  expect(clientId).not.toBe(expected);
  expect(await named.clock.read()).toMatchObject({ frozen: true });
});

test("the list of sandboxes includes the default one, even before any request", async () => {
  const mock = stillMock();
  expect(await mock.sandboxes.list()).toEqual([mock.clientId]);
  await mock.sandboxes.create({ clientId: "b" });
  const { clientId } = await mock.sandboxes.create();
  await mock.sandboxes.create({ clientId: "a" });
  expect([...(await mock.sandboxes.list())].sort()).toEqual([mock.clientId, "a", "b", clientId].sort());
  await mock.sandboxes.delete("b");
  await mock.reset();
  expect([...(await mock.sandboxes.list())].sort()).toEqual([mock.clientId, "a", clientId].sort());
});

test("changing the returned list changes nothing in the mock", async () => {
  const mock = stillMock();
  const names = (await mock.sandboxes.list()) as string[];
  names.push("made-up");
  expect(await mock.sandboxes.list()).toEqual([mock.clientId]);
});

test("a deleted name can be opened again, and is empty", async () => {
  const mock = stillMock();
  const first = await mock.sandboxes.create({ clientId: "again" });
  await first.accounts.create({ mobile: MOBILE });
  await api(mock, first)("captcha");
  await mock.sandboxes.delete("again");
  await expect(first.clock.read()).rejects.toThrow("Unknown client id: no sandbox has the client id again");
  await mock.sandboxes.create({ clientId: "again" });
  expect(await first.requests.list()).toEqual([]);
  await expect(first.accounts.create({ mobile: MOBILE })).resolves.toMatchObject({ mobile: `+86-${MOBILE}` });
});

test.each([
  ["at once", {}],
  ["in a slow store", { store: slowStore() }],
])("of many concurrent calls for one name, one succeeds: %s", async (_how, options) => {
  const mock = createMock(options);
  const body = { client_id: "wanted" };
  const asked = Array.from({ length: 20 }, () => controlHttp(mock).send("POST", "/__testkit/sandboxes", { body }));
  const statuses = (await Promise.all(asked)).map(({ status }) => status);
  expect(statuses.sort()).toEqual([201, ...Array(19).fill(409)]);
  expect([...(await mock.sandboxes.list())].sort()).toEqual([mock.clientId, "wanted"].sort());
});

test("over a real server a named sandbox is opened, used by the API, taken and deleted", async () => {
  const mock = stillMock();
  const { url } = await served(mock);
  const ask = (method: string, path: string, body?: object) =>
    fetch(`${url}/__testkit/sandboxes${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  expect((await ask("POST", "", { client_id: "e2e" })).status).toBe(201);
  expect((await ask("POST", "", { client_id: "e2e" })).status).toBe(409);
  expect((await ask("DELETE", "/e2e")).status).toBe(204);
  expect((await ask("DELETE", "/e2e")).status).toBe(404);
});
