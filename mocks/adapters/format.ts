/** Formats a sent message for a terminal, a dev server's log or a browser's console. */
import { oneLine } from "../lib/visible-text.ts";
import type { MessageEvent } from "../mock.ts";

/** One line without a line break. The client id is added unless it is that of the default sandbox. */
export function formatMessage({ clientId, message }: MessageEvent, defaultClientId: string): string {
  const { channel, to, scene, code, sentAt, expiresAt } = message;
  const sandbox = clientId === defaultClientId ? "" : `  in ${clientId}`;
  return oneLine(`${channel}  ${to}  ${scene}  code ${code}  (good for ${(expiresAt - sentAt) / 1_000} s)${sandbox}`);
}
