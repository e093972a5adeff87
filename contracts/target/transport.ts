/**
 * Sends one HTTP request, and returns the response as plain values or the reason for its absence. The only place of the
 * suite that uses the network.
 */

export interface Sent {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Sent after the headers. `fetch` joins lines of the same name with a comma. */
  readonly moreHeaders?: readonly HeaderLine[];
  readonly body: string | Uint8Array<ArrayBuffer> | undefined;
  /** Sends the body in chunks, without a content length. */
  readonly chunked?: boolean;
}

export type HeaderLine = readonly [name: string, value: string];

/** The body as text, for the reader of a report; empty without a body. */
export function bodyText({ body = "" }: Sent): string {
  return typeof body === "string" ? body : new TextDecoder().decode(body);
}

export interface HttpResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** There was no response; the message says why. */
export class TransportFailure extends Error {}

/** Does not follow redirects: the API has none. Throws `TransportFailure`. */
export async function exchange(
  sent: Sent,
  timeoutMs: number,
  fetchIt: Fetch = globalThis.fetch,
): Promise<HttpResponse> {
  const { url, method, headers, moreHeaders = [] } = sent;
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    const response = await fetchIt(url, {
      method,
      headers:
        moreHeaders.length === 0 ? headers : [...Object.entries(headers), ...moreHeaders].map(([...line]) => line),
      ...bodyOf(sent),
      redirect: "manual",
      signal,
    });
    return { status: response.status, headers: Object.fromEntries(response.headers), body: await response.text() };
  } catch (error) {
    const { origin, username, password } = new URL(url);
    // The message of fetch would show the user name and password.
    if (username !== "" || password !== "") throw new TransportFailure(`${origin} ${CREDENTIALS}`);
    const why = signal.aborted ? `did not respond within ${timeoutMs / 1_000} s` : reasonOf(error);
    throw new TransportFailure(`${origin} ${why}`);
  }
}

/** A stream has no length. `fetch` demands that `duplex` says so. */
function bodyOf({ body, chunked }: Sent): RequestInit {
  if (body === undefined) return {};
  if (!chunked) return { body };
  const stream: RequestInit & { duplex: "half" } = { body: new Blob([body]).stream(), duplex: "half" };
  return stream;
}

const CREDENTIALS = "must not have a user name and password in its URL; send them as a header with a target module";

const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: "refuses connections: no server listens there",
  ECONNRESET: "closed the connection",
  UND_ERR_SOCKET: "closed the connection",
  EPIPE: "closed the connection",
  ENOTFOUND: "is an unknown host",
  EAI_AGAIN: "is an unknown host",
  ETIMEDOUT: "cannot be reached",
  EHOSTUNREACH: "cannot be reached",
  ENETUNREACH: "cannot be reached",
  DEPTH_ZERO_SELF_SIGNED_CERT: "has a self-signed certificate; set NODE_EXTRA_CA_CERTS to trust it",
  SELF_SIGNED_CERT_IN_CHAIN: "has a self-signed certificate; set NODE_EXTRA_CA_CERTS to trust it",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "has a certificate that cannot be verified; set NODE_EXTRA_CA_CERTS to trust it",
  CERT_HAS_EXPIRED: "has an expired certificate",
  ERR_TLS_CERT_ALTNAME_INVALID: "has a certificate for another host",
  ERR_SSL_WRONG_VERSION_NUMBER: "does not speak TLS; try http:// instead of https://",
};

/** fetch only says "fetch failed"; the causes say why. */
function reasonOf(error: unknown): string {
  for (let inner = error; inner instanceof Error; inner = inner.cause) {
    const code = (inner as Error & { readonly code?: unknown }).code;
    const known = REASONS[String(code)];
    if (known !== undefined) return known;
    if (inner.cause === undefined) return `failed: ${inner.message}${typeof code === "string" ? ` (${code})` : ""}`;
  }
  return `failed: ${String(error)}`;
}
