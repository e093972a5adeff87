/** The suite through the stateful Prism. Own file: Prism installs a hook that makes each error of Node slow. */
import { allCases } from "../../contracts/all-cases.ts";
import { describeContract } from "../../contracts/index.ts";
import { servePrism } from "../../mocks/adapters/prism.ts";
import { createMock } from "../../mocks/index.ts";
import { everyCasePassed } from "../support/contracts/all-passed.ts";
import { withControlBeside } from "../support/contracts/contract-adapters.ts";

/** The server of Prism reads bodies and headers itself. The mock sees none of these requests. */
const BEYOND_THE_MOCK = ["repeated-headers", "broken-bodies", "other-encodings"];
const takesBody = (operation: string) => operation !== "getCaptcha" && operation !== "genauthGetProfile";
const known = allCases
  .filter(({ id, operation }) => takesBody(operation) && BEYOND_THE_MOCK.some((name) => id.endsWith(`/${name}`)))
  .map(({ id }) => id);

describeContract(
  async () => {
    const mock = createMock();
    return withControlBeside(mock, await servePrism(mock, { port: 0 }));
  },
  {
    seed: "stateful Prism",
    strictOrder: true,
    knownFailing: known.map((pattern) => ({ pattern, reason: "the server of Prism answers", until: undefined })),
  },
);

everyCasePassed(
  1,
  allCases.map(({ id }) => id),
  known,
);
