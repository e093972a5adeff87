/** Reset: the sandbox returns to its initial state. No request may see a half-done reset or restore. */
import { isDeepStrictEqual } from "node:util";
import { expect, test } from "vitest";
import { createMock, type Mock, type Sandbox } from "../../../mocks/index.ts";
import {
  api,
  MOBILE,
  type Reply,
  refusal,
  START,
  sendSms,
  signedInAccount,
  stillMock,
} from "../../support/mock/api.ts";
import { controlHttp } from "../../support/mock/control-http.ts";
import { slowStore } from "../../support/mock/slow-store.ts";

const ALICE = { id: "alice", mobile: "+86-13800000001", email: "alice@example.com", username: "alice", name: "Alice" };
const BOB = { id: "bob", mobile: "+86-13800000002" };
const BOB_SHOWN = { ...BOB, email: null, username: null, name: null };

const prepared = () => stillMock({ accounts: [{ ...ALICE, password: "Correct-Horse-1" }, BOB] });

test("a reset restores the accounts of the start", async () => {
  const mock = prepared();
  await mock.accounts.delete("alice");
  const other = await mock.accounts.create({ mobile: "13800000001", username: "alice" });
  await mock.reset();
  expect(await mock.accounts.read("alice")).toEqual(ALICE);
  expect(await mock.accounts.read("bob")).toEqual(BOB_SHOWN);
  expect(await mock.accounts.hasPassword("alice", "Correct-Horse-1")).toBe(true);
  await expect(mock.accounts.read(other.id)).rejects.toThrow("No such account");
});

test("a reset of another sandbox empties it and leaves the default one alone", async () => {
  const mock = prepared();
  const other = await mock.sandboxes.create();
  const { id } = await other.accounts.create();
  await other.reset();
  await expect(other.accounts.read(id)).rejects.toThrow("No such account");
  await expect(other.accounts.read("alice")).rejects.toThrow("No such account");
  expect(await mock.accounts.read("alice")).toEqual(ALICE);
});

test("a reset clears policy, clock, inbox, journal and faults", async () => {
  const mock = prepared();
  const { done, everything } = controlHttp(mock);
  const atFirst = await everything();
  await done("patchPolicy", { body: { code_length: 9, bamboocloud: { code_ttl_seconds: 1 } } });
  await done("setClock", { body: { set: "2030-01-01T00:00:00Z", frozen: true } });
  await sendSms(mock, MOBILE, "BIND_MOBILE_SMS");
  await done("addFault", { body: { operation: "getCaptcha", status: 503 } });
  expect(await everything()).not.toEqual(atFirst);
  await done("reset");
  expect(await everything()).toEqual(atFirst);
  expect((await mock.clock.read()).now).toBe(START);
  expect(await api(mock)("captcha")).toMatchObject({ status: 200 });
});

test("a reset clears tokens, codes, captcha tokens and limits", async () => {
  const mock = prepared();
  const { signedIn } = await signedInAccount(mock, { mobile: "13800000003" });
  await mock.codes.plant({ to: "13800000001", scene: "LOGIN_SMS", code: "135790" });
  const captcha_token = await mock.captcha.issueToken({ sender: "13800000002" });
  await sendSms(mock, MOBILE, "BIND_MOBILE_SMS");
  await mock.reset();
  expect(await api(mock)("profile/update-mobile", {}, signedIn)).toEqual(
    refusal("PARAM.0016", "IdToken is invalid or expired"),
  );
  const login = { mobile: "13800000001", verify_code: "135790" };
  expect(await api(mock)("login/mobile-verify-code", login)).toMatchObject({ status: 400 });
  const sending = { mobile: "13800000002", type: "BIND_MOBILE_SMS", captcha_token };
  expect(await api(mock)("sms/send", sending)).toMatchObject({ body: { error_code: "IDAAS.SDK.CAPTCHA.0004" } });
  expect(await sendSms(mock, MOBILE, "BIND_MOBILE_SMS")).toMatchObject({ status: 200 });
});

test("after a reset all random values repeat from the seed", async () => {
  const mock = prepared();
  const run = async () => ({
    account: (await mock.accounts.create()).id,
    code: await mock.codes.plant({ to: MOBILE, scene: "LOGIN_SMS" }),
    captcha: await mock.captcha.issueToken({ sender: MOBILE }),
    tokens: await mock.accounts.issueTokens("alice"),
  });
  const first = await run();
  await mock.reset();
  expect(await run()).toEqual(first);
});

/** A mock whose every store access takes a turn, so that a reset takes several. */
async function opened(): Promise<Mock> {
  const mock = createMock({ store: slowStore(), accounts: [ALICE, BOB] });
  await mock.clock.read();
  return mock;
}

const CLIENTS = 20;

/** Runs the one action ten times while many clients run the other, each one turn of the event loop after the one before. */
async function amidst(one: () => Promise<unknown>, other: () => Promise<unknown>): Promise<void> {
  let over = false;
  const client = async (_: unknown, turns: number) => {
    for (let count = 0; count < turns; count++) await new Promise((resolve) => setImmediate(resolve));
    while (!over) await other();
  };
  const clients = Array.from({ length: CLIENTS }, client);
  try {
    for (let count = 0; count < 10; count++) await one();
  } finally {
    over = true;
  }
  await Promise.all(clients);
}

test.each([
  ["the default sandbox", (mock: Mock): Promise<Sandbox> => Promise.resolve(mock)],
  ["another sandbox", (mock: Mock): Promise<Sandbox> => mock.sandboxes.create()],
])("requests during a reset of %s see the state before or after it", async (_which, choose) => {
  const mock = await opened();
  const sandbox = await choose(mock);
  const send = api(mock, sandbox);
  const replies: Reply[] = [];
  await amidst(
    () => sandbox.reset(),
    async () => replies.push(await send("sms/send", {})),
  );
  expect(replies.length).toBeGreaterThan(CLIENTS);
  const expected = refusal("USER.0004", "Mobile number cannot be empty");
  expect(replies.filter((reply) => !isDeepStrictEqual(reply, expected))).toEqual([]);
});

test("requests during a restore see the state before or after it", async () => {
  const mock = await opened();
  const { done } = controlHttp(mock);
  await mock.policy.patch({ code_length: 4 });
  const body = await done("takeSnapshot");
  await mock.policy.patch({ code_length: 8 });
  const lengths: number[] = [];
  await amidst(
    () => done("restoreSnapshot", { body }),
    async () => lengths.push(Number((await mock.policy.read()).code_length)),
  );
  expect(new Set(lengths)).toEqual(new Set([8, 4]));
  expect((await mock.policy.read()).code_length).toBe(4);
});

test("two concurrent resets leave one sandbox with the accounts of the start", async () => {
  const mock = await opened();
  await Promise.all([mock.reset(), mock.reset()]);
  expect(await mock.accounts.read("bob")).toEqual(BOB_SHOWN);
});
