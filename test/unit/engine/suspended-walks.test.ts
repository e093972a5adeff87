/**
 * A walk that has to wait begins again. Nothing of an earlier walk may show: no second message, no skipped number, no later time.
 */
import { expect, test } from "vitest";
import { nextCount, Transaction } from "../../../mocks/core/transaction.ts";
import { walk } from "../../../mocks/engine/walk.ts";
import { type Mock, manualClock, type Store } from "../../../mocks/index.ts";
import { memoryStore } from "../../../mocks/stores/memory.ts";
import { BIND, genauth } from "../../support/genauth/genauth.ts";
import { api, DEVICE, DONE, MOBILE, START, signedInAccount, stillMock } from "../../support/mock/api.ts";
import { recorded } from "../../support/mock/conversation.ts";
import { repeatable, throughFetch } from "../../support/mock/equal-adapters.ts";
import { slowStore, unevenStore } from "../../support/mock/slow-store.ts";

const stores: readonly (readonly [string, () => Store])[] = [
  ["a store that takes time", () => slowStore()],
  ["a store that takes different times", unevenStore],
];

test.each(stores)("%s gives the responses of the memory store, byte for byte", async (_name, store) => {
  const adapter = await throughFetch(repeatable({ store: store() }));
  for (const { request, response } of await recorded()) {
    expect({ request, response: await adapter.ask(request) }).toEqual({ request, response });
  }
});

test.each(stores)("%s: a snapshot after many operations is that of the memory store", async (_name, store) => {
  expect(await stateAfterLogin(stillMock({ store: store() }))).toEqual(await stateAfterLogin(stillMock()));
});

/** Registers an account, and changes its address and its password: with tokens, counters and a name in pinyin. */
async function stateAfterLogin(mock: Mock) {
  const send = api(mock);
  const { account, signedIn } = await signedInAccount(mock, { mobile: MOBILE, name: "单小明" });
  const email = "new@example.com";
  const verify_code = await mock.codes.plant({ to: email, scene: "UPDATE_EMAIL_EMS" });
  expect(await send("profile/update-email", { email, verify_code }, signedIn)).toEqual(DONE);
  const code = await mock.codes.plant({ to: MOBILE, scene: "UPDATE_PWD_SMS" });
  const refused = await send("pwd/update-by-mobile", { verify_code: code, password: "Shanxiaoming_2026" }, signedIn);
  expect(refused.status).toBe(400);
  const changed = await send("pwd/update-by-mobile", { verify_code: code, password: "Harbour_42!x" }, signedIn);
  expect(changed).toEqual(DONE);
  const login = await mock.codes.plant({ to: MOBILE, scene: "LOGIN_SMS" });
  const session = await send("login/mobile-verify-code", { mobile: MOBILE, verify_code: login });
  expect(session.status).toBe(200);
  const journal = (await mock.requests.list()).map(({ decidedBy, why }) => ({ decidedBy, why }));
  return { account, session, journal, snapshot: await mock.snapshot.take() };
}

test("all walks of a request happen at the time of the first one", async () => {
  const clock = manualClock(Date.parse(START));
  const memory = memoryStore();
  let isRunning = false;
  const get: Store["get"] = async (...key) => {
    if (isRunning) clock.advance(1_000);
    return memory.get(...key);
  };
  const mock = stillMock({ clock, store: { ...memory, get } });
  await mock.accounts.create({ mobile: MOBILE });
  const verify_code = await mock.codes.plant({ to: MOBILE, scene: "LOGIN_SMS" });
  isRunning = true;
  const { body } = await api(mock)("login/mobile-verify-code", { mobile: MOBILE, verify_code });
  isRunning = false;
  const [, claims = ""] = String((body as { id_token: string }).id_token).split(".");
  const [entry] = await mock.requests.list();
  expect(JSON.parse(atob(claims))).toMatchObject({ iat: Date.parse(entry?.at ?? "") / 1_000 });
});

test("requests that interfere with each other use one request id each", async () => {
  const sendSms = (mock: Mock) => genauth(mock)("send-sms", { channel: BIND, phoneNumber: MOBILE });
  const ids = async (replies: Iterable<ReturnType<typeof sendSms>>) =>
    (await Promise.all(replies)).map(({ body }) => (body as { requestId: string }).requestId).sort();
  const [slow, fast] = [stillMock({ store: slowStore() }), stillMock()];
  const used = await ids(Array.from({ length: 10 }, () => sendSms(slow)));
  expect(used).toEqual(await ids(Array.from({ length: 10 }, () => sendSms(fast))));
});

test("with the memory store, mock.answer returns a value without a promise", async () => {
  const mock = stillMock();
  const { signedIn } = await signedInAccount(mock);
  const email = "new@example.com";
  const verify_code = await mock.codes.plant({ to: email, scene: "UPDATE_EMAIL_EMS" });
  const headers = { ...DEVICE, ...signedIn, "x-client-id": mock.clientId };
  const request = { method: "POST", path: "/api/v2/sdk/profile/update-email", query: "", headers };
  const answers = [
    mock.answer({ ...request, body: JSON.stringify({ email, verify_code: "0" }) }),
    mock.answer({ ...request, body: JSON.stringify({ email, verify_code }) }),
    mock.answer({ ...request, headers: { ...headers, "x-client-id": "unknown" }, body: "{}" }),
    mock.answer({ ...request, path: "/elsewhere", body: "" }),
  ];
  expect(answers).toMatchObject([{ status: 400 }, { status: 200 }, { status: 400 }, { status: 404 }]);
});

test("a change of the address writes the address, but not the number and the user name", async () => {
  const memory = memoryStore();
  const written = new Set<string>();
  const commit: Store["commit"] = (sandbox, reads, writes) => {
    for (const { kind } of writes.changes) written.add(kind);
    return memory.commit(sandbox, reads, writes);
  };
  const mock = stillMock({ store: { ...memory, commit } });
  const { account, signedIn } = await signedInAccount(mock, { email: "old@example.com", username: "ada" });
  const email = "new@example.com";
  const verify_code = await mock.codes.plant({ to: email, scene: "UPDATE_EMAIL_EMS" });
  written.clear();
  expect(await api(mock)("profile/update-email", { email, verify_code }, signedIn)).toEqual(DONE);
  expect([...written].sort()).toEqual(["account", "code", "email"]);
  written.clear();
  await mock.accounts.update(account.id, { name: "Ada" });
  expect([...written]).toEqual(["account"]);
});

test("a suspended walk leaves nothing staged", async () => {
  const tx = new Transaction(slowStore(), "any");
  const message = { channel: "sms", to: MOBILE, scene: "any", code: "1", language: "en", text: "" } as const;
  await walk(tx, () => {
    tx.append("messages", { ...message, sentAt: 0, expiresAt: 0 });
    nextCount(tx, "first");
    nextCount(tx, "second");
  });
  expect(tx.additions).toHaveLength(1);
  expect(tx.changes.map(({ key, value }) => [key, value])).toEqual([
    ["first", 1],
    ["second", 1],
  ]);
});

test("a walk that asks for something else each time ends with an error", async () => {
  const tx = new Transaction(slowStore(), "any");
  let walks = 0;
  const endless = async () => walk(tx, () => tx.resultOf(`work ${walks++}`, async () => walks));
  await expect(endless()).rejects.toThrow("suspended 1000 times");
});

test("a mock with many accounts asks the store for the settings only when it opens its sandbox", async () => {
  const memory = memoryStore();
  const asked: string[] = [];
  const get: Store["get"] = async (sandbox, kind, key) => {
    asked.push(kind);
    return memory.get(sandbox, kind, key);
  };
  const accounts = Array.from({ length: 500 }, (_, index) => ({ mobile: `138${10_000_000 + index}` }));
  const mock = stillMock({ accounts, store: { ...memory, get } });
  expect((await mock.accounts.list()).length).toBe(500);
  expect([...new Set(asked)]).toEqual(["settings"]);
});

test("a caller cannot change the responses of later requests", () => {
  const mock = stillMock();
  const request = { method: "POST", path: "/api/v2/sdk/sms/send", query: "", headers: { ...DEVICE }, body: "{}" };
  return Promise.resolve(mock.answer(request)).then((response) => {
    expect(() => Object.assign(response.headers, { "content-type": "text/plain" })).toThrow(TypeError);
    expect(() => Object.assign(response, { status: 200 })).toThrow(TypeError);
  });
});
