/** Errors in the headers of any Bamboocloud request. */
import { withHeader } from "../field-cases.ts";
import { amend, type Fixture, type RequestMutations } from "../scenario.ts";

export const CLIENT_HEADER = "X-client-id";

export const REQUIRED_HEADERS: Readonly<Record<string, string>> = {
  "X-operating-sys-version": "device-incomplete",
  "X-device-fingerprint": "device-incomplete",
  "X-agent": "device-incomplete",
  "X-client-id": "client-missing",
};

export const headerMutations = {
  "device-incomplete": {
    title: "A request without the device headers is refused",
    apply: ({ draft }) => amend(draft, withHeader(draft, "X-device-fingerprint", undefined)),
    retryable: true,
  },
  "client-missing": {
    title: "A request without a client id is refused",
    apply: ({ draft }) => amend(draft, withHeader(draft, "X-client-id", undefined)),
    retryable: true,
  },
  "client-unknown": {
    title: "A request with an unregistered client id is refused",
    apply({ world, draft }) {
      draft.headers["X-client-id"] = world.random.letters(32);
    },
    retryable: true,
  },
} satisfies RequestMutations<Fixture>;
