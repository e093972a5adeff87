/**
 * `ciam-testkit/prism`: a Prism server with state: the mock replaces Prism's own mocker. Prism still validates requests and
 * responses against openapi.yaml, and reports violations in the header `sl-violations`.
 */
import { fileURLToPath } from "node:url";
import { getHttpOperationsFromSpec, type IHttpRequest, type IHttpResponse } from "@stoplight/prism-http";
import { createServer } from "@stoplight/prism-http-server";
import { hasNoBody, type PlainRequest, type PlainResponse } from "../http/message.ts";
import { problemResponse } from "../http/problem.ts";
import type { Mock } from "../mock.ts";

export interface PrismOptions {
  /** 4011 by default; 0 for any free one. */
  readonly port?: number;
  /** 127.0.0.1 by default. */
  readonly host?: string;
}

export interface RunningPrism {
  /** Without a slash at the end. */
  readonly url: string;
  close(): Promise<void>;
}

type Components = Parameters<typeof createServer>[1]["components"];
type Route = NonNullable<Components["route"]>;
type Mocker = NonNullable<Components["mock"]>;
type Operation = Parameters<Route>[0]["resources"][number];
/** The successful result of fp-ts, on which Prism is built. */
type Right<T> = { readonly _tag: "Right"; readonly right: T };

const DEFAULT_PORT = 4011;
const SPEC = fileURLToPath(new URL("../../openapi.yaml", import.meta.url));

/** Serves the mock and its control protocol through Prism. Use it on this machine only: it has no control token. */
export async function servePrism(mock: Mock, options: PrismOptions = {}): Promise<RunningPrism> {
  const { port = DEFAULT_PORT, host = "127.0.0.1" } = options;
  const operations = await getHttpOperationsFromSpec(SPEC);
  const server = createServer(operations, {
    cors: true,
    config: {
      isProxy: false,
      checkSecurity: true,
      validateRequest: true,
      validateResponse: true,
      errors: false,
      upstreamProxy: undefined,
      mock: { dynamic: false },
    },
    components: { route: routeOrUnknown, mock: mockerOf(mock), logger: silentLogger() },
  });
  const url = await server.listen(port, host);
  return { url, close: () => server.close() };
}

/** Routes unknown paths to the mock as well: it responds with the closest match. */
const routeOrUnknown: Route = ({ resources, input: { method, url } }) =>
  right(
    resources.find((resource) => resource.path === url.path && resource.method === method) ?? unknown(method, url.path),
  );

function unknown(method: string, path: string): Operation {
  return { id: "unknown", method, path, responses: [{ id: "any", code: "default" }] };
}

/**
 * Prism's types demand a synchronous response, but Prism awaits what the mocker returns (fp-ts resolves a promise with it). The
 * mock responds asynchronously, because a store may be slow.
 */
function mockerOf(mock: Mock): Mocker {
  const mocker =
    ({ input }: Parameters<Mocker>[0]) =>
    async () =>
      right(toPrism(await mock.answer(plain(input.data))));
  return mocker as unknown as Mocker;
}

function plain({ method, url: { path, query = {} }, headers = {}, body }: IHttpRequest): PlainRequest {
  const pairs = Object.entries(query).flatMap(([name, value]) => [value].flat().map((one) => [name, one]));
  return {
    method: method.toUpperCase(),
    path,
    query: new URLSearchParams(pairs).toString(),
    headers,
    body: textOf(body),
  };
}

/** Prism has parsed the body: JSON is a value, any other body is a text. */
function textOf(body: unknown): string {
  if (body === undefined || body === null) return "";
  return typeof body === "string" ? body : JSON.stringify(body);
}

/** Prism writes JSON itself. It owns the connection, so event streams and transport faults are not possible. */
function toPrism({ status, headers, body, stream, transport }: PlainResponse): IHttpResponse {
  if (stream !== undefined || transport !== undefined) return toPrism(NOT_THROUGH_PRISM);
  if (hasNoBody(status)) return { statusCode: status, headers: { ...headers } };
  const isJson = /json/.test(headers["content-type"] ?? "");
  return { statusCode: status, headers: { ...headers }, body: isJson ? JSON.parse(body) : body || undefined };
}

const NOT_THROUGH_PRISM = problemResponse({
  title: "Not through Prism",
  status: 501,
  detail: "Prism cannot send events or let a connection fail: use `ciam-testkit serve` or the mock in process",
});

function right<T>(value: T): Right<T> {
  return { _tag: "Right", right: value };
}

/** Prism logs every request. The mock's journal has more, so the log is silenced. */
function silentLogger(): Components["logger"] {
  const ignore = () => {};
  const logger = {
    trace: ignore,
    debug: ignore,
    info: ignore,
    warn: ignore,
    error: ignore,
    fatal: ignore,
    child: () => logger,
  };
  // Prism's type is the logger of pino, but it calls only these functions.
  return logger as unknown as Components["logger"];
}
