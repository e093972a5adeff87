/** Impossible snapshots are refused with a reason, and nothing changes. */
import { expect, test } from "vitest";
import { altered } from "../../support/mock/altered.ts";
import { stillMock } from "../../support/mock/api.ts";
import { controlHttp } from "../../support/mock/control-http.ts";
import { fillSandbox } from "../../support/mock/filled-sandbox.ts";

/** A sandbox with every kind of record, and its snapshot as a text. */
async function prepared() {
  const mock = stillMock({ sleep: async () => {} });
  await fillSandbox(mock);
  const { done, send } = controlHttp(mock);
  const taken = async () => JSON.stringify((await send("GET", "/__testkit/snapshot")).body);
  const text = await taken();
  const restore = (body: unknown) => send("PUT", "/__testkit/snapshot", { body });
  return { mock, done, taken, text, restore };
}

const record = { passwords: [] };
const fault = { id: "9", delay_ms: { min: 0, max: 0 }, remaining: 1 };
const message = {
  ...{ id: "1", channel: "sms", to: "+86-15201657312", scene: "LOGIN_SMS", code: "1", language: "en", text: "1" },
  ...{ sent_at: "2026-01-01T00:00:00.000Z", expires_at: "2026-01-01T00:05:00.000Z" },
};

test.each<[string, string, unknown, string]>([
  ["of version 2", "version", 2, "version"],
  ["of no version", "version", undefined, "version"],
  ["without messages", "messages", undefined, "messages"],
  ["without one kind of record", "records/sendings", undefined, "sendings"],
  ["with an unknown kind of record", "records/mobile", {}, "mobile"],
  ["with an unknown field", "journal", [], "journal"],
  ["with an unknown field of an account", "records/account/*/id", "x", "id"],
  ["with a number for a password", "records/account/*/passwords/0", 5, "passwords"],
  ["with a text for a time", "records/code/*/issued/0/expires_at", "soon", "expires_at"],
  ["with an unknown use of a token", "records/token/*/use", "refresh", "use"],
  ["with a count that is not a whole number", "records/counter/*", 1.5, "counter"],
  ["with an unknown policy key", "records/settings/policy/all/colour", "red", "colour"],
  ["with an invalid policy value", "records/settings/policy/dialects/bamboocloud/code_length", 3, "code_length"],
  ["with two accounts of one number", "records/account", same({ mobile: "+86-13800000001" }), "two accounts"],
  ["with two accounts of one address", "records/account", same({ email: "a@b.co" }), "two accounts"],
  ["with two accounts of one user name", "records/account", same({ username: "ada" }), "two accounts"],
  ["with a number without its area code", "records/account/x", { ...record, mobile: "13800000001" }, "canonical"],
  ["with a number without its dash", "records/account/x", { ...record, mobile: "+8613800000001" }, "canonical"],
  [
    "with an address in capitals",
    "records/account/x",
    { ...record, email: "Ada@example.com" },
    "not an e-mail address in lower case",
  ],
  [
    "with an address that is none",
    "records/account/x",
    { ...record, email: "ada" },
    "not an e-mail address in lower case",
  ],
  ["with a fault of no operation", "records/faults/sendSmss", [fault], 'unknown operation "sendSmss"'],
  ["with a fault of an inherited name", "records/faults/constructor", [fault], 'unknown operation "constructor"'],
  ["with a fault of no check", "records/faults/getCaptcha", [{ ...fault, check: "made-up" }], "no check made-up"],
  [
    "with a fault of another's check",
    "records/faults/sendSms",
    [{ ...fault, check: "code-used" }],
    "no check code-used",
  ],
  ["with no fault where one is announced", "records/faults/getCaptcha", [], "faults"],
  ["with a fault that happens no more", "records/faults/getCaptcha", [{ ...fault, remaining: 0 }], "remaining"],
  [
    "with a delay whose least is more than its most",
    "records/faults/getCaptcha",
    [{ ...fault, delay_ms: { min: 9, max: 5 } }],
    "",
  ],
  ["with a message of no time", "messages/0/sent_at", "yesterday", "sent_at"],
  ["with a message of a day that is none", "messages/0/sent_at", "2026-02-30T99:00:00.000Z", "sent_at"],
  ["with a message before 1970", "messages/0/sent_at", "1969-12-31T23:59:59.000Z", "invalid id or time"],
  ["with a message whose id is not a number", "messages/0/id", "one", "invalid id or time"],
  ["with a message whose id is below one", "messages/0/id", "0", ""],
  ["with two messages of one id", "messages", [message, message], ""],
  ["with messages whose ids go down", "messages", [{ ...message, id: "2" }, message], ""],
  ["with a message in an unknown language", "messages/0/language", "de", "language"],
  ["with a least length above the most", "records/settings/policy/all/password_min_length", 99, "password_min_length"],
  [
    "with a least length above the most for a dialect",
    "records/settings/policy/dialects/bamboocloud/password_max_length",
    2,
    "password_min_length",
  ],
  ["with a policy for a dialect without a name", "records/settings/policy/dialects/", { code_length: 4 }, ""],
  ["with a clock beyond the year 9999", "records/settings/clock/frozen_at", 253_402_300_800_000, "frozen_at"],
  ["with a clock ahead beyond any time", "records/settings/clock", { offset_ms: 1e300, frozen_at: null }, ""],
  ["with a clock behind 1970", "records/settings/clock", { offset_ms: -1e14, frozen_at: null }, ""],
])("a snapshot %s is refused and nothing changes", async (_what, place, value, detail) => {
  const { text, taken, restore } = await prepared();
  const response = await restore(altered(text, place.split("/"), value));
  expect(response).toMatchObject({ status: 400, body: { detail: expect.stringContaining(detail) } });
  expect(response.headers.get("content-type")).toBe("application/problem+json");
  expect(await taken()).toBe(text);
});

function same(identifier: object) {
  return { a: { ...record, ...identifier }, b: { ...record, ...identifier } };
}

test.each([
  ["nothing", undefined],
  ["invalid JSON", "{"],
  ["half a snapshot", (text: string) => text.slice(0, text.length / 2)],
  ["null", "null"],
  ["a list of snapshots", (text: string) => `[${text}]`],
  ["an empty object", "{}"],
])("%s is not a snapshot", async (_what, body) => {
  const { text, taken, restore } = await prepared();
  expect(await restore(typeof body === "function" ? body(text) : body)).toMatchObject({ status: 400 });
  expect(await taken()).toBe(text);
});

test("taking or restoring a snapshot of an unknown sandbox is refused", async () => {
  const mock = stillMock();
  const { refused, done } = controlHttp(mock);
  const body = await done("takeSnapshot");
  expect(await refused("takeSnapshot", { clientId: "nobody" })).toMatchObject({ status: 404 });
  expect(await refused("restoreSnapshot", { clientId: "nobody", body })).toMatchObject({ status: 404 });
  expect(await mock.sandboxes.list()).toEqual([mock.clientId]);
});

test("a snapshot that is refused in process changes nothing either", async () => {
  const { mock, text, taken } = await prepared();
  const snapshot = { ...JSON.parse(text), version: 2 };
  await expect(mock.snapshot.restore(snapshot)).rejects.toThrow("Bad request");
  expect(await taken()).toBe(text);
});
