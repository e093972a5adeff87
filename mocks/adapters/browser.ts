/** `ciam-testkit/browser`: for a mock in a page: state that survives a reload, and sent messages in the console. */

import type { Mock } from "../mock.ts";
import { formatMessage } from "./format.ts";

export { type BrowserStoreOptions, browserStore } from "../stores/browser/browser-store.ts";

/**
 * Prints each message that this mock sends, in any sandbox, as one line in the console. Messages of another tab are printed
 * there. Returns a function that ends the printing.
 */
export function logMessages(mock: Mock): () => void {
  return mock.subscribe((event) => {
    if (event.type !== "message" || event.elsewhere) return;
    // biome-ignore lint/suspicious/noConsole: the console is where a developer of the page looks for the code
    console.info(`[ciam-testkit] ${formatMessage(event, mock.clientId)}`);
  });
}
