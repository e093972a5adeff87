/** The suite through the stateful Prism. Own file: Prism installs a hook that makes each error of Node slow. */
import { describeContract } from "../../contracts/index.ts";
import { servePrism } from "../../mocks/adapters/prism.ts";
import { createMock } from "../../mocks/index.ts";
import { everyCasePassed } from "../support/contracts/all-passed.ts";
import { withControlBeside } from "../support/contracts/contract-adapters.ts";

describeContract(
  async () => {
    const mock = createMock();
    return withControlBeside(mock, await servePrism(mock, { port: 0 }));
  },
  { seed: "stateful Prism", strictOrder: true },
);

everyCasePassed(1);
