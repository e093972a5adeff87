/** POST profile/update-mobile: when the new number counts as unverified, by the policy `unverified_mobile`. */
import { expect, test } from "vitest";
import type { Mock } from "../../../../mocks/index.ts";
import { api, DONE, MOBILE, refusal, signedInAccount, stillMock } from "../../../support/mock/api.ts";
import { WRONG_CODE } from "../../../support/mock/codes.ts";
import { lastDecision } from "../../../support/mock/journal.ts";

const SCENE = "UPDATE_MOBILE_SMS";
const UNVERIFIED = refusal("MOBILE.0002", "An unauthenticated cell mobile number");

/** A signed-in account, and a code that was sent to a new number. */
async function prepared() {
  const mock = stillMock();
  const { signedIn } = await signedInAccount(mock);
  const verify_code = await mock.codes.plant({ to: MOBILE, scene: SCENE });
  const update = (body: unknown) => api(mock)("profile/update-mobile", body, signedIn);
  return { mock, verify_code, update };
}

test("under unverified_mobile as-wrong-code a number without a code is reported as a wrong code", async () => {
  const { mock, verify_code, update } = await prepared();
  await mock.policy.patch({ unverified_mobile: "as-wrong-code" });
  expect(await update({ mobile: "15201657313", verify_code })).toEqual(WRONG_CODE);
});

/** How the only code of the new number stops working, and the code that the request shows. */
const NOT_LIVE: readonly (readonly [string, (mock: Mock) => Promise<unknown>])[] = [
  ["expired", (mock) => mock.clock.advance({ minutes: 5 })],
  ["exhausted", (mock) => mock.policy.patch({ code_max_attempts: 1 })],
];

test.each(NOT_LIVE)(
  "under unverified_mobile no-live-code a number whose code is %s is unverified",
  async (_state, spoil) => {
    const { mock, verify_code, update } = await prepared();
    expect(await update({ mobile: MOBILE, verify_code: "000000" })).toEqual(WRONG_CODE);
    await spoil(mock);
    expect(await update({ mobile: MOBILE, verify_code })).toEqual(WRONG_CODE);
    await mock.policy.patch({ unverified_mobile: "no-live-code" });
    expect(await update({ mobile: MOBILE, verify_code })).toEqual(UNVERIFIED);
    expect(await lastDecision(mock)).toBe("mobile-unverified");
    await mock.codes.plant({ to: MOBILE, scene: SCENE });
    expect(await update({ mobile: MOBILE, verify_code: "000000" })).toEqual(WRONG_CODE);
  },
);

test("under unverified_mobile no-live-code a number whose code was used is unverified", async () => {
  const { mock, verify_code, update } = await prepared();
  await mock.policy.patch({ unverified_mobile: "no-live-code" });
  expect(await update({ mobile: MOBILE, verify_code })).toEqual(DONE);
  expect(await update({ mobile: MOBILE, verify_code })).toEqual(UNVERIFIED);
  expect(await update({ mobile: "15201657313", verify_code })).toEqual(UNVERIFIED);
});

test("under unverified_mobile no-live-code an older code that still works keeps the number verified", async () => {
  const { mock, verify_code, update } = await prepared();
  await mock.policy.patch({ unverified_mobile: "no-live-code", code_supersedes: false });
  await mock.codes.plant({ to: MOBILE, scene: SCENE, expiresIn: 0 });
  expect(await update({ mobile: MOBILE, verify_code: "000000" })).toEqual(WRONG_CODE);
  expect(await update({ mobile: MOBILE, verify_code })).toEqual(DONE);
});
