/** The suite through msw 2, which most users have: the adapter's import of msw is redirected to that version. */
import { setupServer } from "msw2/node";
import { vi } from "vitest";
import { describeContract } from "../../contracts/index.ts";
import { handlers } from "../../mocks/adapters/msw.ts";
import { createMock } from "../../mocks/index.ts";
import { everyCasePassed } from "../support/contracts/all-passed.ts";
import { HOST, intercepting, withControlBeside } from "../support/contracts/contract-adapters.ts";
import { casesWithout } from "../support/contracts/wire.ts";

vi.mock("msw", () => import("msw2"));

/** msw leaves other paths to the network. */
const only = casesWithout(["other-paths"]);

describeContract(
  () => {
    const mock = createMock();
    // Typed by msw 3, made by msw 2; test/matrix/msw-2.test.ts shows which they are.
    const ours = handlers(mock, { baseUrl: HOST }) as unknown as Parameters<typeof setupServer>;
    return withControlBeside(mock, intercepting(setupServer(...ours)));
  },
  { seed: "msw 2", strictOrder: true, only },
);

everyCasePassed(1, only);
