/** Every case passes through msw 3. */
import { setupServer } from "msw/node";
import { describeContract } from "../../contracts/index.ts";
import { handlers } from "../../mocks/adapters/msw.ts";
import { createMock } from "../../mocks/index.ts";
import { everyCasePassed } from "../support/contracts/all-passed.ts";
import { HOST, intercepting, withControlBeside } from "../support/contracts/contract-adapters.ts";
import { casesWithout } from "../support/contracts/wire.ts";

/** msw leaves other paths to the network. */
const only = casesWithout(["other-paths"]);

describeContract(
  () => {
    const mock = createMock();
    return withControlBeside(mock, intercepting(setupServer(...handlers(mock, { baseUrl: HOST }))));
  },
  { seed: "msw 3", strictOrder: true, only },
);

everyCasePassed(1, only);
