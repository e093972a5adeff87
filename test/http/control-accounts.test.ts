/** Accounts over HTTP: what identifies one is taken in every form, and free again with the account. */
import { expect, test } from "vitest";
import { api, refusal, stillMock } from "../support/api.ts";
import { controlHttp } from "../support/control-http.ts";

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

test("an account is shown with its identifiers in canonical form and without its password", async () => {
  const { done } = controlHttp(stillMock());
  const created = await done("createAccount", {
    body: { ...ALICE, mobile: "+86-13800000001", email: "Alice@Example.COM" },
  });
  const { password: _, ...shown } = ALICE;
  expect(created).toEqual({ ...shown, id: created.id, mobile: "+86-13800000001" });
  expect(await done("readAccount", { params: { id: created.id } })).toEqual(created);
});

test("an account needs nothing, and what is not set is null", async () => {
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
])("%s %s is taken", async (identifier, value) => {
  const { refused } = await withAlice();
  const problem = await refused("createAccount", { body: { [identifier]: value } });
  expect(problem).toMatchObject({ status: 409, title: "Taken", detail: `another account has this ${identifier}` });
});

test("user names are told apart by case, and names belong to nobody", async () => {
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

test("a deleted account is gone, and all that identified it is free", async () => {
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
])("a password check with %j answers %s", async (password, matches) => {
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

test("tokens last as long as the policy says, or as long as they are ordered for", async () => {
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
])("an id_token for %i s is tried after %i s", async (expires_in, seconds, answer) => {
  const { mock, alice, done } = await withAlice();
  const { id_token } = await done("issueTokens", { params: { id: alice.id }, body: { expires_in } });
  await done("setClock", { body: { advance_seconds: seconds } });
  expect(await api(mock)("profile/update-mobile", {}, { authorization: `Bearer ${id_token}` })).toEqual(answer);
});

test("an access_token is no id_token", async () => {
  const { mock, alice, done } = await withAlice();
  const { access_token, id_token } = await done("issueTokens", { params: { id: alice.id } });
  expect(access_token).not.toBe(id_token);
  expect(await api(mock)("profile/update-mobile", {}, { authorization: `Bearer ${access_token}` })).toEqual(EXPIRED);
});
