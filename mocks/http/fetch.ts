/** The web's `Request` and `Response` from and to plain values. */
import { bodyLimit, hasNoBody, type PlainRequest, type PlainResponse } from "./message.ts";

export async function toPlain(request: Request): Promise<PlainRequest> {
  const { pathname: path, search } = new URL(request.url);
  return {
    method: request.method,
    path,
    query: search.slice(1),
    headers: Object.fromEntries(request.headers),
    gone: () => request.signal,
    body: withinLimit(await request.arrayBuffer(), bodyLimit(path)),
  };
}

/** A network error where the connection is to fail: with msw a page then sees what it would see of a real one. */
export function toResponse({ status, headers, body, stream, transport }: PlainResponse): Response {
  if (transport === "reset" || transport === "empty") return Response.error();
  const chunks = transport === "truncate" ? cutShort(body) : stream;
  const content = hasNoBody(status) ? null : chunks === undefined ? body || null : readable(chunks);
  return new Response(content, { status, headers: { ...headers } });
}

async function* cutShort(body: string): AsyncGenerator<string> {
  yield body.slice(0, Math.floor(body.length / 2));
  throw new TypeError("The connection was closed in the middle of the answer");
}

function readable(chunks: AsyncIterable<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const iterator = chunks[Symbol.asyncIterator]();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await iterator.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    async cancel() {
      await iterator.return?.();
    },
  });
}

function withinLimit(bytes: ArrayBuffer, limit: number): string | null {
  return bytes.byteLength > limit ? null : new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
}
