/** The collections show the mock's data after any concurrent steps on either side. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { type Collections, collections } from "../../mocks/adapters/data/data.ts";
import type { Account, Mock, Snapshot } from "../../mocks/index.ts";
import { api, requestSms, stillMock } from "../support/mock/api.ts";

interface Fixture extends Collections {
  readonly mock: Mock;
  readonly taken: Snapshot[];
}

/** The state that a step needs. Accounts are numbered in the order of the list. */
interface Values {
  readonly at: number;
  readonly to: string;
  readonly seed: { readonly mobile?: string; readonly email?: string; readonly name?: string };
  readonly change: { readonly mobile?: string; readonly email?: string | null; readonly name?: string | null };
}

/** Few numbers, so that steps collide; the last number is malformed. */
const mobile = fc.constantFrom("13800000000", "+86-13800000001", "8613800000002", "nonsense");
const email = fc.constantFrom("ada@example.com", "BOB@example.com");
const name = fc.constantFrom("Ada", "Bob");
const values: fc.Arbitrary<Values> = fc.record({
  at: fc.nat(3),
  to: mobile,
  seed: fc.record({ mobile, email, name }, { requiredKeys: [] }),
  change: fc.record({ mobile, email: fc.option(email), name: fc.option(name) }, { requiredKeys: [] }),
});

const idOf = (accounts: readonly Account[], at: number) => accounts[at % Math.max(accounts.length, 1)]?.id ?? "nobody";
const listed = async (mock: Mock, at: number) => idOf(await mock.accounts.list(), at);

const steps = {
  create: ({ accounts }, { seed }) => accounts.create(seed),
  update({ accounts }, { at, change }) {
    const id = idOf(accounts.all(), at);
    return accounts.update((query) => query.where({ id }), { data: (account) => void Object.assign(account, change) });
  },
  updateMany({ accounts }, { change }) {
    const data = (account: object) => void Object.assign(account, change);
    return accounts.updateMany((query) => query.where({ name: "Ada" }), { data });
  },
  delete({ accounts }, { at }) {
    const id = idOf(accounts.all(), at);
    return accounts.delete((query) => query.where({ id }));
  },
  clear: ({ accounts }) => accounts.clear(),
  clearMessages: ({ messages }) => messages.clear(),
  mockCreates: ({ mock }, { seed }) => mock.accounts.create(seed),
  mockUpdates: async ({ mock }, { at, change }) => mock.accounts.update(await listed(mock, at), change),
  mockDeletes: async ({ mock }, { at }) => mock.accounts.delete(await listed(mock, at)),
  send: ({ mock }, { to }) => requestSms(mock, to, "UPDATE_MOBILE_SMS"),
  async changeNumber({ mock }, { at, to }) {
    const { idToken } = await mock.accounts.issueTokens(await listed(mock, at));
    const verify_code = await mock.codes.plant({ to, scene: "UPDATE_MOBILE_SMS" });
    const signedIn = { authorization: `Bearer ${idToken}` };
    return api(mock)("profile/update-mobile", { mobile: to, verify_code }, signedIn);
  },
  wait: ({ mock }) => mock.clock.advance({ minutes: 2 }),
  reset: ({ mock }) => mock.reset(),
  take: async ({ mock, taken }) => taken.push(await mock.snapshot.take()),
  restore: async ({ mock, taken: [first] }) => first && mock.snapshot.restore(first),
} satisfies Record<string, (scene: Fixture, values: Values) => unknown>;

const NAMES = Object.keys(steps) as (keyof typeof steps)[];
const together = fc.array(fc.tuple(fc.constantFrom(...NAMES), values), { minLength: 1, maxLength: 4 });

test("after any concurrent steps on either side the collections equal the mock's data", async () => {
  const outcomes = { fulfilled: 0, rejected: 0 };
  const property = fc.asyncProperty(fc.array(together, { maxLength: 8 }), async (rounds) => {
    const mock = stillMock({ accounts: [{ id: "demo", mobile: "13800000000" }] });
    const scene: Fixture = { mock, taken: [], ...(await collections(mock)) };
    for (const round of rounds) {
      // A refusal is fine; a step may also throw synchronously.
      const done = await Promise.allSettled(round.map(async ([step, given]) => steps[step](scene, given)));
      for (const { status } of done) outcomes[status] += 1;
      await expectSame(scene);
    }
    scene.close();
  });
  await fc.assert(property, { numRuns: 150 });
  expect(outcomes.fulfilled).toBeGreaterThan(100);
  expect(outcomes.rejected).toBeGreaterThan(100);
});

async function expectSame({ mock, accounts, messages, settled }: Fixture): Promise<void> {
  await settled();
  expect(byId(accounts.all())).toEqual(byId(await mock.accounts.list()));
  expect(byId(messages.all())).toEqual(byId(await mock.messages.list()));
}

function byId<T extends { readonly id: string }>(rows: readonly T[]): T[] {
  return rows.toSorted((one, other) => (one.id < other.id ? -1 : 1));
}
