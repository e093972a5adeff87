/**
 * The clock of a sandbox may jump in both directions. A model that only adds up the time that has passed predicts each
 * response: a jump back takes no time, and it does not bring a code back.
 */
import fc from "fast-check";
import { expect, test } from "vitest";
import { manualClock } from "../../../mocks/core/clock.ts";
import { createMock } from "../../../mocks/index.ts";
import { DONE, stillMock } from "../../support/mock/api.ts";
import { EMAIL, SMS, sendCode } from "../../support/mock/sending.ts";
import { carryOut, SendingModel, steps } from "../../support/mock/sending-model.ts";

const DAY_S = 86_400;

test("with a clock that jumps in both directions, limits count the time that has passed, and no code comes twice", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(steps, { minLength: 1, maxLength: 40 }), async (all) => {
      // Long codes, so that two of them are not the same by chance.
      const mock = stillMock({ policy: { code_length: 10 } });
      const model = new SendingModel();
      for (const step of all) {
        const outcome = await carryOut(mock, model, step);
        expect(outcome?.got).toBe(outcome?.wanted);
      }
      const codes = (await mock.messages.list()).map(({ scene, code }) => `${scene} ${code}`);
      expect(new Set(codes).size).toBe(codes.length);
    }),
    { numRuns: 150 },
  );
});

test.each([
  ["sms", SMS],
  ["email", EMAIL],
])("%s/send: a receiver that is forgotten after two days gets another code", async (_path, on) => {
  const mock = stillMock();
  for (let sent = 0; sent < 6; sent++) {
    await sendCode(mock, on);
    await mock.clock.advance({ days: 2 });
  }
  const codes = (await mock.messages.list()).map(({ code }) => code);
  expect(codes).toHaveLength(6);
  expect(new Set(codes).size).toBe(6);
});

test("in real time, a receiver that is forgotten after two days gets another code", async () => {
  const clock = manualClock(Date.parse("2026-12-01T08:00:00Z"));
  const mock = createMock({ clock });
  await sendCode(mock, SMS);
  clock.advance(2 * DAY_S * 1_000);
  await sendCode(mock, SMS);
  const [first, second] = (await mock.messages.list()).map(({ code }) => code);
  expect(second).not.toBe(first);
});

test("a sandbox that begins on another day gives the same codes with the same seed", async () => {
  const codes = await Promise.all(
    ["2026-12-01T08:00:00Z", "2027-03-04T09:00:00Z"].map(async (start) => {
      const mock = createMock({ clock: manualClock(Date.parse(start)), seed: "same" });
      await sendCode(mock, SMS);
      return (await mock.messages.list())[0]?.code;
    }),
  );
  expect(codes[0]).toBe(codes[1]);
});

test("short codes of one receiver differ from the codes that the sandbox remembers", async () => {
  const mock = stillMock();
  await mock.policy.patch({ code_length: 4, code_resend_seconds: 0, code_daily_limit: 10_000, code_supersedes: false });
  for (let sent = 0; sent < 300; sent++) await sendCode(mock, SMS);
  const codes = (await mock.messages.list()).map(({ code }) => code);
  expect(new Set(codes).size).toBe(300);
});

test("after the clock is set back, a snapshot keeps what has passed", async () => {
  const mock = stillMock();
  const { now: start } = await mock.clock.read();
  await mock.clock.advance({ minutes: 5 });
  await sendCode(mock, SMS);
  await mock.clock.set(start);
  await mock.clock.advance({ seconds: 61 });
  await mock.snapshot.restore(await mock.snapshot.take());
  expect(await sendCode(mock, SMS)).toEqual(DONE);
});
