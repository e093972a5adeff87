/**
 * The channels whose codes prove a number, and whether the old one needs a proof. All by policy, because no page defines it.
 */
import { expect, test } from "vitest";
import type { PolicyPatch } from "../../../../mocks/index.ts";
import { BIND, NEW_PHONE, OWN_PHONE, refused, success, UNBIND, verifying } from "../../../support/genauth/genauth.ts";
import { lastDecision } from "../../../support/mock/journal.ts";

const GRANTED = success({ updatePhoneToken: expect.any(String), tokenExpiresIn: 60 });
const WRONG = refused("400/2001", "Incorrect verification code");
const OLD_WRONG = refused("400/2001", "Incorrect verification code of the old phone number");
const OLD_MISSING = refused("400", "oldPhoneNumber and oldPhonePassCode are required");

async function prepared(policy?: PolicyPatch) {
  const { mock, send, newCode, oldCode } = await verifying();
  if (policy !== undefined) await mock.policy.patch(policy);
  return { mock, newCode, oldCode, send: (payload: object = {}) => send({ payload: { ...payload } }) };
}

test.each([
  ["CHANNEL_BIND_PHONE", true],
  ["CHANNEL_UNBIND_PHONE", true],
  ["CHANNEL_LOGIN", false],
])("by default a code of %s proves the old number: %s", async (scene, proves) => {
  const { mock, send } = await prepared();
  const oldPhonePassCode = await mock.codes.plant({ to: OWN_PHONE, scene, code: "424242" });
  expect(await send({ oldPhonePassCode })).toEqual(proves ? GRANTED : OLD_WRONG);
});

test.each([
  { genauth_new_phone_channels: ["CHANNEL_LOGIN"] },
  { genauth: { genauth_new_phone_channels: ["CHANNEL_LOGIN"] } },
])("under %j only a code of this channel proves the new number", async (policy) => {
  const { mock, send, newCode } = await prepared(policy);
  expect(await send()).toEqual(WRONG);
  expect(await lastDecision(mock)).toBe("code-unknown");
  const newPhonePassCode = await mock.codes.plant({ to: NEW_PHONE, scene: "CHANNEL_LOGIN", code: "424242" });
  expect(await send({ newPhonePassCode: newCode })).toEqual(WRONG);
  expect(await send({ newPhonePassCode })).toEqual(GRANTED);
});

test("under a genauth_new_phone_channels of several, a code of any of them proves the new number", async () => {
  const channels = ["CHANNEL_COMPLETE_PHONE", BIND];
  for (const scene of channels) {
    const { mock, send } = await prepared({ genauth_new_phone_channels: channels });
    const newPhonePassCode = await mock.codes.plant({ to: NEW_PHONE, scene, code: "424242" });
    expect(await send({ newPhonePassCode })).toEqual(GRANTED);
  }
});

test("under policy genauth_old_phone_channels only codes of these channels prove the old number", async () => {
  const { mock, send } = await prepared({ genauth_old_phone_channels: ["CHANNEL_VERIFY_MFA"] });
  expect(await send()).toEqual(OLD_WRONG);
  const oldPhonePassCode = await mock.codes.plant({ to: OWN_PHONE, scene: "CHANNEL_VERIFY_MFA" });
  expect(await send({ oldPhonePassCode })).toEqual(GRANTED);
});

test("with codes of two channels each works, and the unused one stays valid", async () => {
  const { mock, send, oldCode } = await prepared();
  const other = await mock.codes.plant({ to: OWN_PHONE, scene: BIND, code: "424242" });
  expect(await send({ oldPhonePassCode: other })).toEqual(GRANTED);
  const newPhonePassCode = await mock.codes.plant({ to: NEW_PHONE, scene: BIND, code: "135790" });
  expect(await send({ newPhonePassCode, oldPhonePassCode: other })).toEqual(OLD_WRONG);
  expect(await send({ newPhonePassCode, oldPhonePassCode: oldCode })).toEqual(GRANTED);
});

test.each([
  [UNBIND, BIND],
  [BIND, UNBIND],
])("one code text that is expired in %s and valid in %s is accepted", async (over, good) => {
  const { mock, send } = await prepared();
  await mock.codes.plant({ to: OWN_PHONE, scene: over, code: "424242", expiresIn: 0 });
  await mock.codes.plant({ to: OWN_PHONE, scene: good, code: "424242" });
  expect(await send({ oldPhonePassCode: "424242" })).toEqual(GRANTED);
});

test("a wrong try counts against the codes of all channels that prove the number", async () => {
  const { mock, send, oldCode } = await prepared({ code_max_attempts: 3 });
  const other = await mock.codes.plant({ to: OWN_PHONE, scene: BIND, code: "424242" });
  for (let tries = 0; tries < 3; tries++) expect(await send({ oldPhonePassCode: "000000" })).toEqual(OLD_WRONG);
  for (const oldPhonePassCode of [oldCode, other]) expect(await send({ oldPhonePassCode })).toEqual(OLD_WRONG);
});

test.each([{ genauth_require_old_phone: false }, { genauth: { genauth_require_old_phone: false } }])(
  "under %j no proof of the old number is needed",
  async (policy) => {
    const nothing = { oldPhoneNumber: undefined, oldPhonePassCode: undefined };
    expect(await (await prepared()).send(nothing)).toEqual(OLD_MISSING);
    expect(await (await prepared(policy)).send(nothing)).toEqual(GRANTED);
  },
);

test.each(["", "  ", null, 7, {}, []])(
  "where no proof is needed, the old number %j counts as absent",
  async (oldPhoneNumber) => {
    const { send } = await prepared({ genauth_require_old_phone: false });
    expect(await send({ oldPhoneNumber, oldPhonePassCode: "000000" })).toEqual(GRANTED);
  },
);

test("where no proof is needed, a given old number must still be right", async () => {
  const { mock, send, oldCode } = await prepared({ genauth_require_old_phone: false });
  const mismatch = refused("422/2038", "The old phone number does not match");
  expect(await send({ oldPhoneNumber: "13800000009" })).toEqual(mismatch);
  expect(await send({ oldPhonePassCode: "000000" })).toEqual(OLD_WRONG);
  expect(await send({ oldPhonePassCode: undefined })).toEqual(OLD_WRONG);
  expect(await lastDecision(mock)).toBe("old-code-wrong");
  expect(await send({ oldPhonePassCode: oldCode })).toEqual(GRANTED);
});

test("where no proof is needed, a code that was not checked stays valid", async () => {
  const { mock, send, oldCode } = await prepared({ genauth_require_old_phone: false });
  expect(await send({ oldPhoneNumber: undefined })).toEqual(GRANTED);
  await mock.policy.patch({ genauth_require_old_phone: null });
  const newPhonePassCode = await mock.codes.plant({ to: NEW_PHONE, scene: BIND, code: "135790" });
  expect(await send({ newPhonePassCode, oldPhonePassCode: oldCode })).toEqual(GRANTED);
});

test("both keys may name the same channel: each number has its own codes", async () => {
  const policy = { genauth_new_phone_channels: [UNBIND], genauth_old_phone_channels: [UNBIND] };
  const { mock, send } = await prepared(policy);
  const newPhonePassCode = await mock.codes.plant({ to: NEW_PHONE, scene: UNBIND, code: "135790" });
  expect(await send({ newPhonePassCode })).toEqual(GRANTED);
});
