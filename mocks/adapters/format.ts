/** A message that went out, in words for people: for a terminal, a dev server's log or a browser's console. */
import type { MessageEvent } from "../mock.ts";

/** One line without its end; of another sandbox than the default one with its client id. */
export function formatMessage({ clientId, message }: MessageEvent, defaultClientId: string): string {
  const { channel, to, scene, code, sentAt, expiresAt } = message;
  const sandbox = clientId === defaultClientId ? "" : `  in ${clientId}`;
  return `${channel}  ${to}  ${scene}  code ${code}  (good for ${(expiresAt - sentAt) / 1_000} s)${sandbox}`;
}
