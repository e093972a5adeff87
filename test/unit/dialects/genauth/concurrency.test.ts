/**
 * Concurrent requests: a single-use value works once. In process over the memory store, and through two mocks over one store
 * that lets requests interleave between any two accesses, so that only the commit keeps them apart.
 */
import { expect, test } from "vitest";
import { createMock, type Mock } from "../../../../mocks/index.ts";
import { BIND, genauth, holder, NEW_PHONE, tokenFor, UNBIND } from "../../../support/genauth/genauth.ts";
import { api, type Reply } from "../../../support/mock/api.ts";
import { slowStore } from "../../../support/mock/slow-store.ts";

const COUNT = 20;

const WAYS = [
  {
    name: "one mock",
    open() {
      const mock = createMock();
      return { mock, other: mock };
    },
  },
  {
    name: "two mocks over one slow store",
    open() {
      const store = slowStore();
      return { mock: createMock({ store }), other: createMock({ store }) };
    },
  },
];

/** Sends so many requests at once, to the two mocks in turn; returns how often each response came, by code. */
async function atOnce(mocks: readonly [Mock, Mock], send: (mock: Mock, index: number) => Promise<Reply>) {
  const replies = await Promise.all(
    Array.from({ length: COUNT }, (_, index) => send(mocks[index % 2 === 0 ? 0 : 1], index)),
  );
  const counts: Record<string, number> = {};
  for (const { body } of replies) {
    const { statusCode, apiCode } = body as { statusCode: number; apiCode?: number };
    const code = apiCode === undefined ? String(statusCode) : `${statusCode}/${apiCode}`;
    counts[code] = (counts[code] ?? 0) + 1;
  }
  return counts;
}

/** How often each check decided, from the journal. */
async function decisions(mock: Mock, operation: string): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { decidedBy } of await mock.requests.list({ operation })) counts[decidedBy] = (counts[decidedBy] ?? 0) + 1;
  return counts;
}

test.each(WAYS)("$name: concurrent requests with one pair of codes get one token", async ({ open }) => {
  const { mock, other } = open();
  const { signedIn } = await holder(mock);
  const phonePassCodePayload = {
    newPhoneNumber: NEW_PHONE,
    newPhonePassCode: await mock.codes.plant({ to: NEW_PHONE, scene: BIND }),
    oldPhoneNumber: "13800000001",
    oldPhonePassCode: await mock.codes.plant({ to: "13800000001", scene: UNBIND }),
  };
  const body = { verifyMethod: "PHONE_PASSCODE", phonePassCodePayload };
  const counts = await atOnce([mock, other], (one) => genauth(one)("verify-update-phone-request", body, signedIn));
  expect(counts).toEqual({ 200: 1, "400/2001": COUNT - 1 });
  expect(await decisions(mock, "genauthVerifyUpdatePhoneRequest")).toEqual({ passed: 1, "code-used": COUNT - 1 });
});

test.each(WAYS)("$name: concurrent requests with one token change the number once", async ({ open }) => {
  const { mock, other } = open();
  const { account, signedIn } = await holder(mock);
  const updatePhoneToken = await tokenFor(mock, mock, account, NEW_PHONE);
  const counts = await atOnce([mock, other], (one) => genauth(one)("update-phone", { updatePhoneToken }, signedIn));
  expect(counts).toEqual({ 200: 1, 400: COUNT - 1 });
  expect(await decisions(mock, "genauthUpdatePhone")).toEqual({ passed: 1, "update-token-used": COUNT - 1 });
});

test.each(WAYS)("$name: of many accounts with tokens for the same number, one gets it", async ({ open }) => {
  const { mock, other } = open();
  const candidates: { signedIn: { authorization: string }; id: string; updatePhoneToken: string }[] = [];
  for (let index = 0; index < COUNT; index++) {
    const { account, signedIn } = await holder(mock, { mobile: `138${10_000_000 + index}` });
    candidates.push({ signedIn, id: account.id, updatePhoneToken: await tokenFor(mock, mock, account, NEW_PHONE) });
  }
  const counts = await atOnce([mock, other], (one, index) =>
    genauth(one)(
      "update-phone",
      { updatePhoneToken: candidates[index]?.updatePhoneToken },
      candidates[index]?.signedIn,
    ),
  );
  expect(counts).toEqual({ 200: 1, "409/2035": COUNT - 1 });
  const owners = await Promise.all(candidates.map(async ({ id }) => (await mock.accounts.read(id)).mobile));
  expect(owners.filter((mobile) => mobile === `+86-${NEW_PHONE}`)).toHaveLength(1);
});

test.each(WAYS)("$name: of two accounts, one through each dialect, one gets the number", async ({ open }) => {
  const { mock, other } = open();
  const { account, signedIn } = await holder(mock);
  const updatePhoneToken = await tokenFor(mock, mock, account, NEW_PHONE);
  const { account: rival } = await holder(mock, { mobile: "13800000002" });
  const { idToken } = await mock.accounts.issueTokens(rival.id);
  const verify_code = await mock.codes.plant({ to: NEW_PHONE, scene: "UPDATE_MOBILE_SMS" });
  const bearer = { authorization: `Bearer ${idToken}` };
  const [theirs, ours] = await Promise.all([
    api(other)("profile/update-mobile", { mobile: NEW_PHONE, verify_code }, bearer),
    genauth(mock)("update-phone", { updatePhoneToken }, signedIn),
  ]);
  expect([theirs.status === 200, Object(ours.body).statusCode === 200].toSorted()).toEqual([false, true]);
  const mobiles = [(await mock.accounts.read(account.id)).mobile, (await mock.accounts.read(rival.id)).mobile];
  expect(mobiles.filter((mobile) => mobile === `+86-${NEW_PHONE}`)).toHaveLength(1);
});

test.each(WAYS)("$name: concurrent sends within the interval deliver one message", async ({ open }) => {
  const { mock, other } = open();
  const body = { channel: BIND, phoneNumber: NEW_PHONE };
  expect(await atOnce([mock, other], (one) => genauth(one)("send-sms", body))).toEqual({ 200: 1, 429: COUNT - 1 });
  expect(await mock.messages.list()).toHaveLength(1);
});

test.each(WAYS)("$name: exactly five concurrent wrong tries are counted", async ({ open }) => {
  const { mock, other } = open();
  const { signedIn } = await holder(mock);
  const newPhonePassCode = await mock.codes.plant({ to: NEW_PHONE, scene: BIND, code: "135791" });
  const oldPhonePassCode = await mock.codes.plant({ to: "13800000001", scene: UNBIND });
  const attempt = (one: Mock, code: string) => {
    const numbers = { newPhoneNumber: NEW_PHONE, oldPhoneNumber: "13800000001" };
    const phonePassCodePayload = { ...numbers, newPhonePassCode: code, oldPhonePassCode };
    const body = { verifyMethod: "PHONE_PASSCODE", phonePassCodePayload };
    return genauth(one)("verify-update-phone-request", body, signedIn);
  };
  expect(await atOnce([mock, other], (one, index) => attempt(one, `w${index}`))).toEqual({ "400/2001": COUNT });
  expect(await attempt(mock, newPhonePassCode)).toMatchObject({ body: { apiCode: 2001 } });
  await mock.policy.patch({ code_max_attempts: 6 });
  expect(await attempt(mock, newPhonePassCode)).toMatchObject({ body: { statusCode: 200 } });
});
