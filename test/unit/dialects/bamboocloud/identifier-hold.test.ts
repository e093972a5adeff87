/** The policy `identifier_hold_seconds`: when another account can take a number or address that was given up. */
import { expect, test } from "vitest";
import type { Mock } from "../../../../mocks/index.ts";
import { updatingPhone, verifying } from "../../../support/genauth/genauth.ts";
import { api, DONE, MOBILE, refusal, signedInAccount, stillMock } from "../../../support/mock/api.ts";
import { lastDecision, lastExchange } from "../../../support/mock/journal.ts";

const OLD_MOBILE = "13800000001";
const OLD_EMAIL = "river@ciam.test";

const FIELDS = [
  {
    field: "mobile",
    path: "profile/update-mobile",
    scene: "UPDATE_MOBILE_SMS",
    old: OLD_MOBILE,
    canonical: "+86-13800000001",
    next: MOBILE,
    taken: refusal("USER.0035", "Phone number already exists"),
  },
  {
    field: "email",
    path: "profile/update-email",
    scene: "UPDATE_EMAIL_EMS",
    old: OLD_EMAIL,
    canonical: OLD_EMAIL,
    next: "next@ciam.test",
    taken: refusal("USER.0036", "E-mail already exists"),
  },
] as const;

type Field = (typeof FIELDS)[number];

/** Two signed-in accounts, of which the first has given up its number or address for another one. */
async function givenUp({ field, path, scene, old, next }: Field, identifier_hold_seconds: number) {
  const mock = stillMock({ policy: { identifier_hold_seconds } });
  const { account, signedIn } = await signedInAccount(mock, { mobile: OLD_MOBILE, email: OLD_EMAIL });
  const { signedIn: otherSignedIn } = await signedInAccount(mock, { mobile: "13800000009" });
  const take = async (to: string, headers: Readonly<Record<string, string>>) => {
    const verify_code = await mock.codes.plant({ to, scene });
    return api(mock)(path, { [field]: to, verify_code }, headers);
  };
  expect(await take(next, signedIn)).toEqual(DONE);
  return { mock, account, takenByOther: () => take(old, otherSignedIn), takenBack: () => take(old, signedIn) };
}

test.each(FIELDS)("a $field that was given up can be taken exactly after identifier_hold_seconds", async (row) => {
  const { mock, takenByOther } = await givenUp(row, 3_600);
  expect(await takenByOther()).toEqual(row.taken);
  expect(await lastExchange(mock)).toMatchObject({
    decidedBy: `${row.field}-taken`,
    why: `another account gave up ${row.canonical} not long ago (identifier_hold_seconds)`,
  });
  await mock.clock.advance({ seconds: 3_599.999 });
  expect(await takenByOther()).toEqual(row.taken);
  await mock.clock.advance({ seconds: 0.001 });
  expect(await takenByOther()).toEqual(DONE);
});

test.each(FIELDS)("with identifier_hold_seconds 0, a $field that was given up is free at once", async (row) => {
  const { takenByOther } = await givenUp(row, 0);
  expect(await takenByOther()).toEqual(DONE);
});

test.each(FIELDS)("a $field that is held back can be taken back by its account", async (row) => {
  const { mock, account, takenByOther, takenBack } = await givenUp(row, 3_600);
  expect(await takenBack()).toEqual(DONE);
  expect(await mock.accounts.read(account.id)).toMatchObject({ [row.field]: row.canonical });
  expect(await takenByOther()).toEqual(row.taken);
});

const GIVING_UP: readonly (readonly [string, (mock: Mock, id: string) => Promise<unknown>])[] = [
  ["its account was deleted", (mock, id) => mock.accounts.delete(id)],
  ["a control call removed it", (mock, id) => mock.accounts.update(id, { mobile: null, email: null })],
];

test.each(GIVING_UP.flatMap(([how, giveUp]) => FIELDS.map((row) => ({ ...row, how, giveUp }))))(
  "a $field is held back after $how",
  async ({ how: _how, giveUp, field, path, scene, old, taken }) => {
    const mock = stillMock({ policy: { identifier_hold_seconds: 60 } });
    const { account } = await signedInAccount(mock, { mobile: OLD_MOBILE, email: OLD_EMAIL });
    const { signedIn } = await signedInAccount(mock, { mobile: "13800000009" });
    await giveUp(mock, account.id);
    const verify_code = await mock.codes.plant({ to: old, scene });
    expect(await api(mock)(path, { [field]: old, verify_code }, signedIn)).toEqual(taken);
    await mock.clock.advance({ minutes: 1 });
    expect(await api(mock)(path, { [field]: old, verify_code }, signedIn)).toEqual(DONE);
  },
);

test("a new password holds nothing back, and a control call can give a held number to an account", async () => {
  const mock = stillMock({ policy: { identifier_hold_seconds: 60 } });
  const { account } = await signedInAccount(mock, { mobile: OLD_MOBILE });
  await mock.accounts.update(account.id, { password: "New-Tree-42" });
  expect((await mock.snapshot.take()).records.held).toEqual({});
  await mock.accounts.delete(account.id);
  expect(await mock.accounts.create({ mobile: OLD_MOBILE })).toMatchObject({ mobile: "+86-13800000001" });
});

test("a login registers no number that is held back", async () => {
  const mock = stillMock({ policy: { identifier_hold_seconds: 60, login_registers: true } });
  const { account } = await signedInAccount(mock, { mobile: OLD_MOBILE });
  await mock.accounts.delete(account.id);
  const verify_code = await mock.codes.plant({ to: OLD_MOBILE, scene: "LOGIN_SMS" });
  const login = () => api(mock)("login/mobile-verify-code", { mobile: OLD_MOBILE, verify_code });
  expect(await login()).toEqual(refusal("USER.0001", "User not found"));
  await mock.clock.advance({ minutes: 1 });
  expect(await login()).toMatchObject({ status: 200 });
});

test.each([
  ["verify-update-phone-request", verifying],
  ["update-phone", updatingPhone],
])("%s of GenAuth refuses a number that is held back for another account", async (_name, prepare) => {
  const { mock, bystander, send } = await prepare();
  await mock.policy.patch({ identifier_hold_seconds: 30 });
  await mock.accounts.update(bystander.id, { mobile: MOBILE });
  await mock.accounts.update(bystander.id, { mobile: null });
  expect(await send()).toMatchObject({ body: { statusCode: 409 } });
  expect(await lastDecision(mock)).toBe("mobile-taken");
  await mock.clock.advance({ seconds: 30 });
  expect(await send()).toMatchObject({ body: { statusCode: 200 } });
});

test("a snapshot keeps what is held back", async () => {
  const { mock, takenByOther } = await givenUp(FIELDS[0], 3_600);
  const snapshot = await mock.snapshot.take();
  expect(snapshot.records.held).toMatchObject({ "mobile +86-13800000001": { account_id: expect.any(String) } });
  await mock.snapshot.restore(snapshot);
  expect(await takenByOther()).toEqual(FIELDS[0].taken);
});
