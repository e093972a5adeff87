/** Wrong tries at a verification code: how many are allowed, and what counts as one. */
import { expect, test } from "vitest";
import { refusal } from "../../../support/mock/api.ts";
import { CONSUMERS, type Consumer, codeOtherThan, consumer, WRONG_CODE } from "../../../support/mock/codes.ts";
import { lastDecision } from "../../../support/mock/journal.ts";

const GOOD = { status: 200 };

/** Tries a wrong code so many times; each is refused. */
async function tryWrongly({ use }: Consumer, code: string, times: number) {
  for (let i = 0; i < times; i++) expect(await use(codeOtherThan(code))).toEqual(WRONG_CODE);
}

test.each(CONSUMERS)("%s: the code still works after four wrong tries", async (which) => {
  const { mock, ...at } = await consumer(which);
  const code = await at.send();
  await tryWrongly(at, code, 4);
  expect(await lastDecision(mock)).toBe("code-wrong");
  expect(await at.use(code)).toMatchObject(GOOD);
});

test.each(CONSUMERS)("%s: the code stops working after the fifth wrong try", async (which) => {
  const { mock, ...at } = await consumer(which);
  const code = await at.send();
  await tryWrongly(at, code, 5);
  expect(await lastDecision(mock)).toBe("code-wrong");
  expect(await at.use(code)).toEqual(WRONG_CODE);
  expect(await lastDecision(mock)).toBe("code-exhausted");
});

test("concurrent wrong tries are counted one by one", async () => {
  const { mock, send, use } = await consumer("login");
  const code = await send();
  const replies = await Promise.all(Array.from({ length: 5 }, () => use(codeOtherThan(code))));
  for (const reply of replies) expect(reply).toEqual(WRONG_CODE);
  expect(await use(code)).toEqual(WRONG_CODE);
  expect(await lastDecision(mock)).toBe("code-exhausted");
});

test.each([
  [1, 0],
  [2, 1],
  [20, 19],
])("policy code_max_attempts %i allows %i wrong tries", async (code_max_attempts, borne) => {
  const { mock, ...at } = await consumer("login", { code_max_attempts, code_resend_seconds: 0 });
  const first = await at.send();
  await tryWrongly(at, first, borne);
  expect(await at.use(first)).toMatchObject(GOOD);
  const second = await at.send();
  await tryWrongly(at, second, code_max_attempts);
  expect(await at.use(second)).toEqual(WRONG_CODE);
  expect(await lastDecision(mock)).toBe("code-exhausted");
});

test("the next code starts with a full set of tries", async () => {
  const { mock, ...at } = await consumer("login");
  const first = await at.send();
  await tryWrongly(at, first, 5);
  await mock.clock.advance({ minutes: 1 });
  const second = await at.send();
  await tryWrongly(at, second, 4);
  expect(await at.use(second)).toMatchObject(GOOD);
});

test("wrong tries before a code is sent do not count against it", async () => {
  const { mock, ...at } = await consumer("login");
  await tryWrongly(at, "", 6);
  expect(await lastDecision(mock)).toBe("code-unknown");
  const code = await at.send();
  await tryWrongly(at, code, 4);
  expect(await at.use(code)).toMatchObject(GOOD);
});

test("wrong tries after a code was used are ignored", async () => {
  const { mock, ...at } = await consumer("login");
  const code = await at.send();
  expect(await at.use(code)).toMatchObject(GOOD);
  await tryWrongly(at, code, 6);
  expect(await at.use(code)).toEqual(WRONG_CODE);
  expect(await lastDecision(mock)).toBe("code-used");
  await mock.clock.advance({ minutes: 1 });
  expect(await at.use(await at.send())).toMatchObject(GOOD);
});

test("trying an older code does not count against the newer one", async () => {
  const { mock, ...at } = await consumer("login");
  const older = await at.send();
  await mock.clock.advance({ minutes: 1 });
  const newer = await at.send();
  for (let i = 0; i < 6; i++) expect(await at.use(older)).toEqual(WRONG_CODE);
  expect(await lastDecision(mock)).toBe("code-superseded");
  expect(await at.use(newer)).toMatchObject(GOOD);
});

test("wrong tries for one scene or receiver do not count for another", async () => {
  const { mock, ...at } = await consumer("login");
  const code = await at.send();
  const otherScene = await mock.codes.plant({ to: at.to, scene: "UPDATE_MOBILE_SMS" });
  const otherReceiver = await mock.codes.plant({ to: "13800000002", scene: at.scene });
  await tryWrongly(at, code, 5);
  expect(await at.use(otherScene)).toEqual(WRONG_CODE);
  expect(await at.use(otherReceiver)).toEqual(WRONG_CODE);
  await mock.clock.advance({ minutes: 1 });
  expect(await at.use(await at.send())).toMatchObject(GOOD);
});

test.each([
  ["without a code", "", {}, refusal("PARAM.0009", "Verification code cannot be empty")],
  ["with a code that is not a text", 1, {}, refusal("PARAM.0009", "Verification code cannot be empty")],
  ["without a device", "000000", { "x-agent": "" }, refusal("PARAM.0001", "Device information is incomplete")],
  ["without a client id", "000000", { "x-client-id": "" }, refusal("PARAM.0002", "clientId cannot be empty")],
])("a request %s does not count as a try", async (_what, verify_code, headers, response) => {
  const { send, use } = await consumer("login");
  const code = await send();
  for (let i = 0; i < 6; i++) expect(await use(verify_code, headers)).toEqual(response);
  expect(await use(code)).toMatchObject(GOOD);
});

test("a request with a refused id_token does not count as a try", async () => {
  const { send, use } = await consumer("update-email");
  const code = await send();
  for (let i = 0; i < 6; i++) {
    expect(await use("000000", { authorization: "Bearer x" })).toEqual(
      refusal("PARAM.0016", "IdToken is invalid or expired"),
    );
  }
  expect(await use(code)).toMatchObject(GOOD);
});

test("a scheduled error does not count as a try and does not use up the code", async () => {
  const { mock, send, use } = await consumer("login");
  const code = await send();
  await mock.faults.add({ operation: "loginByMobileCode", check: "code-wrong", times: 6 });
  for (let i = 0; i < 6; i++) expect(await use(code)).toEqual(WRONG_CODE);
  expect(await use(code)).toMatchObject(GOOD);
});
