/** Runs each spec twice: with the mock in the worker, and against a server. */
import { defineConfig } from "@playwright/test";
import type { CiamFixtures } from "../../../mocks/adapters/playwright/playwright.ts";
import { CHROMIUM_FLAGS, chromiumPath } from "../../support/browser/chromium.ts";

const { CIAM_SERVER: server, CIAM_CONTROL_TOKEN: controlToken } = process.env;

export default defineConfig<CiamFixtures>({
  fullyParallel: true,
  workers: 2,
  timeout: 60_000,
  expect: { timeout: 20_000 },
  use: {
    baseURL: "http://app.test",
    launchOptions: { executablePath: chromiumPath ?? "", args: CHROMIUM_FLAGS },
  },
  projects: [{ name: "in the worker" }, { name: "over a server", use: { ciamOptions: { server, controlToken } } }],
});
