/** The journal's reason for a bad code, and how long a code is remembered. */
import { expect, test } from "vitest";
import { api, DONE, MOBILE, refusal, signedInAccount, stillMock } from "../../../support/mock/api.ts";
import { CONSUMERS, codeOtherThan, consumer, WRONG_CODE } from "../../../support/mock/codes.ts";
import { lastDecision, lastExchange } from "../../../support/mock/journal.ts";

const SCENE = "UPDATE_MOBILE_SMS";
const UNVERIFIED = refusal("MOBILE.0002", "An unauthenticated cell mobile number");

test.each(CONSUMERS)("%s: every bad code gets the same response, and the journal names the reason", async (which) => {
  const { mock, to, scene, send, use } = await consumer(which);
  const decisions: unknown[] = [];
  const refused = async (code: string) => {
    expect(await use(code)).toEqual(WRONG_CODE);
    decisions.push(await lastDecision(mock));
  };

  await refused("123456");
  const first = await send();
  await refused(codeOtherThan(first));
  await mock.clock.advance({ minutes: 1 });
  const second = await send();
  await refused(first);
  await mock.clock.advance({ minutes: 5 });
  await refused(second);
  const third = await send();
  for (let i = 0; i < 5; i++) await use(codeOtherThan(first, second, third));
  await refused(third);
  const fourth = await mock.codes.plant({ to, scene });
  await use(fourth);
  await refused(fourth);

  expect(decisions).toEqual([
    "code-unknown",
    "code-wrong",
    "code-superseded",
    "code-expired",
    "code-exhausted",
    "code-used",
  ]);
});

test("for a code that is bad in two ways the journal names the check printed first", async () => {
  const { mock, send, use } = await consumer("login");
  const [wrong, used] = ["000001", await send()];
  await use(used);
  await mock.clock.advance({ minutes: 5 });
  await use(used);
  expect(await lastDecision(mock)).toBe("code-used");
  const tried = await send();
  for (let i = 0; i < 5; i++) await use(wrong);
  await mock.clock.advance({ minutes: 5 });
  await use(tried);
  expect(await lastDecision(mock)).toBe("code-expired");
  await use(used);
  expect(await lastDecision(mock)).toBe("code-superseded");
});

test("the journal gives the reason without the code and the id_token", async () => {
  const mock = stillMock();
  const { signedIn } = await signedInAccount(mock);
  const verify_code = await mock.codes.plant({ to: MOBILE, scene: SCENE, code: "736251" });
  await api(mock)("profile/update-mobile", { mobile: MOBILE, verify_code: "736252" }, signedIn);
  await mock.clock.advance({ seconds: 312 });
  await api(mock)("profile/update-mobile", { mobile: MOBILE, verify_code }, signedIn);
  const exchanges = await mock.requests.list({ operation: "updateMobile" });
  expect(exchanges).toMatchObject([
    { decidedBy: "code-wrong", why: expect.stringContaining("wrong attempt 1 of 5"), injected: false },
    { decidedBy: "code-expired", why: expect.stringContaining("expired 12 s ago"), injected: false },
  ]);
  const written = JSON.stringify(exchanges);
  for (const secret of ["736251", "736252", signedIn.authorization]) expect(written).not.toContain(secret);
});

/** An account whose id_token outlives every code, a code planted for a new number, and a request with that code. */
async function withPlantedCode(options: { expiresIn?: number } = {}) {
  const mock = stillMock();
  const { account } = await signedInAccount(mock);
  const { idToken } = await mock.accounts.issueTokens(account.id, { expiresIn: 30 * 86_400 });
  const verify_code = await mock.codes.plant({ to: MOBILE, scene: SCENE, ...options });
  const signedIn = { authorization: `Bearer ${idToken}` };
  const update = () => api(mock)("profile/update-mobile", { mobile: MOBILE, verify_code }, signedIn);
  return { mock, update };
}

test("an expired code is remembered for one day less a millisecond", async () => {
  const { mock, update } = await withPlantedCode();
  await mock.clock.advance({ days: 1, seconds: 299.999 });
  expect(await update()).toEqual(WRONG_CODE);
  expect(await lastDecision(mock)).toBe("code-expired");
});

test("a code is forgotten exactly one day after it expired", async () => {
  const { mock, update } = await withPlantedCode();
  await mock.clock.advance({ days: 1, seconds: 300 });
  expect(await update()).toEqual(UNVERIFIED);
  expect(await lastDecision(mock)).toBe("mobile-unverified");
});

test.each([0, -600])("a code planted with expiresIn %i is remembered for one day from now", async (expiresIn) => {
  const { mock, update } = await withPlantedCode({ expiresIn });
  expect(await update()).toEqual(WRONG_CODE);
  await mock.clock.advance({ seconds: 86_399.999 });
  expect(await update()).toEqual(WRONG_CODE);
  await mock.clock.advance({ seconds: 0.001 });
  expect(await update()).toEqual(UNVERIFIED);
});

test("a used code is remembered for the same time", async () => {
  const { mock, update } = await withPlantedCode();
  expect(await update()).toEqual(DONE);
  await mock.clock.advance({ days: 1, seconds: 299.999 });
  expect(await update()).toEqual(WRONG_CODE);
  await mock.clock.advance({ seconds: 0.001 });
  expect(await update()).toEqual(UNVERIFIED);
});

test("under policy unverified_mobile as-wrong-code, a forgotten code is a wrong code", async () => {
  const { mock, update } = await withPlantedCode();
  await mock.policy.patch({ unverified_mobile: "as-wrong-code" });
  await mock.clock.advance({ days: 1, seconds: 300 });
  expect(await update()).toEqual(WRONG_CODE);
  expect(await lastExchange(mock)).toMatchObject({ decidedBy: "code-wrong", injected: false });
});

test("other requests do not change how long a code is remembered", async () => {
  const { mock, update } = await withPlantedCode();
  await mock.clock.advance({ days: 1, seconds: 299.999 });
  for (let i = 0; i < 20; i++) await mock.codes.plant({ to: `1380000${1000 + i}`, scene: SCENE });
  expect(await update()).toEqual(WRONG_CODE);
});
