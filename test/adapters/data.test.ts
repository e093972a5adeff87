/** `collections(mock)`: writes go to the mock, its changes show, and refusals leave no trace. */
import { Collection } from "@msw/data";
import { expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import type { Account, Message } from "../../mocks/index.ts";
import { api, CANONICAL_MOBILE, DONE, MOBILE, sendSms, signedInAccount, stillMock } from "../support/mock/api.ts";
import { opened } from "../support/mock/opened-collections.ts";

test("creating a record creates the account, with its id and canonical number", async () => {
  const { mock, accounts } = await opened();
  const ada = await accounts.create({ mobile: MOBILE, name: "Ada" });
  expect(ada).toEqual({ id: ada.id, mobile: CANONICAL_MOBILE, email: null, username: null, name: "Ada" });
  expect(await mock.accounts.read(ada.id)).toEqual(ada);
  expect(accounts.all()).toEqual([ada]);
});

test.each([
  ["a number that another account has", { mobile: MOBILE }, "Taken: another account has this mobile"],
  ["a malformed number", { mobile: "nonsense" }, "Bad request: mobile is malformed"],
])("creating %s is refused with the mock's message and leaves no record", async (_what, seed, words) => {
  const { mock, accounts } = await opened();
  await accounts.create({ mobile: MOBILE });
  await expect(accounts.create(seed)).rejects.toThrow(words);
  expect(accounts.count()).toBe(1);
  expect(await mock.accounts.list()).toHaveLength(1);
});

test("the collections start with the sandbox's existing data", async () => {
  const mock = stillMock({ accounts: [{ id: "demo", email: "demo@example.com" }] });
  await sendSms(mock, MOBILE, "UPDATE_MOBILE_SMS");
  const { accounts, messages } = await opened(mock);
  expect(accounts.all()).toEqual(await mock.accounts.list());
  expect(messages.all()).toEqual(await mock.messages.list());
  expect([accounts.count(), messages.count()]).toEqual([1, 1]);
});

test("a number changed by the API, and the message for it, show in the collections", async () => {
  const { mock, accounts, messages, settled } = await opened();
  const { account, signedIn } = await signedInAccount(mock);
  await sendSms(mock, MOBILE, "UPDATE_MOBILE_SMS");
  const { code } = await mock.messages.wait({ to: MOBILE });
  expect(await api(mock)("profile/update-mobile", { mobile: MOBILE, verify_code: code }, signedIn)).toEqual(DONE);
  await settled();
  expect(accounts.findFirst((query) => query.where({ mobile: CANONICAL_MOBILE }))).toMatchObject({ id: account.id });
  expect(messages.findMany((query) => query.where({ to: CANONICAL_MOBILE }))).toMatchObject([{ code }]);
});

test("the collections update without a call", async () => {
  const { mock, accounts, messages } = await opened();
  const { account } = await signedInAccount(mock);
  await expect.poll(() => accounts.all()).toEqual([account]);
  await sendSms(mock, MOBILE, "UPDATE_MOBILE_SMS");
  await expect.poll(() => messages.all()).toEqual(await mock.messages.list());
});

test("an update changes only the given fields of the account", async () => {
  const { mock, accounts } = await opened();
  const ada = await accounts.create({ mobile: MOBILE, name: "Ada", email: "ada@example.com" });
  const updated = await accounts.update(ada, {
    async data(account) {
      account.email = null;
      // Another client changes the same account at the same time.
      await mock.accounts.update(ada.id, { name: "Ada King" });
    },
  });
  expect(updated).toEqual({ ...ada, email: null, name: "Ada King" });
  expect(await mock.accounts.read(ada.id)).toEqual(updated);
  expect(accounts.all()).toEqual([updated]);
  expect(ada).toMatchObject({ email: "ada@example.com" });
});

test("an update that the mock refuses changes neither record nor account", async () => {
  const { mock, accounts } = await opened();
  const ada = await accounts.create({ mobile: MOBILE });
  const bob = await accounts.create({ mobile: "13800000002" });
  const taken = accounts.update(bob, {
    data: (account) => void Object.assign(account, { mobile: MOBILE, name: "Bob" }),
  });
  await expect(taken).rejects.toThrow("Taken: another account has this mobile");
  const renamed = accounts.update(bob, { data: (account) => void Object.assign(account, { id: "bob" }) });
  await expect(renamed).rejects.toThrow("Bad request");
  expect(accounts.all()).toEqual([ada, bob]);
  expect(await mock.accounts.list()).toEqual([ada, bob]);
});

test("two concurrent updates of one account both apply", async () => {
  const { mock, accounts } = await opened();
  const ada = await accounts.create({});
  await Promise.all([
    accounts.update(ada, { data: (account) => void Object.assign(account, { name: "Ada" }) }),
    accounts.update(ada, { data: (account) => void Object.assign(account, { email: "ada@example.com" }) }),
  ]);
  expect(accounts.all()).toMatchObject([{ name: "Ada", email: "ada@example.com" }]);
  expect(await mock.accounts.list()).toEqual(accounts.all());
});

test("of three concurrent updates to one number, one succeeds", async () => {
  const { mock, accounts, settled } = await opened();
  const seeds = [{ mobile: MOBILE }, { mobile: MOBILE }, { mobile: MOBILE }];
  const outcomes = await Promise.allSettled(seeds.map((seed) => accounts.create(seed)));
  expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected", "rejected"]);
  await settled();
  expect(accounts.count()).toBe(1);
  expect(await mock.accounts.list()).toHaveLength(1);
});

test("updateMany updates and sorts records, and reports no match as @msw/data does", async () => {
  const { mock, accounts } = await opened();
  await accounts.createMany(3, (index) => ({ name: `guest ${index}` }));
  await accounts.create({ name: "Ada" });
  const guests = await accounts.updateMany((query) => query.where({ name: (name) => /^guest/.test(String(name)) }), {
    data: (account) => void Object.assign(account, { name: `former ${account.name}` }),
    orderBy: { name: "desc" },
  });
  expect(guests.map(({ name }) => name)).toEqual(["former guest 2", "former guest 1", "former guest 0"]);
  expect(await mock.accounts.list({ search: "former" })).toHaveLength(3);

  const nobody = { data: () => {} };
  expect(await accounts.update((query) => query.where({ name: "nobody" }), nobody)).toBeUndefined();
  expect(await accounts.updateMany((query) => query.where({ name: "nobody" }), nobody)).toEqual([]);
  await expect(
    accounts.update((query) => query.where({ name: "nobody" }), { ...nobody, strict: true }),
  ).rejects.toThrow("no record found");
});

test("a deleted record is gone at once, and its account after settling", async () => {
  const { mock, accounts, settled } = await opened();
  const ada = await accounts.create({ mobile: MOBILE });
  await accounts.createMany(4, () => ({}));
  accounts.delete(ada);
  expect(accounts.count()).toBe(4);
  await settled();
  await expect(mock.accounts.read(ada.id)).rejects.toThrow("No such account");
  accounts.deleteMany((query) => query.where(({ id }) => id === accounts.findFirst()?.id));
  expect(accounts.count()).toBe(3);
  accounts.clear();
  expect(accounts.count()).toBe(0);
  await settled();
  expect(await mock.accounts.list()).toEqual([]);
});

test("accounts deleted in the mock, one or all by a reset, leave the collection", async () => {
  const mock = stillMock({ accounts: [{ id: "demo" }] });
  const { accounts, messages, settled } = await opened(mock);
  const ada = await accounts.create({ mobile: MOBILE });
  await sendSms(mock, MOBILE, "UPDATE_MOBILE_SMS");
  const before = await mock.snapshot.take();
  await mock.accounts.delete(ada.id);
  await settled();
  expect(accounts.all()).toMatchObject([{ id: "demo" }]);

  await mock.snapshot.restore(before);
  await settled();
  expect(accounts.findFirst((query) => query.where({ id: ada.id }))).toEqual(ada);
  expect(messages.count()).toBe(1);

  await mock.reset();
  await settled();
  expect(accounts.all()).toMatchObject([{ id: "demo" }]);
  expect(messages.count()).toBe(0);
});

test("messages can be read and sorted, but not created, changed or deleted", async () => {
  const { mock, messages, settled } = await opened();
  await sendSms(mock, MOBILE, "UPDATE_MOBILE_SMS");
  await mock.clock.advance({ minutes: 2 });
  await sendSms(mock, MOBILE, "REGISTER_SMS");
  await settled();
  const newest = messages.findMany(undefined, { orderBy: { sentAt: "desc" } });
  expect(newest.map(({ scene }) => scene)).toEqual(["REGISTER_SMS", "UPDATE_MOBILE_SMS"]);

  const words = "The messages of the mock are read-only";
  await expect(messages.create()).rejects.toThrow(words);
  await expect(messages.createMany()).rejects.toThrow(words);
  await expect(messages.update()).rejects.toThrow(words);
  await expect(messages.updateMany()).rejects.toThrow(words);
  expect(() => messages.delete((query) => query.where({ scene: "REGISTER_SMS" }))).toThrow(words);
  expect(() => messages.deleteMany((query) => query.where({ scene: "REGISTER_SMS" }))).toThrow(words);
  expect(() => messages.clear()).toThrow(words);
  expect(messages.all()).toEqual(await mock.messages.list());
  expect(messages.count()).toBe(2);
});

test("a custom collection can relate to accounts and messages, and follows their changes", async () => {
  const { mock, accounts, messages, settled } = await opened();
  const orders = new Collection({
    schema: z.object({ title: z.string(), buyer: z.custom<Account>().optional(), notices: z.custom<Message[]>() }),
  });
  orders.defineRelations(({ one, many }) => ({ buyer: one(accounts), notices: many(messages) }));
  const buyer = await accounts.create({ mobile: MOBILE });
  await sendSms(mock, MOBILE, "UPDATE_MOBILE_SMS");
  await settled();
  const order = await orders.create({ title: "a lamp", buyer, notices: messages.all() });

  await mock.accounts.update(buyer.id, { mobile: "13800000002" });
  await settled();
  expect(order.buyer?.mobile).toBe("+86-13800000002");
  expect(order.notices).toEqual(await mock.messages.list());
  const found = orders.findFirst((query) => query.where(({ buyer }) => buyer?.mobile === "+86-13800000002"));
  expect(found?.title).toBe("a lamp");

  await mock.reset();
  await settled();
  expect([order.buyer, order.notices]).toEqual([undefined, []]);
});

test("an update from the mock is not sent back: each change reaches the mock once", async () => {
  const { mock, accounts, settled } = await opened();
  let changes = 0;
  const unsubscribe = mock.subscribe(({ type }) => {
    if (type === "change") changes += 1;
  });
  onTestFinished(unsubscribe);
  const ada = await accounts.create({ mobile: MOBILE });
  await accounts.update(ada, { data: (account) => void Object.assign(account, { name: "Ada" }) });
  await mock.accounts.update(ada.id, { name: "Eve" });
  await settled();
  await mock.accounts.delete(ada.id);
  await settled();
  expect(changes).toBe(4);
});
