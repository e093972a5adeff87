/**
 * `ciam-testkit/prism`: the server of this project, with Prism as the judge of the API's requests and responses. Prism compares them
 * with openapi.yaml, and the header `sl-violations` reports the differences. Prism's own HTTP server is not used: some malformed
 * headers end its process.
 */
import { fileURLToPath } from "node:url";
import {
  createInstance,
  getHttpOperationsFromSpec,
  type IHttpRequest,
  type IHttpResponse,
} from "@stoplight/prism-http";
import { hasNoBody, isControlPath, type PlainRequest, type PlainResponse } from "../http/message.ts";
import type { Mock } from "../mock.ts";
import { type RunningServer, type ServeOptions, serve } from "./node/server.ts";

export interface PrismOptions extends ServeOptions {
  /** 4011 by default; 0 for any free one. */
  readonly port?: number;
}

export type RunningPrism = RunningServer;

type Components = Parameters<typeof createInstance>[1];
type Operation = Awaited<ReturnType<typeof getHttpOperationsFromSpec>>[number];
/** The successful result of fp-ts, on which Prism is built. */
type Right<T> = { readonly _tag: "Right"; readonly right: T };

/** A difference from the specification, as Prism's own server reports it. */
interface Violation {
  readonly location: readonly string[];
  readonly severity: string;
  readonly code?: string | number | undefined;
  readonly message: string;
}

const DEFAULT_PORT = 4011;
const SPEC = fileURLToPath(new URL("../../openapi.yaml", import.meta.url));

/** A longer header is cut, as by Prism's own server: Node refuses headers above 16 kB. */
const LONGEST_HEADER = 8 * 1024 - 100;

const SEVERITIES = ["Error", "Warning", "Information", "Hint"];

/** Serves the mock and its control protocol. The same rules hold as for `serve`: the control token, the limits, the guard. */
export async function servePrism(mock: Mock, options: PrismOptions = {}): Promise<RunningPrism> {
  const violations = judge(await getHttpOperationsFromSpec(SPEC));
  const answer: Mock["answer"] = async (request) => {
    const response = await mock.answer(request);
    return isControlPath(request.path) ? response : reporting(await violations(request, response), response);
  };
  return serve({ answer }, { port: DEFAULT_PORT, ...options });
}

/** The violations of an exchange. An unknown path has none, nor has a connection that fails. */
function judge(operations: readonly Operation[]) {
  return async (request: PlainRequest, response: PlainResponse): Promise<readonly Violation[]> => {
    const { method, path } = request;
    const operation = operations.find((one) => one.path === path && one.method === method.toLowerCase());
    if (operation === undefined || response.transport !== undefined) return [];
    try {
      return await judged(operation, request, response);
    } catch (error) {
      return [
        {
          location: ["request"],
          severity: "Warning",
          message: `Prism could not check this exchange: ${wordsOf(error)}`,
        },
      ];
    }
  };
}

async function judged(operation: Operation, request: PlainRequest, response: PlainResponse) {
  const settings = { isProxy: false, checkSecurity: true, validateRequest: true, validateResponse: true } as const;
  const config = { ...settings, errors: false, upstreamProxy: undefined, mock: { dynamic: false } };
  const components: Components = {
    route: () => right(operation),
    mock: () => () => right(toPrism(response)),
    logger: silentLogger(),
  };
  const result = await createInstance(config, components).request(inputOf(request), [operation], config)();
  if (result._tag === "Left") throw result.left;
  const { input, output } = result.right.validations;
  return [...input.map((one) => violation("request", one)), ...output.map((one) => violation("response", one))];
}

type Diagnostic = {
  readonly path?: readonly (string | number)[];
  readonly severity: number;
  readonly code?: string | number;
  readonly message: string;
};

function violation(part: string, { path = [], severity, code, message }: Diagnostic): Violation {
  return { location: [part, ...path.map(String)], severity: SEVERITIES[severity] ?? "Error", code, message };
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function reporting(violations: readonly Violation[], response: PlainResponse): PlainResponse {
  if (violations.length === 0) return response;
  // A header holds ASCII only. In JSON every other character has an escape.
  const text = JSON.stringify(violations).replace(
    /[^ -~]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  const isLong = text.length > LONGEST_HEADER;
  const value = isLong ? `Too many violations! ${text.slice(0, LONGEST_HEADER)}` : text;
  const readable = { "access-control-expose-headers": "sl-violations" };
  return { ...response, headers: { ...response.headers, ...readable, "sl-violations": value } };
}

function inputOf({ method, path, query, headers, body }: PlainRequest): IHttpRequest {
  const named = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, String(value)]],
  );
  const values = new URLSearchParams(query);
  const parameters = [...new Set(values.keys())].map((name) => {
    const all = values.getAll(name);
    return [name, all.length > 1 ? all : all[0]];
  });
  return {
    method: method.toLowerCase() as IHttpRequest["method"],
    url: { path, query: Object.fromEntries(parameters) },
    headers: Object.fromEntries(named),
    body: parsedBody(body ?? "", String(headers["content-type"] ?? "")),
  };
}

function toPrism({ status, headers, body }: PlainResponse): IHttpResponse {
  const value = hasNoBody(status) ? undefined : parsedBody(body, headers["content-type"] ?? "");
  return { statusCode: status, headers: { ...headers }, body: value };
}

/** Prism compares JSON as a value, and any other body as a text. */
function parsedBody(body: string, type: string): unknown {
  if (body === "") return undefined;
  try {
    return /json/i.test(type) ? JSON.parse(body) : body;
  } catch {
    // Malformed JSON is a text, which violates the schema.
    return body;
  }
}

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
