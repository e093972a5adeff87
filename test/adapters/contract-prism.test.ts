/** The suite through the stateful Prism. Own file: Prism installs a hook that makes each error of Node slow. */
import { describeContract } from "../../contracts/index.ts";
import { servePrism } from "../../mocks/adapters/prism.ts";
import { createMock } from "../../mocks/index.ts";
import { everyCasePassed } from "../support/contracts/all-passed.ts";
import { withControlBeside } from "../support/contracts/contract-adapters.ts";
import { casesWithout } from "../support/contracts/wire.ts";

/** The server of Prism reads bodies and headers itself, so the mock sees none of these requests. */
const only = casesWithout(["repeated-headers", "broken-bodies", "other-encodings"]);

describeContract(
  async () => {
    const mock = createMock();
    return withControlBeside(mock, await servePrism(mock, { port: 0 }));
  },
  { seed: "stateful Prism", strictOrder: true, only },
);

everyCasePassed(1, only);
