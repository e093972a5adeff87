/** Accounts over HTTP: an identifier is taken in every form, and free after the account is deleted. */
import { expect, test } from "vitest";
import { api, refusal, stillMock } from "../../support/mock/api.ts";
import { controlHttp } from "../../support/mock/control-http.ts";

const ALICE = {
  mobile: "13800000001",
  email: "alice@example.com",
  username: "alice",
  name: "Alice",
  password: "Correct-Horse-1",
};

async function withAlice() {
  const mock = stillMock();
  const control = controlHttp(mock);
  const alice = await control.done("createAccount", { body: ALICE });
  return { mock, alice, ...control };
}

test("an account is shown with canonical identifiers and without its password", async () => {
  const { done } = controlHttp(stillMock());
  const created = await done("createAccount", {
    body: { ...ALICE, mobile: "+86-13800000001", email: "Alice@Example.COM" },
  });
  const { password: _, ...shown } = ALICE;
  expect(created).toEqual({ ...shown, id: created.id, mobile: "+86-13800000001" });
  expect(await done("readAccount", { params: { id: created.id } })).toEqual(created);
});

test("an account may be created without any field, and unset fields are null", async () => {
  const { done } = controlHttp(stillMock());
  const nothing = { mobile: null, email: null, username: null, name: null };
  const first = await done("createAccount");
  const second = await done("createAccount", { body: {} });
  expect(first).toEqual({ ...nothing, id: first.id });
  expect(second).toEqual({ ...nothing, id: second.id });
  expect(second.id).not.toBe(first.id);
});

test.each([
  ["mobile", "13800000001"],
  ["mobile", "+8613800000001"],
  ["mobile", "+86-13800000001"],
  ["mobile", "-13800000001"],
  ["email", "alice@example.com"],
  ["email", "ALICE@Example.com"],
  ["username", "alice"],
])("a second account with the %s %s is refused as taken", async (identifier, value) => {
  const { refused } = await withAlice();
  const problem = await refused("createAccount", { body: { [identifier]: value } });
  expect(problem).toMatchObject({ status: 409, title: "Taken", detail: `another account has this ${identifier}` });
});

test("user names differ by case, and two accounts may have one display name", async () => {
  const { done } = await withAlice();
  await done("createAccount", { body: { username: "Alice" } });
  await done("createAccount", { body: { name: "Alice" } });
});

test("an account refused for its address leaves its number and its user name free", async () => {
  const { refused, done } = await withAlice();
  const wanted = { mobile: "13900000000", username: "bob" };
  await refused("createAccount", { body: { ...wanted, email: ALICE.email } });
  await done("createAccount", { body: wanted });
});

test("a deleted account is gone, and its identifiers are free", async () => {
  const { alice, done, send } = await withAlice();
  await done("deleteAccount", { params: { id: alice.id } });
  expect((await send("GET", `/__testkit/accounts/${alice.id}`)).status).toBe(404);
  expect((await send("DELETE", `/__testkit/accounts/${alice.id}`)).status).toBe(404);
  const again = await done("createAccount", { body: ALICE });
  expect(again).toEqual({ ...alice, id: again.id });
  expect(again.id).not.toBe(alice.id);
});

test.each([
  ["Correct-Horse-1", true],
  ["correct-horse-1", false],
  ["Correct-Horse-1 ", false],
  ["", false],
])("a password check with %j returns %s", async (password, matches) => {
  const { alice, done } = await withAlice();
  expect(await done("checkPassword", { params: { id: alice.id }, body: { password } })).toEqual({ matches });
});

test("no text is the password of an account without one", async () => {
  const { done } = controlHttp(stillMock());
  const { id } = await done("createAccount");
  for (const password of ["", "undefined", "null"]) {
    expect(await done("checkPassword", { params: { id }, body: { password } })).toEqual({ matches: false });
  }
});

test("tokens live as long as the policy or the call says", async () => {
  const { alice, done } = await withAlice();
  const params = { id: alice.id };
  expect(await done("issueTokens", { params })).toMatchObject({ expires_in: 7_200 });
  expect(await done("issueTokens", { params, body: {} })).toMatchObject({ expires_in: 7_200 });
  expect(await done("issueTokens", { params, body: { expires_in: -5 } })).toMatchObject({ expires_in: -5 });
  await done("patchPolicy", { body: { id_token_ttl_seconds: 60 } });
  expect(await done("issueTokens", { params })).toMatchObject({ expires_in: 60 });
});

const EXPIRED = refusal("PARAM.0016", "IdToken is invalid or expired");
const NEXT_CHECK = refusal("PARAM.0009", "Verification code cannot be empty");

test.each([
  [1, 0, NEXT_CHECK],
  [0, 0, EXPIRED],
  [-1, 0, EXPIRED],
  [60, 59, NEXT_CHECK],
  [60, 60, EXPIRED],
])("an id_token issued for %i s is used after %i s", async (expires_in, seconds, response) => {
  const { mock, alice, done } = await withAlice();
  const { id_token } = await done("issueTokens", { params: { id: alice.id }, body: { expires_in } });
  await done("setClock", { body: { advance_seconds: seconds } });
  expect(await api(mock)("profile/update-mobile", {}, { authorization: `Bearer ${id_token}` })).toEqual(response);
});

test("an access_token is not accepted as an id_token", async () => {
  const { mock, alice, done } = await withAlice();
  const { access_token, id_token } = await done("issueTokens", { params: { id: alice.id } });
  expect(access_token).not.toBe(id_token);
  expect(await api(mock)("profile/update-mobile", {}, { authorization: `Bearer ${access_token}` })).toEqual(EXPIRED);
});

test("accounts are searched by the content of their fields, in any case", async () => {
  const { done, alice } = await withAlice();
  const bob = await done("createAccount", { body: { username: "Bob", name: "张三" } });
  expect(await done("listAccounts")).toEqual({ accounts: [alice, bob] });
  for (const search of ["bob", "张", bob.id]) {
    expect(await done("listAccounts", { query: { search } })).toEqual({ accounts: [bob] });
  }
  expect(await done("listAccounts", { query: { search: "0000001" } })).toEqual({ accounts: [alice] });
  expect(await done("listAccounts", { query: { search: "nobody" } })).toEqual({ accounts: [] });
});

test("a list has at most a thousand accounts", async () => {
  const { mock, done } = await withAlice();
  const { records, ...snapshot } = await mock.snapshot.take();
  const account = Object.fromEntries(Array.from({ length: 1_200 }, (_, n) => [`a${n}`, { passwords: [] }]));
  await mock.snapshot.restore({ ...snapshot, records: { ...records, account } });
  expect((await done("listAccounts")).accounts).toHaveLength(1_000);
});

test("an update changes the given fields, removes null fields and keeps the rest", async () => {
  const { mock, done, alice } = await withAlice();
  const body = { mobile: "+8615201657312", username: null, password: "Correct-Horse-2" };
  const changed = await done("updateAccount", { params: { id: alice.id }, body });
  expect(changed).toEqual({ ...alice, mobile: "+86-15201657312", username: null });
  expect(await done("readAccount", { params: { id: alice.id } })).toEqual(changed);
  expect(await mock.accounts.hasPassword(alice.id, "Correct-Horse-2")).toBe(true);
});

test("after an update old identifiers are free and new ones are taken", async () => {
  const { done, refused, alice } = await withAlice();
  await done("updateAccount", { params: { id: alice.id }, body: { mobile: "15201657312", username: null } });
  await done("createAccount", { body: { mobile: ALICE.mobile, username: ALICE.username } });
  expect(await refused("createAccount", { body: { mobile: "15201657312" } })).toMatchObject({ status: 409 });
});

test("an update may repeat the account's own values", async () => {
  const { done, alice } = await withAlice();
  const { password: _, ...same } = ALICE;
  expect(await done("updateAccount", { params: { id: alice.id }, body: same })).toEqual(alice);
});

test("a replaced password joins the password history", async () => {
  const { mock, done, alice } = await withAlice();
  await done("updateAccount", { params: { id: alice.id }, body: { password: "Correct-Horse-2" } });
  const verify_code = await mock.codes.plant({ to: ALICE.mobile, scene: "FORGET_PWD_SMS" });
  const body = { mobile: ALICE.mobile, verify_code, password: ALICE.password };
  expect(await api(mock)("pwd/update-by-mobile", body)).toMatchObject({
    body: { error_code: "IDAAS.SDK.PWD.0001" },
  });
});

test("the password history is as long as the policy says", async () => {
  const { mock, done, alice } = await withAlice();
  await mock.policy.patch({ password_history: 2 });
  for (const password of ["Correct-Horse-2", "Correct-Horse-3", "Correct-Horse-4"]) {
    await done("updateAccount", { params: { id: alice.id }, body: { password } });
  }
  const { records } = await mock.snapshot.take();
  expect(records.account[alice.id]?.passwords).toEqual(["Correct-Horse-4", "Correct-Horse-3"]);
});

test.each([
  [{ mobile: "12" }, 400, "mobile is malformed"],
  [{ email: "ada" }, 400, "email is malformed"],
  [{ mobile: "13800000002" }, 409, "another account has this mobile"],
  [{ email: "BOB@example.com" }, 409, "another account has this email"],
  [{ username: "bob" }, 409, "another account has this username"],
  [{}, 400, undefined],
  [{ id: "other" }, 400, undefined],
  [{ password: null }, 400, undefined],
])("the update %j is refused and changes nothing", async (body, status, detail) => {
  const { done, refused, alice } = await withAlice();
  await done("createAccount", { body: { mobile: "13800000002", email: "bob@example.com", username: "bob" } });
  const problem = await refused("updateAccount", { params: { id: alice.id }, body });
  expect(problem).toMatchObject({ status, ...(detail === undefined ? {} : { detail }) });
  expect(await done("readAccount", { params: { id: alice.id } })).toEqual(alice);
});
