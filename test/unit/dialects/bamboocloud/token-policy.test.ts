/** The id_token under the policy: a token without Bearer, and the token of a deleted account. */
import { expect, test } from "vitest";
import { DONE, refusal } from "../../../support/mock/api.ts";
import { lastDecision } from "../../../support/mock/journal.ts";
import { type Situation, updatingEmail, updatingMobile, updatingPassword } from "../../../support/mock/situations.ts";

const MISSING = refusal("PARAM.0015", "IdToken cannot be empty");
const INVALID = refusal("PARAM.0016", "IdToken is invalid or expired");

const PROFILE_CALLS = [
  { name: "updateMobile", prepare: updatingMobile },
  { name: "updateEmail", prepare: updatingEmail },
];
const SIGNED_IN_CALLS = [...PROFILE_CALLS, { name: "updatePasswordByMobile", prepare: updatingPassword }];

const withoutBearer = ({ headers }: Situation) => ({
  headers: { authorization: String(headers["authorization"]).replace("Bearer ", "") },
});

test.each(PROFILE_CALLS)(
  "$name: under token_without_bearer missing, Bearer is asked for first",
  async ({ prepare }) => {
    const situation = await prepare();
    const { mock, send } = situation;
    await mock.policy.patch({ token_without_bearer: "missing" });
    expect(await send(withoutBearer(situation))).toEqual(MISSING);
    expect(await lastDecision(mock)).toBe("id-token-missing");
    expect(await send({ headers: { authorization: "Basic dXNlcjpwYXNz" } })).toEqual(MISSING);
    expect(await send({ headers: { authorization: "Bearer nonsense" } })).toEqual(INVALID);
    expect(await send()).toEqual(DONE);
  },
);

test("updatePasswordByMobile: under token_without_bearer missing, a token without Bearer is still invalid", async () => {
  const situation = await updatingPassword();
  await situation.mock.policy.patch({ token_without_bearer: "missing" });
  expect(await situation.send(withoutBearer(situation))).toEqual(INVALID);
});

test.each(SIGNED_IN_CALLS)(
  "$name: under bearer_required false, token_without_bearer missing has no effect",
  async ({ prepare }) => {
    const situation = await prepare();
    await situation.mock.policy.patch({ bearer_required: false, token_without_bearer: "missing" });
    expect(await situation.send(withoutBearer(situation))).toEqual(DONE);
  },
);

test.each(SIGNED_IN_CALLS)(
  "$name: under deleted_account_token invalid-token, the token of a deleted account is invalid",
  async ({ prepare }) => {
    const { mock, account, send } = await prepare();
    await mock.policy.patch({ deleted_account_token: "invalid-token" });
    await mock.accounts.delete(account.id);
    expect(await send()).toEqual(INVALID);
    expect(await lastDecision(mock)).toBe("id-token-invalid");
    expect(await send({ body: { verify_code: "000000" } })).toEqual(INVALID);
  },
);

test("under deleted_account_token invalid-token, the token of an existing account works", async () => {
  const { mock, send } = await updatingEmail();
  await mock.policy.patch({ deleted_account_token: "invalid-token" });
  expect(await send()).toEqual(DONE);
});
