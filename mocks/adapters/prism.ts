/**
 * `ciam-testkit/prism`: a Prism server that keeps state, with the mock in the place of Prism's own mocker. Prism goes on holding
 * requests and answers against openapi.yaml, and reports what does not fit in the header `sl-violations`.
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
  /** Without a slash at its end. */
  readonly url: string;
  close(): Promise<void>;
}

type Components = Parameters<typeof createServer>[1]["components"];
type Route = NonNullable<Components["route"]>;
type Mocker = NonNullable<Components["mock"]>;
type Operation = Parameters<Route>[0]["resources"][number];
/** What Prism, built on fp-ts, calls a right and a left. */
type Right<T> = { readonly _tag: "Right"; readonly right: T };

const DEFAULT_PORT = 4011;
const SPEC = fileURLToPath(new URL("../../openapi.yaml", import.meta.url));

/** Serves the mock through Prism, the control protocol included. Only for this machine: it has no control token. */
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

/** What openapi.yaml does not have goes to the mock as well, which knows what to say of it. */
const routeOrUnknown: Route = ({ resources, input: { method, url } }) =>
  right(
    resources.find((resource) => resource.path === url.path && resource.method === method) ?? unknown(method, url.path),
  );

function unknown(method: string, path: string): Operation {
  return { id: "unknown", method, path, responses: [{ id: "any", code: "default" }] };
}

/**
 * Prism's types want an answer at once. It awaits what the mocker returns all the same (fp-ts resolves a promise with it), and
 * the mock cannot answer at once: a store may be slow.
 */
function mockerOf(mock: Mock): Mocker {
  const mocker =
    ({ input }: Parameters<Mocker>[0]) =>
    async () =>
      right(answerOf(await mock.answer(plain(input.data))));
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

/** Prism has read the body: JSON as a value, anything else as a text. */
function textOf(body: unknown): string {
  if (body === undefined || body === null) return "";
  return typeof body === "string" ? body : JSON.stringify(body);
}

/** Prism writes JSON itself. It owns the connection, so a stream of events and a failing connection cannot go through it. */
function answerOf({ status, headers, body, stream, transport }: PlainResponse): IHttpResponse {
  if (stream !== undefined || transport !== undefined) return answerOf(NOT_THROUGH_PRISM);
  if (hasNoBody(status)) return { statusCode: status, headers: { ...headers } };
  const isJson = /json/.test(headers["content-type"] ?? "");
  return { statusCode: status, headers: { ...headers }, body: isJson ? JSON.parse(body) : body || undefined };
}

const NOT_THROUGH_PRISM = problemResponse({
  title: "Not through Prism",
  status: 501,
  detail: "Events and failing connections need `serve`, or the mock in process",
});

function right<T>(value: T): Right<T> {
  return { _tag: "Right", right: value };
}

/** Prism logs each request; who wants to know reads the mock's journal. */
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
  // Prism's type is that of pino, of which it calls these few.
  return logger as unknown as Components["logger"];
}
