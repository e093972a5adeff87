/** The control protocol over HTTP. Each response is checked against contracts/control.yaml: status, media type and schema. */
import { fileURLToPath } from "node:url";
import SwaggerParser from "@apidevtools/swagger-parser";
import { type Schema, Validator } from "@cfworker/json-schema";
import { expect } from "vitest";
import type { ControlId, ControlOutput } from "../../../mocks/control/calls.ts";
import type { Mock } from "../../../mocks/index.ts";

type Content = Readonly<Record<string, { readonly schema: Schema }>>;

interface Call {
  readonly operationId: ControlId;
  readonly requestBody?: { readonly content: Content };
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly schema: Schema }[];
  readonly responses: Readonly<Record<string, { readonly content?: Content }>>;
}

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Call>>>>;
  readonly components: { readonly schemas: { readonly Problem: Schema } };
}

const file = fileURLToPath(new URL("../../../contracts/control.yaml", import.meta.url));
// The parser types any OpenAPI document. `Document` has the parts of this one that tests use.
const document = (await SwaggerParser.dereference(file)) as unknown as Document;

export const controlCalls = Object.entries(document.paths).flatMap(([path, item]) =>
  Object.entries(item).map(([method, call]) => ({ ...call, method: method.toUpperCase(), path })),
);

export function controlCall(id: ControlId) {
  const found = controlCalls.find(({ operationId }) => operationId === id);
  if (found === undefined) throw new Error(`control.yaml has no call ${id}`);
  return found;
}

/** Loosely typed, so that invalid input can be sent as well. A body that is a text is sent as it is. */
export interface Input {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string | number>>;
  readonly body?: unknown;
  readonly clientId?: string;
}

export interface ControlResponse {
  readonly status: number;
  readonly headers: Headers;
  /** The parsed JSON; undefined for an empty body. */
  readonly body: unknown;
}

export interface Problem {
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  readonly [field: string]: unknown;
}

export function controlHttp(mock: Mock) {
  const accounts = new Set<string>();

  async function send(method: string, path: string, { body, clientId = "" }: Input = {}): Promise<ControlResponse> {
    const response = await mock.fetch(`http://ciam.test${path}`, {
      method,
      headers: { "content-type": "application/json", ...(clientId === "" ? {} : { "x-client-id": clientId }) },
      ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: text === "" ? undefined : JSON.parse(text) };
  }

  /** Sends the call; control.yaml must document the response. */
  async function sendCall(id: ControlId, input: Input): Promise<ControlResponse> {
    const call = controlCall(id);
    const response = await send(call.method, addressOf(call.path, input), input);
    const documented = call.responses[response.status];
    if (documented === undefined) throw new Error(`${id} does not document ${response.status} ${said(response)}`);
    assertFits(response, documented.content);
    return response;
  }

  async function done<Id extends ControlId>(id: Id, input: Input = {}): Promise<ControlOutput<Id>> {
    const response = await sendCall(id, input);
    if (response.status >= 300) throw new Error(`${id} answers ${response.status} ${said(response)}`);
    if (id === "createAccount") accounts.add((response.body as ControlOutput<"createAccount">).id);
    return response.body as ControlOutput<Id>;
  }

  /** The readable state of the sandbox: policy, clock, inbox, journal, and the accounts created with `done`. */
  async function everything(clientId = "") {
    const read = (id: ControlId, input: Input = {}) => sendCall(id, { clientId, ...input });
    const each = [...accounts].map((id) => read("readAccount", { params: { id } }));
    return Promise.all([read("readPolicy"), read("readClock"), read("listMessages"), read("listRequests"), ...each]);
  }

  /** The problem document of a refused call; nothing may have changed. */
  async function refused(id: ControlId, input: Input = {}): Promise<Problem> {
    const before = await everything();
    const response = await sendCall(id, input);
    if (response.status < 300) throw new Error(`${id} answers ${response.status} ${said(response)}`);
    expect(await everything()).toEqual(before);
    return problemOf(response);
  }

  return { send, done, refused, everything };
}

/** The response as a problem document. */
export function problemOf(response: ControlResponse): Problem {
  assertFits(response, { "application/problem+json": { schema: document.components.schemas.Problem } });
  const problem = response.body as Problem;
  expect(problem.status).toBe(response.status);
  return problem;
}

/** A response without content has no body. */
function assertFits({ headers, body }: ControlResponse, content: Content = {}): void {
  const [documented] = Object.entries(content);
  if (documented === undefined) {
    expect(body).toBeUndefined();
    return;
  }
  const [mediaType, { schema }] = documented;
  expect(headers.get("content-type")).toBe(mediaType);
  expect(new Validator(schema, "2020-12", false).validate(body)).toEqual({ valid: true, errors: [] });
}

function addressOf(path: string, { params = {}, query = {} }: Input): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(params[name] ?? `no-such-${name}`));
  const search = new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)]));
  return search.size === 0 ? filled : `${filled}?${search}`;
}

function said({ body }: ControlResponse): string {
  return JSON.stringify(body) ?? "without a body";
}
