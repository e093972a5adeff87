/** The vendor's SDK against msw 2, which most users have: the adapter's import of msw is redirected to that version. */
import { setupServer } from "msw2/node";
import { onTestFinished, vi } from "vitest";
import { handlers } from "../../mocks/adapters/msw.ts";
import { sdkTests } from "../support/genauth/authing-sdk.ts";

vi.mock("msw", () => import("msw2"));

sdkTests("msw 2", (mock) => {
  const baseUrl = "https://example.authing.test";
  // Typed by msw 3, made by msw 2: msw-2.test.ts shows which they are.
  const ours = handlers(mock, { baseUrl }) as unknown as Parameters<typeof setupServer>;
  const server = setupServer(...ours);
  server.listen();
  onTestFinished(() => server.close());
  return baseUrl;
});
