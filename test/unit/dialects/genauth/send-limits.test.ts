/** POST send-sms: the resend interval and the daily quota, both refused with 429. */
import { expect, test } from "vitest";
import type { Mock } from "../../../../mocks/index.ts";
import { BIND, genauth, NEW_PHONE, refused, success, UNBIND } from "../../../support/genauth/genauth.ts";
import { stillMock } from "../../../support/mock/api.ts";
import { lastDecision } from "../../../support/mock/journal.ts";

const THROTTLED = refused("429", "Too many requests, please try again later");
const DONE = success();

const send = (mock: Mock, channel = BIND, phoneNumber = NEW_PHONE) =>
  genauth(mock)("send-sms", { channel, phoneNumber });

test("the next code of a channel may be sent after exactly 60 seconds", async () => {
  const mock = stillMock();
  expect(await send(mock)).toEqual(DONE);
  await mock.clock.advance({ seconds: 59.999 });
  expect(await send(mock)).toEqual(THROTTLED);
  expect(await lastDecision(mock)).toBe("send-too-soon");
  await mock.clock.advance({ seconds: 0.001 });
  expect(await send(mock)).toEqual(DONE);
  expect(await mock.messages.list()).toHaveLength(2);
});

test("a send refused as too soon sends nothing, replaces nothing and does not extend the interval", async () => {
  const mock = stillMock();
  await send(mock);
  await mock.clock.advance({ seconds: 30 });
  expect(await send(mock)).toEqual(THROTTLED);
  expect(await mock.messages.list()).toHaveLength(1);
  await mock.clock.advance({ seconds: 30 });
  expect(await send(mock)).toEqual(DONE);
});

test("the interval does not apply to another channel, number or application, but to other number forms", async () => {
  const mock = stillMock();
  const other = await mock.sandboxes.create();
  await send(mock);
  expect(await send(mock, UNBIND)).toEqual(DONE);
  expect(await send(mock, BIND, "15201657313")).toEqual(DONE);
  expect(await genauth(mock, other)("send-sms", { channel: BIND, phoneNumber: NEW_PHONE })).toEqual(DONE);
  const inFull = { channel: BIND, phoneNumber: NEW_PHONE, phoneCountryCode: "+86" };
  expect(await genauth(mock)("send-sms", inFull)).toEqual(THROTTLED);
});

test("of two concurrent requests, one has to wait", async () => {
  const mock = stillMock();
  const replies = await Promise.all([send(mock), send(mock)]);
  expect(replies).toContainEqual(DONE);
  expect(replies).toContainEqual(THROTTLED);
  expect(await mock.messages.list()).toHaveLength(1);
});

test("a number gets ten messages within a day, whatever their channels", async () => {
  const mock = stillMock();
  for (let sent = 0; sent < 10; sent++) {
    expect(await send(mock, sent % 2 === 0 ? BIND : UNBIND)).toEqual(DONE);
    await mock.clock.advance({ minutes: 1 });
  }
  expect(await send(mock)).toEqual(THROTTLED);
  expect(await lastDecision(mock)).toBe("send-quota-used");
  expect(await send(mock, BIND, "15201657313")).toEqual(DONE);
  await mock.clock.set("2026-01-02T00:00:00.000Z");
  expect(await send(mock)).toEqual(DONE);
});

test("policy code_resend_seconds and code_daily_limit can be set for GenAuth alone", async () => {
  const mock = stillMock();
  await mock.policy.patch({ genauth: { code_resend_seconds: 5, code_daily_limit: 2 } });
  await send(mock);
  await mock.clock.advance({ seconds: 4.999 });
  expect(await send(mock)).toEqual(THROTTLED);
  await mock.clock.advance({ seconds: 0.001 });
  expect(await send(mock)).toEqual(DONE);
  await mock.clock.advance({ seconds: 5 });
  expect(await send(mock)).toEqual(THROTTLED);
  expect(await lastDecision(mock)).toBe("send-quota-used");
});

test("a planted code does not count towards the limits", async () => {
  const mock = stillMock();
  await mock.policy.patch({ code_daily_limit: 1 });
  await mock.codes.plant({ to: NEW_PHONE, scene: BIND });
  expect(await send(mock)).toEqual(DONE);
});
