/** The mock in the page. No other file knows it: without this file the page uses a real API. */
import { createMock } from "ciam-testkit";
import { browserStore, logMessages } from "ciam-testkit/browser";
import { handlers } from "ciam-testkit/msw";
import { showOverlay } from "ciam-testkit/overlay";
import { type SetupWorker, setupWorker } from "msw/browser";
import { ACCOUNTS } from "./accounts.ts";

const mock = createMock({ store: browserStore(), accounts: ACCOUNTS });
const endLog = logMessages(mock);
showOverlay(mock);

// When this file changes it runs again, and the existing worker gets the new handlers. A second worker does not work: msw 2
// warns,
// and msw 3 throws.
const running: SetupWorker | undefined = import.meta.hot?.data["worker"];
const worker = running ?? setupWorker();
worker.resetHandlers(...handlers(mock));

import.meta.hot?.accept();
import.meta.hot?.dispose((next) => {
  next["worker"] = worker;
  endLog();
});

if (running === undefined) await worker.start();
