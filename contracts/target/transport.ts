/** One HTTP request and its answer as plain values, or why there was none. The one place of the suite that uses the network. */

export interface Sent {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

export interface HttpResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** There was no answer; the message says why, in words for people. */
export class TransportFailure extends Error {}

/** Redirects are answers like any other: the API has none. Throws `TransportFailure`. */
export async function exchange(
  sent: Sent,
  timeoutMs: number,
  fetchIt: Fetch = globalThis.fetch,
): Promise<HttpResponse> {
  const { url, method, headers, body } = sent;
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    const response = await fetchIt(url, {
      method,
      headers,
      ...(body === undefined ? {} : { body }),
      redirect: "manual",
      signal,
    });
    return { status: response.status, headers: Object.fromEntries(response.headers), body: await response.text() };
  } catch (error) {
    const { origin, username, password } = new URL(url);
    // fetch refuses such a URL in a message that tells them.
    if (username !== "" || password !== "") throw new TransportFailure(`${origin} ${CREDENTIALS}`);
    const why = signal.aborted ? `did not answer within ${timeoutMs / 1_000} s` : reasonOf(error);
    throw new TransportFailure(`${origin} ${why}`);
  }
}

const CREDENTIALS =
  "cannot be asked with a user name and password in its URL; a target module can send them as a header";

const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: "refuses connections: nothing listens there",
  ECONNRESET: "dropped the connection",
  UND_ERR_SOCKET: "dropped the connection",
  EPIPE: "dropped the connection",
  ENOTFOUND: "is no known host",
  EAI_AGAIN: "is no known host",
  ETIMEDOUT: "cannot be reached",
  EHOSTUNREACH: "cannot be reached",
  ENETUNREACH: "cannot be reached",
  DEPTH_ZERO_SELF_SIGNED_CERT: "has a self-signed certificate (NODE_EXTRA_CA_CERTS names one to trust)",
  SELF_SIGNED_CERT_IN_CHAIN: "has a self-signed certificate (NODE_EXTRA_CA_CERTS names one to trust)",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "has a certificate that cannot be verified (NODE_EXTRA_CA_CERTS names one to trust)",
  CERT_HAS_EXPIRED: "has an expired certificate",
  ERR_TLS_CERT_ALTNAME_INVALID: "has a certificate for another host",
  ERR_SSL_WRONG_VERSION_NUMBER: "does not speak TLS: its address may begin with http://",
};

/** fetch says "fetch failed"; what happened is in the causes below it. */
function reasonOf(error: unknown): string {
  for (let inner = error; inner instanceof Error; inner = inner.cause) {
    const code = (inner as Error & { readonly code?: unknown }).code;
    const known = REASONS[String(code)];
    if (known !== undefined) return known;
    if (inner.cause === undefined) return `failed: ${inner.message}${typeof code === "string" ? ` (${code})` : ""}`;
  }
  return `failed: ${String(error)}`;
}
