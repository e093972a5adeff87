/** The web's `Request` and `Response` from and to plain values. */
import { bodyLimit, type PlainAnswer, type PlainRequest } from "./plain.ts";

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

export function toResponse({ status, headers, body }: PlainAnswer): Response {
  return new Response(body === "" ? null : body, { status, headers: { ...headers } });
}

function withinLimit(bytes: ArrayBuffer, limit: number): string | null {
  return bytes.byteLength > limit ? null : new TextDecoder().decode(bytes);
}
