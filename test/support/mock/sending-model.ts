/**
 * Messages under a clock that jumps in both directions, and a model that only adds up the time that has passed: a jump back takes
 * no time.
 */
import fc from "fast-check";
import type { Mock } from "../../../mocks/index.ts";
import { DONE } from "./api.ts";
import { lastExchange } from "./journal.ts";
import { SMS, sendCode } from "./sending.ts";

const INTERVAL_S = 60;
const DAY_S = 86_400;
const DAILY_LIMIT = 10;

export type Step =
  | { readonly kind: "send"; readonly scene: string }
  | { readonly kind: "advance"; readonly seconds: number }
  | { readonly kind: "set"; readonly at: Date };

export const steps: fc.Arbitrary<Step> = fc.oneof(
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
export class SendingModel {
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

/** Why the mock refused a message, and why the model refuses it; undefined for a message that is sent. */
export interface Outcome {
  readonly got: string | undefined;
  readonly wanted: string | undefined;
}

/** Carries out the step. Returns the outcome of a message; undefined for a jump. */
export async function carryOut(mock: Mock, model: SendingModel, step: Step): Promise<Outcome | undefined> {
  if (step.kind === "send") return sends(mock, model, step.scene);
  await jumps(mock, model, step);
  return undefined;
}

async function sends(mock: Mock, model: SendingModel, scene: string): Promise<Outcome> {
  const reply = await sendCode(mock, SMS, { scene });
  const refused = reply.status === DONE.status ? undefined : (await lastExchange(mock))?.why;
  return { got: refused, wanted: model.send(scene) };
}

async function jumps(mock: Mock, model: SendingModel, step: Exclude<Step, { kind: "send" }>): Promise<void> {
  const before = Date.parse((await mock.clock.read()).now);
  if (step.kind === "set") await mock.clock.set(step.at.toISOString());
  else await mock.clock.advance({ seconds: step.seconds });
  model.pass((Date.parse((await mock.clock.read()).now) - before) / 1_000);
}
