/** The msw adapter with msw 2, which most users have: its import of msw is redirected to that version. */
import { setupServer } from "msw2/node";
import { expect, test, vi } from "vitest";
import { handlers } from "../../mocks/adapters/msw.ts";
import { recorded } from "../support/mock/conversation.ts";
import { HOST, repeatable, throughMsw } from "../support/mock/equal-adapters.ts";

vi.mock("msw", () => import("msw2"));

test("msw 2 returns the recorded conversation byte for byte", async () => {
  const ours = handlers(repeatable(), { baseUrl: HOST });
  const { HttpHandler } = await import("msw2");
  expect(ours.every((handler) => (handler as unknown) instanceof HttpHandler)).toBe(true);
  // Typed by msw 3, made by msw 2: the line above has shown which they are.
  const door = await throughMsw(setupServer(...(ours as unknown as Parameters<typeof setupServer>)));
  try {
    for (const { request: asked, response: answered } of await recorded()) {
      expect({ asked, answered: await door.ask(asked) }).toEqual({ asked, answered });
    }
  } finally {
    await door.close();
  }
});
