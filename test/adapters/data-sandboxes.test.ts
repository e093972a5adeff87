/** Collections belong to one sandbox, and follow it until it is deleted or they are closed. */
import { expect, test } from "vitest";
import { collections } from "../../mocks/adapters/data/data.ts";
import { MOBILE, sendSms, stillMock } from "../support/mock/api.ts";
import { opened } from "../support/mock/opened-collections.ts";

test("changes in a sandbox show in its own collections only", async () => {
  const mock = stillMock();
  const first = await opened(mock);
  const second = await opened(mock, await mock.sandboxes.create());
  await second.accounts.create({ mobile: MOBILE });
  await Promise.all([first.settled(), second.settled()]);
  expect([first.accounts.count(), second.accounts.count()]).toEqual([0, 1]);
  expect(await mock.accounts.list()).toEqual([]);
});

test("two collections of one sandbox have the same records", async () => {
  const mock = stillMock();
  const first = await opened(mock);
  const second = await opened(mock);
  const ada = await first.accounts.create({ mobile: MOBILE });
  await second.settled();
  expect(second.accounts.all()).toEqual([ada]);
  second.accounts.delete(ada);
  second.accounts.clear();
  await Promise.all([first.settled(), second.settled()]);
  expect(first.accounts.count()).toBe(0);
});

test("the collections have all accounts when there are more than one list returns", async () => {
  const guests = Array.from({ length: 1_001 }, (_, index) => ({ name: `guest ${index}` }));
  const { accounts } = await opened(stillMock({ accounts: guests }));
  const last = await accounts.create({ name: "the last" });
  expect(accounts.count()).toBe(1_002);
  expect(accounts.findFirst((query) => query.where({ name: "the last" }))).toEqual(last);
});

test("an unknown sandbox is refused, and settled rejects after a deletion", async () => {
  const mock = stillMock();
  await expect(collections(mock, mock.sandbox("nobody"))).rejects.toThrow("Unknown client id");
  const sandbox = await mock.sandboxes.create();
  const { accounts, settled } = await opened(mock, sandbox);
  const ada = await accounts.create({});
  await mock.sandboxes.delete(sandbox.clientId);
  accounts.delete(ada);
  await expect(settled()).rejects.toThrow("Unknown client id");
});

test("closed collections are no longer updated", async () => {
  const { mock, accounts, messages, close } = await opened();
  close();
  await mock.accounts.create({ mobile: MOBILE });
  await sendSms(mock, MOBILE, "UPDATE_MOBILE_SMS");
  await collections(mock);
  expect([accounts.count(), messages.count()]).toEqual([0, 0]);
});
