/** One success and one error of each operation pass through msw 3 and through the stateful Prism. */
import { setupServer } from "msw/node";
import { allCases } from "../../contracts/all-cases.ts";
import { describeContract, type Target } from "../../contracts/index.ts";
import { handlers } from "../../mocks/adapters/msw.ts";
import { servePrism } from "../../mocks/adapters/prism.ts";
import { createMock, type Mock } from "../../mocks/index.ts";
import { everyCasePassed } from "../support/contracts/all-passed.ts";
import { HOST, intercepting, withControlBeside } from "../support/contracts/contract-adapters.ts";

const adapters: Readonly<Record<string, (mock: Mock) => Promise<Target>>> = {
  "msw 3": (mock) => withControlBeside(mock, intercepting(setupServer(...handlers(mock, { baseUrl: HOST })))),
  "stateful Prism": async (mock) => withControlBeside(mock, await servePrism(mock, { port: 0 })),
};

const sample = [...new Set(allCases.map(({ operation }) => operation))].flatMap((operation) => {
  const ofOperation = allCases.filter((one) => one.operation === operation);
  const success = ofOperation.filter(({ id }) => id === `${operation}/success`);
  const error = ofOperation.filter(({ check }) => check !== undefined).slice(0, 1);
  return [...success, ...error].map(({ id }) => id);
});

for (const [adapter, open] of Object.entries(adapters)) {
  describeContract(() => open(createMock()), { seed: adapter, strictOrder: true, only: sample });
}

everyCasePassed(Object.keys(adapters).length, sample);
