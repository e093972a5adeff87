/** The control protocol over HTTP: finds the call, parses its input, writes its output or a problem document. */
import { closest } from "fastest-levenshtein";
import type { MockContext } from "../engine/transact.ts";
import { notJson, parseJson } from "../http/body.ts";
import { headerOf, jsonResponse, type PlainRequest, type PlainResponse } from "../http/message.ts";
import { ControlError, problemResponse } from "../http/problem.ts";
import { controlCalls } from "../spec/control.gen.ts";
import { badRequest, type ControlId, type ControlInput } from "./calls.ts";
import { control } from "./dispatch.ts";
import { eventStream } from "./events.ts";

interface Endpoint {
  readonly id: keyof typeof controlCalls;
  readonly method: string;
  readonly path: string;
  readonly pattern: RegExp;
}

const endpoints: readonly Endpoint[] = Object.entries(controlCalls).map(([id, { method, path }]) => ({
  id: id as Endpoint["id"],
  method,
  path,
  pattern: new RegExp(`^${path.replace(/\./g, "\\.").replace(/\{(\w+)\}/g, "(?<$1>[^/]+)")}/?$`),
}));

export async function controlOverHttp(request: PlainRequest, mock: MockContext): Promise<PlainResponse> {
  try {
    const { id, params } = endpointOf(request);
    const clientId = headerOf(request.headers, "x-client-id") ?? mock.defaultClientId;
    const context = { mock, clientId, gone: request.gone };
    if (id === "listenToEvents") return streamResponse(await eventStream(context));
    // The types are not checked yet: control() validates the input against control.yaml.
    const input = { params, query: queryOf(id, request.query), body: bodyOf(request) } as ControlInput<ControlId>;
    const output = await control(id, input, context);
    const { status } = controlCalls[id];
    return output === undefined ? { status, headers: {}, body: "" } : jsonResponse(status, output);
  } catch (error) {
    if (error instanceof ControlError) return problemResponse(error.problem, allowHeader(error));
    throw error;
  }
}

function streamResponse(stream: AsyncIterable<string>): PlainResponse {
  return {
    status: 200,
    headers: { "content-type": "text/event-stream", "cache-control": "no-store" },
    body: "",
    stream,
  };
}

function endpointOf({ method, path }: PlainRequest): { id: Endpoint["id"]; params: Record<string, string> } {
  const here = endpoints.filter(({ pattern }) => pattern.test(path));
  const endpoint = here.find((candidate) => candidate.method === method);
  if (endpoint !== undefined) return { id: endpoint.id, params: paramsOf(endpoint, path) };
  if (here.length > 0) throw wrongMethod(method, path, here);
  const offered = endpoints.map((candidate) => `${candidate.method} ${candidate.path}`);
  throw new ControlError({
    title: `The control protocol has no ${method} ${path}`,
    status: 404,
    detail: `Closest: ${closest(`${method} ${path}`.slice(0, 100), offered)}`,
    offered,
  });
}

function paramsOf({ pattern }: Endpoint, path: string): Record<string, string> {
  const groups = pattern.exec(path)?.groups ?? {};
  try {
    return Object.fromEntries(Object.entries(groups).map(([name, value]) => [name, decodeURIComponent(value)]));
  } catch {
    throw badRequest("the path has an invalid percent-encoding");
  }
}

function wrongMethod(method: string, path: string, here: readonly Endpoint[]): ControlError {
  const allow = here.map((endpoint) => endpoint.method).join(", ");
  return new ControlError({
    title: `${method} is not allowed here`,
    status: 405,
    detail: `${path} accepts ${allow} only`,
    allow,
  });
}

function allowHeader({ problem }: ControlError): Record<string, string> {
  return typeof problem["allow"] === "string" ? { allow: problem["allow"] } : {};
}

/** Converts the texts of a query to numbers where the schema expects a number. */
function queryOf(id: ControlId, query: string): Record<string, string | number> {
  const schema = controlCalls[id].query as { properties: Record<string, { type?: string }> } | null;
  const entries = [...new URLSearchParams(query)].map(([name, text]) => {
    const isNumber = schema?.properties[name]?.type === "number" && text !== "" && Number.isFinite(Number(text));
    return [name, isNumber ? Number(text) : text] as const;
  });
  return Object.fromEntries(entries);
}

function bodyOf({ body }: PlainRequest): unknown {
  if (body === null) throw new ControlError({ title: "Body too large", status: 413 });
  if (body === "") return undefined;
  try {
    return parseJson(body);
  } catch (error) {
    throw badRequest(notJson(error));
  }
}
