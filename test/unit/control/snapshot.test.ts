/** A snapshot holds everything that a response depends on: any copy responds like the original. */
import { expect, test } from "vitest";
import { createMock, type Mock, manualClock, type Snapshot } from "../../../mocks/index.ts";
import { api, MOBILE, sendSms, stillMock } from "../../support/mock/api.ts";
import { controlHttp } from "../../support/mock/control-http.ts";
import { fillSandbox, OLD_MOBILE, responsesOf } from "../../support/mock/filled-sandbox.ts";

/** The conversation has delays; the test does not wait for them. */
const quickMock = (options: Parameters<typeof stillMock>[0] = {}) => stillMock({ sleep: async () => {}, ...options });

/** As sent over HTTP, checked against control.yaml. */
const takenFrom = (mock: Mock, clientId = ""): Promise<Snapshot> =>
  controlHttp(mock).done("takeSnapshot", { clientId });

/** Everything but the time and the sandbox of the snapshot. */
function contentOf({ taken_at: _when, client_id: _where, ...content }: Snapshot) {
  return content;
}

test("the recorded conversation has responses of every intended kind", async () => {
  const mock = quickMock();
  const { decisions, taken, inbox } = await responsesOf(mock, await fillSandbox(mock));
  expect(decisions.map((decision) => decision.replace(/:.*/, ""))).toEqual([
    ...["code-used", "id-token-expired", "account-gone", "passed"],
    ...["code-expired", "code-superseded", "code-wrong", "code-exhausted"],
    ...["captcha-challenge-used", "passed", "captcha-challenge-used"],
    ...["captcha-token-used", "send-too-soon", "gateway-down", "gateway-down", "fault", "passed"],
    ...["update-token-used", "passed", "update-token-used"],
  ]);
  expect(taken).toContain("another account has this mobile");
  expect(inbox.map(({ id }) => id)).toEqual(["1", "2"]);
});

test("another mock with the snapshot gives the same responses and the same random values", async () => {
  const original = quickMock();
  const filled = await fillSandbox(original);
  const snapshot = await takenFrom(original);
  const copy = quickMock();
  await controlHttp(copy).done("restoreSnapshot", { body: snapshot });
  expect(await responsesOf(copy, filled)).toEqual(await responsesOf(original, filled));
});

test("another sandbox with the snapshot gives the same responses", async () => {
  const mock = quickMock();
  const filled = await fillSandbox(mock);
  const { clientId } = await mock.sandboxes.create();
  const other = mock.sandbox(clientId);
  await other.snapshot.restore(await takenFrom(mock));
  const { drawn: _there, ...responses } = await responsesOf(mock, filled, other);
  const { drawn: _here, ...expected } = await responsesOf(mock, filled);
  expect(responses).toEqual(expected);
});

test("a named sandbox with the snapshot gives the default one's responses, and back", async () => {
  const [first, second] = [quickMock(), quickMock()];
  const named = await first.sandboxes.create({ clientId: "named" });
  const filled = await fillSandbox(first, named);
  await second.snapshot.restore(await takenFrom(first, "named"));
  const back = await takenFrom(second);
  await named.reset();
  await named.snapshot.restore(back);
  const twin = quickMock();
  const sameName = await twin.sandboxes.create({ clientId: "named" });
  await fillSandbox(twin, sameName);
  expect(await responsesOf(first, filled, named)).toEqual(await responsesOf(twin, filled, sameName));
});

test("the same sandbox gives the same responses again, after requests and a reset", async () => {
  const mock = quickMock();
  const filled = await fillSandbox(mock);
  const snapshot = await takenFrom(mock);
  const responses = await responsesOf(mock, filled);
  await mock.reset();
  await mock.snapshot.restore(snapshot);
  expect(await responsesOf(mock, filled)).toEqual(responses);
});

test("a snapshot taken after a restore equals the restored one", async () => {
  const original = quickMock();
  await fillSandbox(original);
  const snapshot = await takenFrom(original);
  const copy = quickMock();
  const other = await copy.sandboxes.create();
  await other.snapshot.restore(snapshot);
  expect(contentOf(await takenFrom(copy, other.clientId))).toEqual(contentOf(snapshot));
  expect(await other.snapshot.take()).toMatchObject({ client_id: other.clientId, version: 1 });
});

test("a snapshot is plain JSON: parsing its text gives the same value", async () => {
  const mock = quickMock();
  await fillSandbox(mock);
  const snapshot = await mock.snapshot.take();
  expect(JSON.parse(JSON.stringify(snapshot))).toStrictEqual(snapshot);
});

test.each([
  ["a fault with a status alone", (mock: Mock) => mock.faults.add({ operation: "getCaptcha", status: 503 })],
  [
    "a message whose code expires after the year 9999",
    async (mock: Mock) => {
      await mock.clock.set("9999-12-31T23:59:00Z");
      await mock.clock.freeze();
      await sendSms(mock, MOBILE, "REGISTER_SMS");
    },
  ],
  [
    "a token that lived before 1970",
    async (mock: Mock) => {
      const { id } = await mock.accounts.create();
      await mock.clock.set("1970-01-01T00:00:00Z");
      await mock.accounts.issueTokens(id, { expiresIn: -315_360_000 });
    },
  ],
  ["an empty policy for a dialect", (mock: Mock) => mock.policy.patch({ bamboocloud: { code_length: null } })],
])("a sandbox with %s can be snapshotted and restored, in process and as text", async (_what, arrange) => {
  const mock = stillMock();
  await arrange(mock);
  const snapshot = await mock.snapshot.take();
  await mock.snapshot.restore(JSON.parse(JSON.stringify(snapshot)));
  await mock.snapshot.restore(snapshot);
  expect(contentOf(await takenFrom(mock))).toEqual(contentOf(snapshot));
});

test("changing a taken snapshot changes nothing in the mock", async () => {
  const mock = stillMock();
  const { id } = await mock.accounts.create({ password: "Correct-Horse-1" });
  await mock.policy.patch({ code_length: 5 });
  const snapshot = await mock.snapshot.take();
  snapshot.records.account[id]?.passwords.unshift("Other-Horse-2");
  Object.assign(snapshot.records.settings.policy.all, { code_length: 9 });
  expect(await mock.accounts.hasPassword(id, "Correct-Horse-1")).toBe(true);
  expect((await takenFrom(mock)).records.settings.policy.all).toEqual({ code_length: 5 });
});

test("changing a restored snapshot changes nothing in the mock", async () => {
  const mock = stillMock();
  const { id } = await mock.accounts.create({ password: "Correct-Horse-1" });
  const snapshot = JSON.parse(JSON.stringify(await mock.snapshot.take())) as Snapshot;
  await mock.snapshot.restore(snapshot);
  snapshot.records.account[id]?.passwords.unshift("Other-Horse-2");
  expect(await mock.accounts.hasPassword(id, "Correct-Horse-1")).toBe(true);
});

test("a snapshot leaves out exactly the records that are due to be purged", async () => {
  const mock = quickMock();
  const filled = await fillSandbox(mock);
  await mock.clock.advance({ days: 2 });
  const { idToken } = await mock.accounts.issueTokens(filled.alice);
  const { records, messages } = await takenFrom(mock);
  expect(records).toMatchObject({
    challenge: {},
    pass: {},
    code: {},
    sendings: {},
    permit: {},
    token: { [idToken]: { use: "id" } },
  });
  expect(Object.keys(records.token)).toHaveLength(2);
  expect(Object.keys(records.account)).toHaveLength(3);
  expect(messages).toHaveLength(1);
});

test("an expired code in a snapshot is still reported as expired", async () => {
  const mock = stillMock();
  await mock.accounts.create({ mobile: MOBILE });
  await mock.codes.plant({ to: MOBILE, scene: "LOGIN_SMS", code: "late" });
  await mock.clock.advance({ hours: 24 });
  await mock.snapshot.restore(await takenFrom(mock));
  await api(mock)("login/mobile-verify-code", { mobile: MOBILE, verify_code: "late" });
  expect(await mock.requests.list()).toMatchObject([{ decidedBy: "code-expired" }]);
});

test("a snapshot has no journal, and the journal starts empty after a restore", async () => {
  const mock = quickMock();
  await fillSandbox(mock);
  const snapshot = await takenFrom(mock);
  expect(Object.keys(snapshot).sort()).toEqual(["client_id", "messages", "records", "taken_at", "version"]);
  expect(JSON.stringify(snapshot)).not.toMatch(/decided|x-agent|every check passed/);
  await mock.snapshot.restore(snapshot);
  await api(mock)("captcha");
  expect(await mock.requests.list()).toMatchObject([{ id: "1", operation: "getCaptcha" }]);
});

test("after a restore a running clock follows real time, and a frozen one stays", async () => {
  const [clock, later] = [manualClock(Date.parse("2026-01-01")), manualClock(Date.parse("2026-01-02"))];
  const [original, copy] = [createMock({ clock }), createMock({ clock: later })];
  await original.clock.advance({ minutes: 5 });
  await copy.snapshot.restore(await takenFrom(original));
  expect(await copy.clock.read()).toMatchObject({ now: "2026-01-02T00:05:00.000Z", frozen: false });
  await original.clock.freeze();
  await copy.snapshot.restore(await takenFrom(original));
  later.advance(60_000);
  expect(await copy.clock.read()).toMatchObject({ now: "2026-01-01T00:05:00.000Z", frozen: true });
});

test("a clock that ran past the year 9999 can be snapshotted and restored", async () => {
  const clock = manualClock(Date.parse("2026-01-01"));
  const mock = createMock({ clock });
  await mock.clock.set("9999-12-31T23:59:59Z");
  clock.advance(5_000);
  const snapshot = await takenFrom(mock);
  await mock.snapshot.restore(snapshot);
  expect(contentOf(await takenFrom(mock))).toEqual(contentOf(snapshot));
});

test("taking a snapshot changes nothing, not even the journal", async () => {
  const mock = quickMock();
  await fillSandbox(mock);
  const before = await controlHttp(mock).everything();
  expect(await takenFrom(mock)).toEqual(await takenFrom(mock));
  expect(await controlHttp(mock).everything()).toEqual(before);
});

test("a reset after a restore brings back the mock's accounts, not the snapshot's", async () => {
  const original = stillMock();
  const { id } = await original.accounts.create({ mobile: OLD_MOBILE });
  const copy = stillMock({ accounts: [{ id: "demo", mobile: MOBILE }] });
  await copy.snapshot.restore(await takenFrom(original));
  await expect(copy.accounts.read("demo")).rejects.toThrow("No such account");
  await copy.reset();
  await expect(copy.accounts.read(id)).rejects.toThrow("No such account");
  expect(await copy.accounts.read("demo")).toMatchObject({ mobile: `+86-${MOBILE}` });
});
