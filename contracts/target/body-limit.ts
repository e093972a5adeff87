/** How much of a response body the suite reads. A server may send without end, or a small body that unpacks to a huge one. */

import type { Sent } from "./http-message.ts";

const MEBIBYTE = 1_048_576;

/** In bytes, after decoding. A control call may list a long inbox. */
export function bodyLimit({ isControl = false }: Sent): number {
  return isControl ? 8 * MEBIBYTE : MEBIBYTE;
}

export class BodyTooLong extends Error {
  constructor(limit: number) {
    super(`sent a body of more than ${limit / MEBIBYTE} MiB, and the suite stopped reading`);
  }
}

/** The body as text. Throws `BodyTooLong`. */
export async function textWithin(limit: number, { body }: Response): Promise<string> {
  if (body === null) return "";
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let text = "";
  let left = limit;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    left -= value.byteLength;
    if (left < 0) {
      // The reason is clear; a failure to cancel would only hide it.
      reader.cancel().catch(() => {});
      throw new BodyTooLong(limit);
    }
    text += decoder.decode(value, { stream: true });
  }
}
