/** `createMock` and its functions, where they differ from the same calls over HTTP. */
import { expect, test } from "vitest";
import { createMock } from "../../mocks/index.ts";

test("in process a field that is undefined counts as absent, as in JSON", async () => {
  const mock = createMock();
  const seed = { mobile: "13800000000", email: undefined } as { mobile: string };
  const account = await mock.accounts.create(seed);
  expect(account).toMatchObject({ mobile: "+86-13800000000", email: null });
  expect(await mock.messages.list({ to: undefined } as unknown as { to: string })).toEqual([]);
  expect(
    await mock.policy.patch({ code_length: undefined, code_ttl_seconds: 60 } as { code_ttl_seconds: number }),
  ).toMatchObject({ code_length: 6, code_ttl_seconds: 60 });
});

test("createMock refuses two accounts with one id or one number", async () => {
  const twice = { id: "a", mobile: "13800000001" };
  const ids = createMock({ accounts: [twice, { id: "a", mobile: "13800000002" }] });
  await expect(ids.accounts.read("a")).rejects.toThrow(
    "createMock: accounts[1] cannot be created: another account has the same id",
  );
  const numbers = createMock({ accounts: [twice, { id: "b", mobile: "+8613800000001" }] });
  await expect(numbers.accounts.read("a")).rejects.toThrow("another account has the same mobile");
});
