/** A message that goes out as one line for people, wherever it is printed. */
import type { MessageEvent } from "./core/events.ts";

/** Of another sandbox than the default one with its client id. */
export function messageLine({ clientId, message }: MessageEvent, defaultClientId: string): string {
  const { channel, to, scene, code, sentAt, expiresAt } = message;
  const sandbox = clientId === defaultClientId ? "" : `  in ${clientId}`;
  return `${channel}  ${to}  ${scene}  code ${code}  (good for ${(expiresAt - sentAt) / 1_000} s)${sandbox}`;
}
