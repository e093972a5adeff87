/** What may be behind a connection that failed: a proxy, or a URL with the wrong scheme. */

type Environment = Readonly<Record<string, string | undefined>>;

/** Origins that have answered: their scheme is right. */
const answered = new Set<string>();

/** Notes that there was a response. */
export function noteAnswer({ origin }: URL): void {
  answered.add(origin);
}

/** The whole message about a connection that failed. `reason` says it of the origin, such as "closed the connection". */
export function failureMessage(target: URL, reason: string, code: string, env: Environment = environment()): string {
  const proxy = CONNECTION.has(code) ? proxyFor(target, env) : undefined;
  if (proxy?.isUsed) {
    const address = URL.canParse(proxy.value) ? ` ${new URL(proxy.value).origin}` : "";
    const why = PROXY_REASONS[code] ?? reason;
    return `${target.origin} cannot be reached through the proxy${address} of ${proxy.name}: ${why}`;
  }
  const hints = [schemeHint(target, code), proxy === undefined ? undefined : notUsed(proxy.name)];
  return [`${target.origin} ${reason}`, ...hints.filter((hint) => hint !== undefined)].join("; ");
}

/** The connection did not come about, or broke. */
const CONNECTION: ReadonlySet<string> = new Set([
  ...["ECONNREFUSED", "ECONNRESET", "UND_ERR_SOCKET", "EPIPE", "ENOTFOUND", "EAI_AGAIN"],
  ...["ETIMEDOUT", "EHOSTUNREACH", "ENETUNREACH", "UND_ERR_CONNECT_TIMEOUT", "UND_ERR_ABORTED", "ERR_PROXY_TUNNEL"],
]);

const PROXY_REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: "the proxy refuses connections",
  ENOTFOUND: "the proxy is an unknown host",
  EAI_AGAIN: "the proxy is an unknown host",
};

interface Proxy {
  /** Of the variable. */
  readonly name: string;
  readonly value: string;
  /** Whether Node sends the request through it. */
  readonly isUsed: boolean;
}

function proxyFor({ protocol, hostname }: URL, env: Environment): Proxy | undefined {
  const wanted = protocol === "https:" ? "HTTPS_PROXY" : "HTTP_PROXY";
  const name = [wanted.toLowerCase(), wanted].find((one) => (env[one] ?? "") !== "");
  if (name === undefined || isExcepted(hostname, env["no_proxy"] ?? env["NO_PROXY"] ?? "")) return undefined;
  const isUsed = env["NODE_USE_ENV_PROXY"] === "1" || /--use-env-proxy\b/.test(env["NODE_OPTIONS"] ?? "");
  return { name, value: env[name] ?? "", isUsed };
}

/** NO_PROXY lists hosts and domains, or `*`. */
function isExcepted(hostname: string, list: string): boolean {
  const entries = list.split(/[\s,]+/).map((entry) =>
    entry
      .replace(/^\*?\./, "")
      .replace(/:\d+$/, "")
      .toLowerCase(),
  );
  return entries.some(
    (entry) => entry === "*" || entry === hostname || (entry !== "" && hostname.endsWith(`.${entry}`)),
  );
}

function notUsed(name: string): string {
  return `${name} is set, but Node uses it only with NODE_USE_ENV_PROXY=1`;
}

/** A port that expects the other scheme closes the connection, or answers with bytes that are not HTTP. */
function schemeHint({ origin, protocol }: URL, code: string): string | undefined {
  if (answered.has(origin)) return undefined;
  const isClosed = code === "ECONNRESET" || code === "UND_ERR_SOCKET" || code === "EPIPE";
  if (protocol === "http:" && (isClosed || code.startsWith("HPE_")))
    return "if the port expects TLS, use https:// instead of http://";
  return protocol === "https:" && isClosed
    ? "if the port speaks plain HTTP, use http:// instead of https://"
    : undefined;
}

/** A page has no environment. */
function environment(): Environment {
  return globalThis.process?.env ?? {};
}
