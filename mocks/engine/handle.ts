/** Handles a request: route, parse, run the checks in the order of the spec, run the operation, respond. Knows no dialect. */
import { policyOf } from "../core/policy.ts";
import type { Awaitable } from "../core/store.ts";
import type { AnyDialect, Check, RequestContext } from "../dialect-kit/operation.ts";
import { type Fields, parseBody } from "../http/body.ts";
import type { PlainRequest, PlainResponse } from "../http/message.ts";
import type { CheckId, OperationEntry } from "../spec/index.ts";
import { type Decision, notEmulated, wrongMethod } from "./decision.ts";
import { delayOf, faultResponse, takeFault, withTransportFault } from "./faults.ts";
import { toJournalEntry } from "./journal.ts";
import { magicOf } from "./magic.ts";
import { route } from "./route.ts";
import { type Access, type MockContext, transact } from "./transact.ts";
import { mapMaybePromise } from "./walk.ts";

/** Checks and operations come from a table here, so their types are those of any operation. */
type AnyOperationContext = RequestContext & { readonly body: Fields };
interface AnyOperation {
  readonly checks: { readonly [C in CheckId]?: Check<AnyOperationContext> };
  run(context: AnyOperationContext): unknown;
}

/** Returns a promise only if something has to wait. */
export function handle(request: PlainRequest, mock: MockContext): Awaitable<PlainResponse> {
  const target = route(request.method, request.path, request.headers);
  if (target.found !== "operation") {
    const decision = target.found === "path" ? wrongMethod(request, target.allow) : notEmulated(request, target);
    return respondInSandbox(request, mock, undefined, () => decision);
  }
  const { entry } = target;
  const dialect = dialectOf(mock, entry);
  const body = parseBody(request);
  const requestId = requestIdOnce(mock);
  return respondInSandbox(request, mock, dialect, (access, clientKnown) =>
    "fields" in body
      ? decide(contextOf(request, body.fields, dialect, access, clientKnown, mock, requestId), entry, dialect)
      : { response: body.response, operation: entry.id, decidedBy: body.refusedBy, why: body.why },
  );
}

/** Decides and writes the journal entry in one transaction. Responds after the transaction has been committed. */
function respondInSandbox(
  request: PlainRequest,
  mock: MockContext,
  dialect: AnyDialect | undefined,
  decideIn: (access: Access, clientKnown: boolean) => Decision,
): Awaitable<PlainResponse> {
  const clientId = dialect?.clientId(request.headers) ?? anyClientId(request, mock);
  const inSandbox = (id: string, known: boolean) =>
    transact(mock, id, (access) => {
      const decision = decideIn(access, known);
      access.tx.append("requests", toJournalEntry(request, decision, access.now));
      return decision;
    });
  const own = clientId === undefined ? undefined : inSandbox(clientId, true);
  const decided = mapMaybePromise(own, (decision) => decision ?? inSandbox(mock.defaultClientId, false));
  return mapMaybePromise(decided, (decision) => {
    if (decision === undefined) throw new Error(`The default sandbox ${mock.defaultClientId} does not exist`);
    return decision.delayMs || decision.hangs ? respondLate(request, decision, mock) : decision.response;
  });
}

async function respondLate(request: PlainRequest, decision: Decision, mock: MockContext): Promise<PlainResponse> {
  if (decision.delayMs) await mock.sleep(decision.delayMs, request.gone?.());
  if (!decision.hangs) return decision.response;
  await clientGone(request);
  return { ...decision.response, transport: "reset" };
}

/** Resolves when the client has disconnected; never, if the adapter cannot report that. */
function clientGone({ gone }: PlainRequest): Promise<void> {
  return new Promise((resolve) => {
    const signal = gone?.();
    if (signal?.aborted) resolve();
    signal?.addEventListener("abort", () => resolve(), { once: true });
  });
}

function decide(context: AnyOperationContext, entry: OperationEntry, dialect: AnyDialect): Decision {
  const fault = context.clientKnown ? takeFault(context.tx, entry.id) : undefined;
  const refuse = (name: CheckId) => refusal(context, name, checkOf(operationOf(entry, dialect), name), dialect);
  if (fault === undefined) {
    const magic =
      context.policy.magic_values && context.clientKnown ? magicOf(context.body, entry, dialect) : undefined;
    if (magic === undefined) return runChecks(context, entry, dialect);
    return {
      response: refuse(magic.check),
      operation: entry.id,
      decidedBy: magic.check,
      why: magic.why,
      injected: true,
    };
  }
  const decision = faultResponse(fault, entry.id, refuse) ?? runChecks(context, entry, dialect);
  return withTransportFault(decision, fault, delayOf(fault, context));
}

/** The first check that refuses decides. If all pass, the operation runs. */
function runChecks(context: AnyOperationContext, entry: OperationEntry, dialect: AnyDialect): Decision {
  const operation = operationOf(entry, dialect);
  for (const name of entry.checks) {
    const check = checkOf(operation, name);
    const why = check.refuses(context);
    if (why === undefined) continue;
    recordPassed(context, operation, entry.checks.slice(0, entry.checks.indexOf(name)));
    check.afterFailure?.(context);
    return { response: refusal(context, name, check, dialect), operation: entry.id, decidedBy: name, why };
  }
  const response = dialect.envelope.success(operation.run(context), context);
  return { response: response, operation: entry.id, decidedBy: "passed", why: "every check passed" };
}

/** Records that these checks passed, although a later one refuses the request. */
function recordPassed(context: AnyOperationContext, operation: AnyOperation, passed: readonly CheckId[]) {
  for (const name of passed) checkOf(operation, name).afterLaterFailure?.(context);
}

function refusal(context: AnyOperationContext, name: CheckId, check: Check<AnyOperationContext>, dialect: AnyDialect) {
  return dialect.envelope.failure(name, check.params?.(context.policy) ?? [], context);
}

function contextOf(
  { headers }: PlainRequest,
  body: Fields,
  dialect: AnyDialect,
  { tx, settings, now }: Access,
  isNamed: boolean,
  { services }: MockContext,
  requestId: () => string,
): AnyOperationContext {
  const policy = policyOf(settings, dialect);
  const language = dialect.language(headers, policy);
  const clientId = dialect.clientId(headers);
  const clientKnown = isNamed || (clientId === undefined && dialect.acceptsNoClientId?.(policy) === true);
  return { headers, body, clientId, clientKnown, tx, now, policy, language, services, requestId, derived: [] };
}

/** Makes the id of the request outside of the walk, which may be repeated. */
function requestIdOnce(mock: MockContext): () => string {
  let id: string | undefined;
  return () => {
    id ??= mock.nextRequestId();
    return id;
  };
}

function dialectOf(mock: MockContext, entry: OperationEntry): AnyDialect {
  const dialect = mock.dialects.find((candidate) => candidate.name === entry.dialect);
  if (dialect === undefined) {
    throw new Error(
      `openapi.yaml has ${entry.id} of dialect "${entry.dialect}", but createMock does not know that dialect`,
    );
  }
  return dialect;
}

/** The type of the table guarantees that every operation exists with all of its checks. */
function operationOf({ id }: OperationEntry, dialect: AnyDialect): AnyOperation {
  return (dialect.operations as Record<string, AnyOperation>)[id] as AnyOperation;
}

function checkOf(operation: AnyOperation, name: CheckId): Check<AnyOperationContext> {
  return operation.checks[name] as Check<AnyOperationContext>;
}

function anyClientId({ headers }: PlainRequest, { dialects }: MockContext): string | undefined {
  for (const dialect of dialects) {
    const clientId = dialect.clientId(headers);
    if (clientId !== undefined) return clientId;
  }
  return undefined;
}
