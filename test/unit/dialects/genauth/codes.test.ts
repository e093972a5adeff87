/** The codes that prove the new and the old number: lifetime, single use and channels. */
import { expect, test } from "vitest";
import type { Mock, PolicyPatch } from "../../../../mocks/index.ts";
import {
  BIND,
  type Change,
  genauth,
  NEW_PHONE,
  OWN_PHONE,
  refused,
  success,
  tokenIn,
  UNBIND,
  verifying,
} from "../../../support/genauth/genauth.ts";
import { lastDecision } from "../../../support/mock/journal.ts";

const GRANTED = success({ updatePhoneToken: expect.any(String), tokenExpiresIn: 60 });
const WRONG = refused("400/2001", "Incorrect verification code");
const EXPIRED = refused("400/2300", "The verification code has expired");
const OLD_WRONG = refused("400/2001", "Incorrect verification code of the old phone number");
const OLD_EXPIRED = refused("400/2300", "The verification code of the old phone number has expired");

/** Sends a code through the API and reads it. */
async function sent(mock: Mock, channel: string, phoneNumber: string): Promise<string> {
  expect(await genauth(mock)("send-sms", { channel, phoneNumber })).toEqual(success());
  return (await mock.messages.list({ to: phoneNumber, scene: channel })).at(-1)?.code ?? "";
}

/** A request whose codes were sent through the API, both at once. */
async function verifyingSent(policy?: PolicyPatch) {
  const { mock, send } = await verifying();
  if (policy !== undefined) await mock.policy.patch(policy);
  const newPhonePassCode = await sent(mock, BIND, NEW_PHONE);
  const oldPhonePassCode = await sent(mock, UNBIND, OWN_PHONE);
  const payload = { newPhonePassCode, oldPhonePassCode };
  return { mock, payload, send: (more: Change["payload"] = {}) => send({ payload: { ...payload, ...more } }) };
}

test("codes work until one millisecond before 60 seconds", async () => {
  const { mock, send } = await verifyingSent();
  await mock.clock.advance({ seconds: 59.999 });
  expect(await send()).toEqual(GRANTED);
});

test("each code expires exactly 60 seconds after it was sent", async () => {
  const { mock, send } = await verifyingSent();
  await mock.clock.advance({ seconds: 60 });
  expect(await send()).toEqual(EXPIRED);
  const newPhonePassCode = await sent(mock, BIND, NEW_PHONE);
  expect(await send({ newPhonePassCode })).toEqual(OLD_EXPIRED);
  const oldPhonePassCode = await sent(mock, UNBIND, OWN_PHONE);
  expect(await send({ newPhonePassCode, oldPhonePassCode })).toEqual(GRANTED);
});

test.each([{ code_ttl_seconds: 300 }, { genauth: { code_ttl_seconds: 300 } }])(
  "under %j codes work for five minutes, as older pages say",
  async (policy) => {
    const { mock, send } = await verifyingSent(policy);
    expect(await mock.messages.list()).toMatchObject([{ text: expect.stringContaining("5 minutes") }, {}]);
    await mock.clock.advance({ seconds: 299.999 });
    expect(await send()).toEqual(GRANTED);
  },
);

test("both codes work once", async () => {
  const { mock, send } = await verifyingSent();
  await tokenIn(send());
  expect(await send()).toEqual(WRONG);
  expect(await lastDecision(mock)).toBe("code-used");
  const newPhonePassCode = await mock.codes.plant({ to: NEW_PHONE, scene: BIND });
  expect(await send({ newPhonePassCode })).toEqual(OLD_WRONG);
  expect(await lastDecision(mock)).toBe("old-code-wrong");
});

test("a refused request uses up neither code", async () => {
  const { send } = await verifyingSent();
  expect(await send({ oldPhonePassCode: "000000" })).toEqual(OLD_WRONG);
  expect(await send({ newPhonePassCode: "000000" })).toEqual(WRONG);
  expect(await send()).toEqual(GRANTED);
});

test("a newer code of the same channel replaces the older one, for either number", async () => {
  const { mock, send, payload } = await verifyingSent();
  const newPhonePassCode = await mock.codes.plant({ to: NEW_PHONE, scene: BIND });
  expect(await send()).toEqual(WRONG);
  expect(await lastDecision(mock)).toBe("code-superseded");
  const oldPhonePassCode = await mock.codes.plant({ to: OWN_PHONE, scene: UNBIND });
  expect(await send({ newPhonePassCode })).toEqual(OLD_WRONG);
  expect(await send({ newPhonePassCode, oldPhonePassCode: payload.oldPhonePassCode })).toEqual(OLD_WRONG);
  expect(await send({ newPhonePassCode, oldPhonePassCode })).toEqual(GRANTED);
});

test("under code_used_when_refused, a wrong old code uses up the right new code", async () => {
  const { mock, send } = await verifyingSent({ code_used_when_refused: true });
  expect(await send({ oldPhonePassCode: "000000" })).toEqual(OLD_WRONG);
  expect(await send()).toEqual(WRONG);
  expect(await lastDecision(mock)).toBe("code-used");
});

test("under code_used_when_refused, an expired code stays expired", async () => {
  const { mock, send } = await verifyingSent({ code_used_when_refused: true });
  await mock.clock.advance({ seconds: 60 });
  expect(await send()).toEqual(EXPIRED);
  expect(await send()).toEqual(EXPIRED);
});

test("under code_used_when_refused, a wrong new code does not use up the right old code", async () => {
  const { send } = await verifyingSent({ code_used_when_refused: true });
  expect(await send({ newPhonePassCode: "000000" })).toEqual(WRONG);
  expect(await send()).toEqual(GRANTED);
});

test("with policy code_supersedes off, older codes still work", async () => {
  const { mock, send } = await verifyingSent({ genauth: { code_supersedes: false } });
  await mock.codes.plant({ to: NEW_PHONE, scene: BIND });
  await mock.codes.plant({ to: OWN_PHONE, scene: UNBIND });
  expect(await send()).toEqual(GRANTED);
});

test.each([
  ["newPhonePassCode", WRONG, "code-exhausted"],
  ["oldPhonePassCode", OLD_WRONG, "old-code-wrong"],
])("%s stops working after exactly five wrong tries", async (name, reply, check) => {
  const { mock, send } = await verifyingSent();
  for (let tries = 1; tries <= 5; tries++) expect(await send({ [name]: "000000" })).toEqual(reply);
  expect(await send()).toEqual(reply);
  expect(await lastDecision(mock)).toBe(check);
  // Exactly five were counted: where six are allowed, one is left.
  await mock.policy.patch({ code_max_attempts: 6 });
  expect(await send()).toEqual(GRANTED);
});

test("wrong tries at one number's code do not count for another", async () => {
  const { mock, send } = await verifyingSent({ code_max_attempts: 2 });
  for (let tries = 0; tries < 2; tries++) await send({ newPhonePassCode: "000000" });
  const newPhonePassCode = await mock.codes.plant({ to: NEW_PHONE, scene: BIND });
  expect(await send({ newPhonePassCode })).toEqual(GRANTED);
});

test("a code is refused for the other number and for another channel", async () => {
  const { mock, send, payload } = await verifyingSent();
  expect(await send({ newPhonePassCode: payload.oldPhonePassCode })).toEqual(WRONG);
  expect(await send({ oldPhonePassCode: payload.newPhonePassCode })).toEqual(OLD_WRONG);
  const newPhonePassCode = await mock.codes.plant({ to: NEW_PHONE, scene: UNBIND, code: "975310" });
  expect(await send({ newPhonePassCode })).toEqual(WRONG);
  const ofBamboocloud = await mock.codes.plant({ to: NEW_PHONE, scene: "UPDATE_MOBILE_SMS", code: "975311" });
  expect(await send({ newPhonePassCode: ofBamboocloud })).toEqual(WRONG);
  expect(await send()).toEqual(GRANTED);
});

test("a code is compared as text: leading zeros and blanks count", async () => {
  const { mock, send } = await verifying();
  await mock.codes.plant({ to: NEW_PHONE, scene: BIND, code: "012345" });
  for (const newPhonePassCode of ["12345", "0012345", " 012345", "012345 "]) {
    expect(await send({ payload: { newPhonePassCode } }), newPhonePassCode).toEqual(WRONG);
  }
  // Four tries were wrong; the fifth is right.
  expect(await send({ payload: { newPhonePassCode: "012345" } })).toEqual(GRANTED);
});
