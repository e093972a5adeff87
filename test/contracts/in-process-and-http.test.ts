/** Every case passes in process and over HTTP. The other adapters are in test/adapters, test/matrix and test/browser. */
import { describeContract, type Target } from "../../contracts/index.ts";
import { serve } from "../../mocks/adapters/node/server.ts";
import { createMock, type Mock } from "../../mocks/index.ts";
import { everyCasePassed } from "../support/contracts/all-passed.ts";
import { inProcess, wholly } from "../support/contracts/contract-adapters.ts";

/** The seed of the run is the adapter's name. */
const adapters: Readonly<Record<string, (mock: Mock) => Promise<Target>>> = {
  "mock.fetch": inProcess,
  "HTTP server": async (mock) => wholly(await serve(mock, { port: 0 })),
};

for (const [adapter, open] of Object.entries(adapters)) {
  describeContract(() => open(createMock()), { seed: adapter, strictOrder: true });
}

everyCasePassed(Object.keys(adapters).length);
