/** One suite, every door: the same cases against each way to reach the mock. All green, nothing blocked. */
import { setupServer } from "msw/node";
import { describeContract, type Target } from "../../contracts/index.ts";
import { handlers } from "../../mocks/adapters/msw.ts";
import { serve } from "../../mocks/adapters/node/server.ts";
import { createMock, type Mock } from "../../mocks/index.ts";
import { everyCasePassed } from "../support/contracts/all-passed.ts";
import { HOST, inProcess, intercepting, wholly, withControlBeside } from "../support/contracts/contract-adapters.ts";

/** By the seed of the run, so that its name tells the door. Two more have files of their own: they change modules for all. */
const doors: Readonly<Record<string, (mock: Mock) => Promise<Target>>> = {
  "mock.fetch": inProcess,
  "HTTP server": async (mock) => wholly(await serve(mock, { port: 0 })),
  "msw 3": (mock) => withControlBeside(mock, intercepting(setupServer(...handlers(mock, { baseUrl: HOST })))),
};

for (const [door, open] of Object.entries(doors)) {
  describeContract(() => open(createMock()), { seed: door, strictOrder: true });
}

everyCasePassed(Object.keys(doors).length);
