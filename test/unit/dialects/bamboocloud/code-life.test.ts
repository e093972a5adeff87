/** The life of a verification code: its expiry, single use, scene and successor. */
import { expect, test } from "vitest";
import { api, DONE, MOBILE, signedInAccount, stillMock } from "../../../support/mock/api.ts";
import { CONSUMERS, codeOtherThan, consumer, WRONG_CODE } from "../../../support/mock/codes.ts";
import { lastDecision } from "../../../support/mock/journal.ts";

const GOOD = { status: 200 };

test.each(CONSUMERS)("%s: a code works until one millisecond before 300 seconds", async (which) => {
  const { mock, send, use } = await consumer(which);
  const code = await send();
  await mock.clock.advance({ seconds: 299.999 });
  expect(await use(code)).toMatchObject(GOOD);
});

test.each(CONSUMERS)("%s: a code expires exactly 300 seconds after it was sent", async (which) => {
  const { mock, send, use } = await consumer(which);
  const code = await send();
  await mock.clock.advance({ seconds: 300 });
  expect(await use(code)).toEqual(WRONG_CODE);
  expect(await lastDecision(mock)).toBe("code-expired");
});

test.each(CONSUMERS)("%s: policy code_ttl_seconds sets the lifetime of a code", async (which) => {
  const { mock, send, use } = await consumer(which, { code_ttl_seconds: 90 });
  const first = await send();
  await mock.clock.advance({ seconds: 90 });
  expect(await use(first)).toEqual(WRONG_CODE);
  const second = await send();
  await mock.clock.advance({ seconds: 89.999 });
  expect(await use(second)).toMatchObject(GOOD);
});

test("a code keeps the lifetime that the policy had when it was sent", async () => {
  const { mock, send, use } = await consumer("login");
  const code = await send();
  await mock.policy.patch({ code_ttl_seconds: 10 });
  await mock.clock.advance({ seconds: 299.999 });
  expect(await use(code)).toMatchObject(GOOD);
});

test.each(CONSUMERS)("%s: a code works once", async (which) => {
  const { mock, send, use } = await consumer(which);
  const code = await send();
  expect(await use(code)).toMatchObject(GOOD);
  expect(await use(code)).toEqual(WRONG_CODE);
  expect(await lastDecision(mock)).toBe("code-used");
});

test.each(CONSUMERS)("%s: of two concurrent requests with one code, one succeeds", async (which) => {
  const { send, use } = await consumer(which);
  const code = await send();
  const replies = await Promise.all([use(code), use(code)]);
  expect(replies.map(({ status }) => status).toSorted()).toEqual([200, 400]);
  expect(replies).toContainEqual(WRONG_CODE);
});

test.each(CONSUMERS)("%s: a newer code replaces the older one", async (which) => {
  const { mock, send, use } = await consumer(which);
  const older = await send();
  await mock.clock.advance({ minutes: 1 });
  const newer = await send();
  expect(await use(older)).toEqual(WRONG_CODE);
  expect(await lastDecision(mock)).toBe("code-superseded");
  expect(await use(newer)).toMatchObject(GOOD);
});

test("a newer code of another scene or receiver does not replace the code", async () => {
  const { mock, send, use } = await consumer("login");
  const code = await send();
  await mock.codes.plant({ to: MOBILE, scene: "REGISTER_SMS" });
  await mock.codes.plant({ to: "13800000002", scene: "LOGIN_SMS" });
  expect(await use(code)).toMatchObject(GOOD);
});

test("a refused send does not replace the code", async () => {
  const { mock, send, use } = await consumer("login");
  const code = await send();
  await expect(send()).rejects.toThrow("IDAAS.SDK.CAPTCHA.0006");
  expect(await use(code)).toMatchObject(GOOD);
  expect(await mock.messages.list()).toHaveLength(1);
});

test("with policy code_supersedes off, the older and the newer code each work once", async () => {
  const { mock, send, use } = await consumer("login", { code_supersedes: false });
  const older = await send();
  await mock.clock.advance({ minutes: 1 });
  const newer = await send();
  expect(newer).not.toBe(older);
  expect(await use(newer)).toMatchObject(GOOD);
  expect(await use(older)).toMatchObject(GOOD);
  expect(await use(newer)).toEqual(WRONG_CODE);
  expect(await use(older)).toEqual(WRONG_CODE);
  expect(await lastDecision(mock)).toBe("code-used");
});

test("with policy code_supersedes off, each code has its own expiry", async () => {
  const { mock, send, use } = await consumer("login", { code_supersedes: false });
  const older = await send();
  await mock.clock.advance({ minutes: 4 });
  const newer = await send();
  await mock.clock.advance({ minutes: 1 });
  expect(await use(older)).toEqual(WRONG_CODE);
  expect(await lastDecision(mock)).toBe("code-expired");
  expect(await use(newer)).toMatchObject(GOOD);
});

test("with policy code_supersedes off, a short-lived newer code does not shorten an older one", async () => {
  const { mock, to, scene, use } = await consumer("login", { code_supersedes: false });
  const older = await mock.codes.plant({ to, scene, expiresIn: 7 * 86_400 });
  await mock.codes.plant({ to, scene, expiresIn: 300 });
  await mock.clock.advance({ days: 2 });
  expect(await use(older)).toMatchObject(GOOD);
});

test("with policy code_supersedes off, a code works after any number of newer codes", async () => {
  const { mock, to, scene, use } = await consumer("login", { code_supersedes: false });
  const first = await mock.codes.plant({ to, scene, code: "123456" });
  for (let after = 1; after <= 12; after++) await mock.codes.plant({ to, scene });
  expect(await use(first)).toMatchObject(GOOD);
});

test.each([
  ["update-email", "zhangsan@qq.com", "BIND_EMAIL_EMS"],
  ["update-email", "zhangsan@qq.com", "UPDATE_PWD_EMS"],
  ["login", MOBILE, "FORGET_PWD_SMS"],
  ["login", MOBILE, "UPDATE_MOBILE_SMS"],
] as const)("%s: a code sent to %s for scene %s is refused here", async (which, to, scene) => {
  const { mock, send, use } = await consumer(which);
  const foreign = await mock.codes.plant({ to, scene });
  expect(await use(foreign)).toEqual(WRONG_CODE);
  expect(await lastDecision(mock)).toBe("code-unknown");
  const own = await send();
  expect(await use(foreign)).toEqual(WRONG_CODE);
  expect(await use(own)).toMatchObject(GOOD);
});

test.each([
  ["update-email", "lisi@qq.com"],
  ["login", "13800000002"],
] as const)("%s: the code of %s is refused for another receiver", async (which, other) => {
  const { mock, scene, send, use } = await consumer(which);
  const foreign = await mock.codes.plant({ to: other, scene });
  const own = await send();
  expect(await use(foreign)).toEqual(WRONG_CODE);
  expect(await lastDecision(mock)).toBe("code-wrong");
  expect(await use(own)).toMatchObject(GOOD);
});

test("the code of another application is refused", async () => {
  const { mock, to, scene, use } = await consumer("login");
  const other = await mock.sandboxes.create();
  const foreign = await other.codes.plant({ to, scene });
  expect(await use(foreign)).toEqual(WRONG_CODE);
  expect(await lastDecision(mock)).toBe("code-unknown");
});

test("a code sent to one form of a number works for another form", async () => {
  const mock = stillMock();
  await mock.accounts.create({ mobile: MOBILE });
  const verify_code = await mock.codes.plant({ to: `+86${MOBILE}`, scene: "LOGIN_SMS" });
  expect(await api(mock)("login/mobile-verify-code", { mobile: `-${MOBILE}`, verify_code })).toMatchObject(GOOD);
});

test("a code sent to an address in upper case works for the address in lower case", async () => {
  const mock = stillMock();
  const { signedIn } = await signedInAccount(mock);
  const verify_code = await mock.codes.plant({ to: "LISI@QQ.COM", scene: "UPDATE_EMAIL_EMS" });
  expect(await api(mock)("profile/update-email", { email: "lisi@qq.com", verify_code }, signedIn)).toEqual(DONE);
});

test("a code is compared as text: leading zeros and blanks count", async () => {
  const { mock, to, scene, use } = await consumer("login");
  await mock.codes.plant({ to, scene, code: "012345" });
  for (const written of ["12345", "0012345", " 012345", "012345 "]) {
    expect(await use(written), `"${written}"`).toEqual(WRONG_CODE);
  }
  expect(await use("012345")).toMatchObject(GOOD);
});

test("any code is refused when no code was sent", async () => {
  const { mock, use } = await consumer("login");
  expect(await use(codeOtherThan())).toEqual(WRONG_CODE);
  expect(await lastDecision(mock)).toBe("code-unknown");
});
