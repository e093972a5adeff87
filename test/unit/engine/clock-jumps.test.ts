/**
 * The clock of a sandbox may jump in both directions. A model that only adds up the time that has passed predicts each
 * response: a jump back takes no time, and it does not bring a code back.
 */
import fc from "fast-check";
import { expect, test } from "vitest";
import { manualClock } from "../../../mocks/core/clock.ts";
import { createMock, type Mock } from "../../../mocks/index.ts";
import { DONE, stillMock } from "../../support/mock/api.ts";
import { lastExchange } from "../../support/mock/journal.ts";
import { EMAIL, SMS, sendCode } from "../../support/mock/sending.ts";

const INTERVAL_S = 60;
const DAY_S = 86_400;
const DAILY_LIMIT = 10;

type Step =
  | { readonly kind: "send"; readonly scene: string }
  | { readonly kind: "advance"; readonly seconds: number }
  | { readonly kind: "set"; readonly at: Date };

const steps: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constant("send"), scene: fc.constantFrom(SMS.scene, SMS.otherScene) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant("advance"),
      seconds: fc.oneof(fc.integer({ min: 1, max: 2 * INTERVAL_S }), fc.integer({ min: 1, max: 3 * DAY_S })),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("set"),
      at: fc.date({ min: new Date("1971-01-01"), max: new Date("9998-12-31"), noInvalidDate: true }),
    }),
  },
);

/** Predicts the refusal of a message from the time that has passed between the messages. */
class Model {
  #passedS = 0;
  #sent: { readonly scene: string; readonly atS: number }[] = [];

  pass(seconds: number): void {
    this.#passedS += Math.max(0, seconds);
  }

  /** Why the message is refused; undefined if it is sent, which counts. */
  send(scene: string): string | undefined {
    const last = this.#sent.findLast((one) => one.scene === scene);
    const waitS = last === undefined ? 0 : INTERVAL_S - (this.#passedS - last.atS);
    if (waitS > 0) return `the next message may be sent in ${Math.ceil(waitS)} s (code_resend_seconds)`;
    const today = this.#sent.filter(({ atS }) => this.#passedS - atS < DAY_S).length;
    if (today >= DAILY_LIMIT) return `${today} messages within 24 hours (code_daily_limit)`;
    this.#sent.push({ scene, atS: this.#passedS });
    return undefined;
  }
}

async function sends(mock: Mock, model: Model, scene: string): Promise<void> {
  const reply = await sendCode(mock, SMS, { scene });
  const refused = reply.status === DONE.status ? undefined : (await lastExchange(mock))?.why;
  expect(refused).toBe(model.send(scene));
}

async function jumps(mock: Mock, model: Model, step: Exclude<Step, { kind: "send" }>): Promise<void> {
  const before = Date.parse((await mock.clock.read()).now);
  if (step.kind === "set") await mock.clock.set(step.at.toISOString());
  else await mock.clock.advance({ seconds: step.seconds });
  model.pass((Date.parse((await mock.clock.read()).now) - before) / 1_000);
}

test("with a clock that jumps in both directions, limits count the time that has passed, and no code comes twice", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(steps, { minLength: 1, maxLength: 40 }), async (all) => {
      // Long codes, so that two of them are not the same by chance.
      const mock = stillMock({ policy: { code_length: 10 } });
      const model = new Model();
      for (const step of all) {
        if (step.kind === "send") await sends(mock, model, step.scene);
        else await jumps(mock, model, step);
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
