/** Sends a request to the API, records the exchange, and checks the request and the response against the schema. */

import { codecOf } from "../spec/dialects/index.ts";
import type { Target } from "../target/target.ts";
import { exchange, type Sent, TransportFailure } from "../target/transport.ts";
import { described } from "./expect.ts";
import type { Session } from "./session.ts";
import type { Draft, Recorded, Reply } from "./world.ts";

interface Place {
  readonly target: Target;
  violate(what: string, expected: string, got: string): void;
  record(exchange: Recorded): void;
}

/** The suite made an invalid request without marking it as broken. */
class BrokenRequest extends Error {}

export function sender(session: Session, { target, violate, record }: Place): (draft: Draft) => Promise<Reply> {
  return async (draft) => {
    const operation = session.operation(draft.operation);
    assertWellFormed(session, draft);
    const query = draft.query === undefined ? "" : `?${new URLSearchParams(draft.query)}`;
    const sent: Sent = {
      method: operation.method,
      url: `${target.baseUrl.replace(/\/+$/, "")}${operation.path}${query}`,
      headers: { ...target.headers, ...draft.headers },
      body: draft.rawBody ?? (draft.body === undefined ? undefined : JSON.stringify(draft.body)),
    };
    const asked = { operation: operation.id, sent, broken: draft.broken };
    const response = await session
      .guarded(() => exchange(sent, session.timeoutMs, target.fetch))
      .catch((error) => {
        const failure = error instanceof TransportFailure ? error.message : undefined;
        if (failure !== undefined) record({ ...asked, response: undefined, failure });
        throw error;
      });
    record({ ...asked, response: response, failure: undefined });
    const json = jsonOf(response.body);
    const succeeded = codecOf(operation.dialect).succeeded(response, json);
    const reply: Reply = { ...response, operation: operation.id, json, succeeded };
    checkResponse(reply, session, violate);
    return reply;
  };
}

/** Checks the suite's own request. */
function assertWellFormed(session: Session, draft: Draft): void {
  if (draft.broken !== undefined) return;
  const operation = session.operation(draft.operation);
  const errors = operation.body === undefined ? [] : session.schema(operation.body, draft.body);
  const names = new Set(Object.keys(draft.headers).map((name) => name.toLowerCase()));
  const absent = operation.headers.filter(({ name, required }) => required && !names.has(name.toLowerCase()));
  const all = [...errors, ...absent.map(({ name }) => `header ${name} is missing`)];
  if (all.length > 0)
    throw new BrokenRequest(`the suite made an invalid ${draft.operation} request: ${all.join("; ")}`);
}

/** Checks that apply to every response. */
function checkResponse(reply: Reply, session: Session, violate: Place["violate"]): void {
  const { success, refusal, dialect, errors } = session.operation(reply.operation);
  const isRefusal = codecOf(dialect).refusalOf(reply, reply.json) !== undefined;
  const isDocumented = isRefusal && [...errors.values()].some(({ mirroredStatus }) => mirroredStatus === reply.status);
  if (reply.status >= 500 && !isDocumented) {
    violate("status", "no server error (status below 500)", String(reply.status));
  }
  if (!isRefusal && reply.status !== 200) return;
  const schema = isRefusal ? refusal : success;
  if (schema === undefined) {
    if (reply.body !== "") violate("body of the response", "no body", described(reply));
    return;
  }
  const mistakes = session.schema(schema, reply.json);
  const what = `schema of ${isRefusal ? "the refusal" : "the response"}`;
  if (mistakes.length > 0) violate(what, "the closed schema of openapi.yaml", mistakes.join("; "));
}

function jsonOf(text: string): unknown {
  try {
    return text === "" ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}
