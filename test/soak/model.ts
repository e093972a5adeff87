/** 20,000 steps of messages and clock jumps against the model of sending. */
import fc from "fast-check";
import { stillMock } from "../support/mock/api.ts";
import { carryOut, SendingModel, steps } from "../support/mock/sending-model.ts";
import type { Load, Row } from "./row.ts";

const STEPS = 20_000;
const STEPS_PER_RUN = 200;

export async function model({ seed, share }: Load): Promise<readonly Row[]> {
  const runs = Math.ceil((STEPS * share) / STEPS_PER_RUN);
  const length = { minLength: STEPS_PER_RUN, maxLength: STEPS_PER_RUN };
  let deviations = 0;
  let repeated = 0;
  for (const all of fc.sample(fc.array(steps, length), { seed, numRuns: runs })) {
    // Long codes, so that two of them are not the same by chance.
    const mock = stillMock({ policy: { code_length: 10 } });
    const predicted = new SendingModel();
    for (const step of all) {
      const outcome = await carryOut(mock, predicted, step);
      if (outcome?.got !== outcome?.wanted) deviations += 1;
    }
    const codes = (await mock.messages.list()).map(({ code }) => code);
    repeated += codes.length - new Set(codes).size;
  }
  return [
    { part: "model", what: "steps", value: runs * STEPS_PER_RUN, fault: false },
    { part: "model", what: "deviations from the model", value: deviations, fault: deviations > 0 },
    { part: "model", what: "repeated codes", value: repeated, fault: repeated > 0 },
  ];
}
