/** `ciam-testkit/browser`: what a mock in a page needs beyond fetch: state that outlives the page, and messages in its console. */

import type { Mock } from "../mock.ts";
import { formatMessage } from "./format.ts";

export { type BrowserStoreOptions, browserStore } from "../stores/browser/browser-store.ts";

/**
 * Prints each message that goes out of this mock, in any of its sandboxes, as one line in the console. What another tab sends is
 * printed there. Answers a function that ends it.
 */
export function logMessages(mock: Mock): () => void {
  return mock.subscribe((event) => {
    if (event.type !== "message" || event.elsewhere) return;
    // biome-ignore lint/suspicious/noConsole: the console is where a developer of the page looks for the code
    console.info(`[ciam-testkit] ${formatMessage(event, mock.clientId)}`);
  });
}
