/** Snapshots with GenAuth's change tokens. Older snapshots have none. */
import { expect, test } from "vitest";
import type { Mock, Snapshot } from "../../../../mocks/index.ts";
import { genauth, refused, success, tokenFor, updatingPhone } from "../../../support/genauth/genauth.ts";
import { altered } from "../../../support/mock/altered.ts";
import { stillMock } from "../../../support/mock/api.ts";
import { controlHttp } from "../../../support/mock/control-http.ts";

const DONE = success({ success: true });
const INVALID = refused("400", "updatePhoneToken is invalid");
const EXPIRED = refused("400", "updatePhoneToken has expired");

/** As sent over HTTP, checked against control.yaml, and passed as a text. */
async function copied(mock: Mock, change: (snapshot: Snapshot) => Snapshot = (same) => same): Promise<Mock> {
  const taken = JSON.stringify(await controlHttp(mock).done("takeSnapshot"));
  const copy = stillMock();
  await controlHttp(copy).done("restoreSnapshot", { body: change(JSON.parse(taken)) });
  return copy;
}

test("a token issued before the snapshot works once after it, in the copy and in the original", async () => {
  const { mock, account, signedIn, token, send } = await updatingPhone();
  const copy = await copied(mock);
  const update = () => genauth(copy)("update-phone", { updatePhoneToken: token }, signedIn);
  expect(await update()).toEqual(DONE);
  expect(await update()).toEqual(INVALID);
  expect(await copy.accounts.read(account.id)).toMatchObject({ mobile: "+86-15201657312" });
  expect(await mock.accounts.read(account.id)).toEqual(account);
  expect(await send()).toEqual(DONE);
});

test("after a restore a used, an expired and a foreign token are still refused as such", async () => {
  const { mock, bystander, bystanderSignedIn, signedIn, token, send } = await updatingPhone();
  const foreign = await tokenFor(mock, mock, bystander, "15201657313");
  await send();
  await mock.clock.freeze();
  const copy = await copied(mock);
  const update = (updatePhoneToken: string, headers = signedIn) =>
    genauth(copy)("update-phone", { updatePhoneToken }, headers);
  expect(await update(token)).toEqual(INVALID);
  expect(await update(foreign)).toEqual(INVALID);
  expect((await copy.requests.list()).map(({ decidedBy }) => decidedBy)).toEqual([
    "update-token-used",
    "update-token-foreign",
  ]);
  await copy.clock.advance({ seconds: 60 });
  expect(await update(foreign, bystanderSignedIn)).toEqual(EXPIRED);
});

test("the copy issues the same tokens as the original", async () => {
  const { mock, account } = await updatingPhone();
  const copy = await copied(mock);
  expect(await tokenFor(copy, copy, account, "15201657313")).toBe(await tokenFor(mock, mock, account, "15201657313"));
});

test("a change token is one record of the snapshot, and is left out after its purge time", async () => {
  const { mock, account, token } = await updatingPhone();
  const { records } = await controlHttp(mock).done("takeSnapshot");
  const [expires_at, forget_at] = [Date.parse("2026-01-01T00:01:00Z"), Date.parse("2026-01-02T00:01:00Z")];
  expect(records.permit).toEqual({
    [token]: { account_id: account.id, mobile: "+86-15201657312", expires_at, forget_at },
  });
  await mock.clock.advance({ days: 2 });
  expect((await controlHttp(mock).done("takeSnapshot")).records.permit).toEqual({});
});

test("a snapshot from before GenAuth, which has no change tokens, can be restored", async () => {
  const { mock, account, signedIn, token } = await updatingPhone();
  const copy = await copied(mock, ({ records: { permit: _unknownThen, ...records }, ...snapshot }) => ({
    ...snapshot,
    records,
  }));
  expect(await copy.accounts.read(account.id)).toEqual(account);
  expect(await genauth(copy)("update-phone", { updatePhoneToken: token }, signedIn)).toEqual(INVALID);
  const other = await tokenFor(copy, copy, account, "15201657313");
  expect(await genauth(copy)("update-phone", { updatePhoneToken: other }, signedIn)).toEqual(DONE);
});

test("a policy of GenAuth alone survives the snapshot", async () => {
  const { mock } = await updatingPhone();
  const policy = await mock.policy.patch({
    ...{ genauth_http_status: "mirror", genauth_old_phone_channels: ["CHANNEL_LOGIN"] },
    genauth: { code_ttl_seconds: 300, genauth_require_old_phone: false },
  });
  expect(await (await copied(mock)).policy.read()).toEqual(policy);
});

test.each<[string, string, unknown]>([
  ["no account", "account_id", undefined],
  ["no number", "mobile", undefined],
  ["a text for its end", "expires_at", "soon"],
  ["a text for its use", "used_at", "now"],
  ["an unknown field", "colour", "red"],
])("a snapshot with a change token with %s is refused, and nothing changes", async (_what, field, value) => {
  const { mock } = await updatingPhone();
  const { done, send } = controlHttp(mock);
  const before = await done("takeSnapshot");
  const body = altered(JSON.stringify(before), ["records", "permit", "*", field], value);
  expect(await send("PUT", "/__testkit/snapshot", { body })).toMatchObject({
    status: 400,
    body: { detail: expect.stringContaining(field) },
  });
  expect(await done("takeSnapshot")).toEqual(before);
});
