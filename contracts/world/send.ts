/** Sends a request to the API, records the exchange, and checks the request and the response against the schema. */

import { type Basis, inferred, universal } from "../spec/basis.ts";
import type { Refusal } from "../spec/dialects/codec.ts";
import { codecOf } from "../spec/dialects/index.ts";
import { UNDOCUMENTED_FIELD } from "../spec/schemas.ts";
import type { Operation } from "../spec/types.ts";
import { Busy, isBusy } from "../target/busy.ts";
import type { Target } from "../target/target.ts";
import { exchange, type HttpResponse, type Sent, TransportFailure } from "../target/transport.ts";
import { described, isAmong } from "./expect.ts";
import type { Secrets } from "./masking.ts";
import type { Session } from "./session.ts";
import type { Draft, Recorded, Reply, World } from "./world.ts";

interface Place {
  readonly target: Target;
  readonly violate: World["violate"];
  readonly noteForm: World["noteForm"];
  readonly secrets: Secrets;
  /** Returns the index of the exchange. */
  record(exchange: Recorded): number;
}

/** The suite made an invalid request without marking it as broken. */
class BrokenRequest extends Error {}

export function sender(session: Session, place: Place): (draft: Draft) => Promise<Reply> {
  const { target, record, secrets } = place;
  return async (draft) => {
    const operation = session.operation(draft.operation);
    assertWellFormed(session, draft);
    const sent = sentOf(draft, operation, target);
    const asked = { operation: operation.id, sent, broken: draft.broken, secrets };
    const { response, busy } = await answerOf(sent, operation, session, target).catch((error) => {
      const failure = error instanceof TransportFailure ? error.message : undefined;
      const received = error instanceof Busy ? error.response : undefined;
      if (failure !== undefined) record({ ...asked, response: received, failure, succeeded: false });
      throw error;
    });
    const json = jsonOf(response.body);
    const succeeded = !BODILESS.has(sent.method) && codecOf(operation.dialect).succeeded(response, json);
    const index = record({ ...asked, response, failure: undefined, succeeded });
    const reply: Reply = { ...response, operation: operation.id, json, succeeded, busy, exchange: index };
    const seen = draft.prepares ? preparation(operation.id, session, place) : place;
    checkStatus(reply, session, seen, draft);
    const isAsDocumented = draft.method === undefined && draft.path === undefined;
    if (isAsDocumented && busy === undefined) checkForm(reply, session, seen);
    return reply;
  };
}

interface Answer {
  readonly response: HttpResponse;
  /** Set for a 429 that stayed, in the API's own form. It may be a refusal of the request, or a limit of the gateway. */
  readonly busy: Busy | undefined;
}

/** Sends the request, and again while the target is too busy for it. Throws `Busy` if it stays so. */
async function answerOf(sent: Sent, operation: Operation, session: Session, target: Target): Promise<Answer> {
  try {
    const response = await session.guarded(operation.id, async () => {
      const received = await exchange(sent, session.timeoutMs, target.fetch);
      if (!isBusy(received)) return received;
      const busy = new Busy(new URL(sent.url).origin, received);
      // No limit of the documents ends at once. A gateway may refuse with the same error.
      if (isNamed(operation, received) && busy.retryAfterMs !== 0) return received;
      throw busy;
    });
    return { response, busy: undefined };
  } catch (error) {
    if (!(error instanceof Busy && error.isTooMany && refusalIn(operation, error.response))) throw error;
    return { response: error.response, busy: error };
  }
}

function refusalIn({ dialect }: Operation, response: HttpResponse): Refusal | undefined {
  return codecOf(dialect).refusalOf(response, jsonOf(response.body));
}

/** Whether the response is an error that the documents name for the operation. It does not pass with time. */
function isNamed(operation: Operation, response: HttpResponse): boolean {
  const refusal = refusalIn(operation, response);
  const errors = [...operation.errors.values()];
  return refusal !== undefined && errors.some(({ code, also }) => isAmong([code, ...also], refusal.code));
}

/** Says that a mistake is in the preparation, unless the form case of the operation reports it. */
function preparation(operation: string, session: Session, place: Place): Place {
  const named = (what: string) => `${what} (preparation by ${operation})`;
  const noteForm: Place["noteForm"] = (id, what, ...facts) =>
    place.noteForm(id, session.form.isJudged(id) ? what : named(what), ...facts);
  return { ...place, noteForm, violate: (what, ...facts) => place.violate(named(what), ...facts) };
}

/** Their responses do not tell whether the API carried out the request. */
const BODILESS: ReadonlySet<string> = new Set(["HEAD", "OPTIONS"]);

function sentOf(draft: Draft, operation: Operation, target: Target): Sent {
  const { method = operation.method, path = operation.path, moreHeaders, chunked, body, rawBody } = draft;
  const query = draft.query === undefined ? "" : `?${new URLSearchParams(draft.query)}`;
  return {
    method,
    url: `${target.baseUrl.replace(/\/+$/, "")}${path}${query}`,
    headers: { ...target.headers, ...draft.headers },
    ...(moreHeaders === undefined ? {} : { moreHeaders }),
    ...(chunked ? { chunked } : {}),
    body: rawBody ?? (body === undefined ? undefined : JSON.stringify(body)),
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

/** Applies to every response. */
function checkStatus(reply: Reply, session: Session, { violate }: Place, { method, chunked }: Draft): void {
  const { errors, dialect } = session.operation(reply.operation);
  const { status, exchange, json } = reply;
  if (status < 500 || (status === NOT_IMPLEMENTED && (method !== undefined || chunked))) return;
  const isRefusal = codecOf(dialect).refusalOf(reply, json) !== undefined;
  const isDocumented = isRefusal && [...errors.values()].some(({ mirroredStatus }) => mirroredStatus === status);
  if (isDocumented) return;
  const details = { basis: NO_SERVER_ERROR, certain: true, exchange } as const;
  violate("status", "no server error (status below 500)", String(status), details);
}

/** Right for a method or a transfer coding that the server does not know (RFC 9110, 15.6.2; RFC 9112, 6.1). */
const NOT_IMPLEMENTED = 501;

/** Applies to every response of the API to a request with the documented method and path. */
function checkForm(reply: Reply, session: Session, { noteForm }: Place): void {
  const { success, refusal, page, dialect } = session.operation(reply.operation);
  const { status, operation, exchange, json } = reply;
  const isRefusal = codecOf(dialect).refusalOf(reply, json) !== undefined;
  const note = (what: string, expected: string, got: string, basis: Basis) =>
    noteForm(operation, what, expected, got, { basis, exchange });
  const schema = (reference: string) => (value: unknown) => session.schema(reference, value);
  if (isRefusal) noteMistakes(schema(refusal), json, "the refusal", { note, page });
  if (!reply.succeeded) return;
  if (status !== 200) note("status of a success", "200", String(status), page);
  if (success === undefined) noteBody(reply, { note, page });
  else noteMistakes(schema(success), json, "the response", { note, page });
}

const NO_SERVER_ERROR = universal("No request leads to a server error.");
const EMPTY_VALUES: ReadonlySet<string> = new Set(["{}", "null", '""']);
const EMPTY_VALUE = inferred("The page shows no body. A client does not notice an empty value.");
const MORE_FIELDS = inferred("The page shows the fields. It does not say that there are no others.");

interface Noting {
  note(what: string, expected: string, got: string, basis: Basis): void;
  readonly page: Basis;
}

/** The body of a success that has none on its page. */
function noteBody(reply: Reply, { note, page }: Noting): void {
  const body = reply.body.trim();
  if (body === "") return;
  if (EMPTY_VALUES.has(body)) note("body of a success", "no body", body, EMPTY_VALUE);
  else note("body of a success", "no body", described(reply), page);
}

function noteMistakes(
  mistakesIn: (value: unknown) => readonly string[],
  json: unknown,
  what: string,
  { note, page }: Noting,
): void {
  const expected = "the fields that openapi.yaml shows";
  const mistakes = mistakesIn(json);
  const nulls = mistakes.flatMap((mistake) => NULL_FIELD.exec(mistake)?.[1] ?? []);
  for (const name of nulls) note(`schema of ${what}`, expected, `${name}: null`, NULL_AS_NONE);
  // Without these fields, the schema still misses one that it requires.
  for (const mistake of nulls.length === 0 ? mistakes : mistakesIn(without(json, nulls))) {
    note(`schema of ${what}`, expected, mistake, mistake.endsWith(UNDOCUMENTED_FIELD) ? MORE_FIELDS : page);
  }
}

/** How the schema check names a field of the body whose value is null. */
const NULL_FIELD = /^(\w+): Instance type "null" is invalid/;
const NULL_AS_NONE = inferred("The page shows no null. A client may read it as a field that is left out.");

function without(json: unknown, names: readonly string[]): unknown {
  return Object.fromEntries(Object.entries(Object(json)).filter(([name]) => !names.includes(name)));
}

function jsonOf(text: string): unknown {
  try {
    return text === "" ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}
