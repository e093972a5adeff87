/** `collections(mock)` during concurrent changes: no record returns, none is doubled, no read is wasted. */
import { Collection } from "@msw/data";
import { expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import type { Message, Mock, Sandbox, Snapshot } from "../../mocks/index.ts";
import { api, MOBILE, sendSms, stillMock } from "../support/mock/api.ts";
import { opened } from "../support/mock/opened-collections.ts";

/** The mock's default sandbox, with accounts that arrive when `arrives` allows it. */
function slow(mock: Mock, arrives: (snapshot: Snapshot) => Promise<Snapshot>): Sandbox {
  return { ...mock, snapshot: { ...mock.snapshot, take: async () => arrives(await mock.snapshot.take()) } };
}

/** Resolves after pending work has advanced a little; no time passes. */
const aMoment = () => new Promise<void>((resolve) => setImmediate(resolve));

test("a deleted record stays deleted when an older state arrives later", async () => {
  const mock = stillMock();
  let held: Promise<void> | undefined;
  const { accounts, settled } = await opened(
    mock,
    slow(mock, async (snapshot) => {
      await held;
      return snapshot;
    }),
  );
  const ada = await accounts.create({ mobile: MOBILE });
  let created = 0;
  accounts.hooks.on("create", () => {
    created += 1;
  });

  let release = () => {};
  held = new Promise((resolve) => {
    release = resolve;
  });
  await mock.accounts.update(ada.id, { name: "Ada" });
  await aMoment();
  accounts.delete(ada);
  await expect.poll(() => mock.accounts.list()).toEqual([]);
  await aMoment();
  release();
  await settled();
  expect([accounts.count(), created]).toEqual([0, 0]);
});

test("a record may be deleted while it is updated", async () => {
  const mock = stillMock();
  const { accounts, settled } = await opened(mock);
  const ada = await accounts.create({ mobile: MOBILE });
  accounts.hooks.on("update", () => void accounts.delete((query) => query.where({ id: ada.id })));
  const waiting: Promise<void>[] = [];
  onTestFinished(mock.subscribe(() => void waiting.push(settled())));
  await mock.accounts.update(ada.id, { name: "Ada" });
  await Promise.all(waiting);
  await settled();
  expect(accounts.count()).toBe(0);
  expect(await mock.accounts.list()).toEqual([]);
});

test("a record may be deleted after the mock has deleted its account", async () => {
  const mock = stillMock();
  const { accounts, settled } = await opened(mock);
  const ada = await accounts.create({ mobile: MOBILE });
  onTestFinished(mock.subscribe(() => void accounts.delete(ada)));
  await mock.accounts.delete(ada.id);
  await settled();
  expect(accounts.count()).toBe(0);
});

test("each record is created once, however slowly the mock's data arrives", async () => {
  const mock = stillMock();
  let turns = 0;
  const { accounts, settled } = await opened(
    mock,
    slow(mock, async (snapshot) => {
      // Arrival times vary.
      for (let turn = turns++ % 3; turn < 3; turn++) await aMoment();
      return snapshot;
    }),
  );
  const created: string[] = [];
  accounts.hooks.on("create", async ({ data: { record } }) => {
    created.push(record.id);
    await aMoment();
  });
  await Promise.all(Array.from({ length: 9 }, (_, index) => accounts.create({ name: `guest ${index}` })));
  await settled();
  expect(created).toHaveLength(9);
  expect(accounts.count()).toBe(9);
});

test("after a reset the first message is a new record, without the old one's relations", async () => {
  const other = stillMock();
  await sendSms(other, "13800000002", "UPDATE_MOBILE_SMS");
  const mock = stillMock();
  await sendSms(mock, MOBILE, "UPDATE_MOBILE_SMS");
  const { messages, settled } = await opened(mock);
  const notes = new Collection({ schema: z.object({ about: z.custom<Message>().optional() }) });
  notes.defineRelations(({ one }) => ({ about: one(messages) }));
  const note = await notes.create({ about: messages.findFirst() });
  expect(note.about).toMatchObject({ id: "1", to: "+86-15201657312" });

  await mock.snapshot.restore(await other.snapshot.take());
  await settled();
  expect(messages.all()).toMatchObject([{ id: "1", to: "+86-13800000002" }]);
  expect(note.about).toBeUndefined();
});

test("the collections read the mock only after a change in this sandbox", async () => {
  const mock = stillMock();
  const elsewhere = await mock.sandboxes.create();
  let asked = 0;
  await opened(
    mock,
    slow(mock, async (snapshot) => {
      asked += 1;
      return snapshot;
    }),
  );
  await elsewhere.accounts.create({ mobile: MOBILE });
  await api(mock)("sms/send", {});
  await aMoment();
  expect(asked).toBe(1);
  await mock.accounts.create({ mobile: MOBILE });
  await expect.poll(() => asked).toBe(2);
});
