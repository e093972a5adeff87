/** The mock inside the page. The only file that knows of it: without it, the page talks to a real API. */
import { createMock } from "ciam-testkit";
import { handlers } from "ciam-testkit/msw";
import { setupWorker } from "msw/browser";
import { ACCOUNTS } from "./accounts.ts";

const mock = createMock({ accounts: ACCOUNTS });

const worker = setupWorker(...handlers(mock));
await worker.start();

// When this file changes, the old worker goes before the new one comes. Otherwise both would answer, each from its own mock.
import.meta.hot?.accept();
import.meta.hot?.dispose(() => worker.stop());
