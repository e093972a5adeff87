/** The scheduled faults of an operation. They are used up one by one, in the order in which they were scheduled. */
import type { Fault } from "../core/records.ts";
import type { Transaction } from "../core/transaction.ts";
import type { RequestContext } from "../dialect-kit/operation.ts";
import { jsonResponse, type PlainResponse } from "../http/message.ts";
import type { CheckId, OperationId } from "../spec/index.ts";
import type { Decision } from "./decision.ts";

/** Takes the next fault of the operation and counts it down; undefined if none is scheduled. */
export function takeFault(tx: Transaction, operation: OperationId): Fault | undefined {
  const [first, ...rest] = tx.get("faults", operation) ?? [];
  if (first === undefined) return undefined;
  const remaining = first.remaining - 1;
  if (remaining > 0) tx.set("faults", operation, [{ ...first, remaining }, ...rest]);
  else if (rest.length > 0) tx.set("faults", operation, rest);
  else tx.delete("faults", operation);
  return first;
}

/**
 * The decision that the fault makes instead of the operation; undefined if the operation is to run and the fault only delays
 * or cuts short its response.
 */
export function faultResponse(
  fault: Fault,
  operation: OperationId,
  refuse: (check: CheckId) => PlainResponse,
): Decision | undefined {
  const made = { operation, decidedBy: "fault", why: `fault ${fault.id}`, injected: true } as const;
  if (fault.answer !== undefined) return { ...made, response: customResponse(fault.answer) };
  if (fault.check !== undefined) return { ...made, decidedBy: fault.check, response: refuse(fault.check as CheckId) };
  if (fault.transport === undefined || fault.transport === "truncate") return undefined;
  return { ...made, response: NO_RESPONSE };
}

/** The response in the journal if the client got none. */
const NO_RESPONSE: PlainResponse = { status: 0, headers: {}, body: "" };

/** Adds the delay and the transport failure of the fault to the decision. */
export function withTransportFault(decision: Decision, { id, transport }: Fault, delayMs: number): Decision {
  if (transport === undefined) return { ...decision, delayMs };
  const why = decision.injected ? `${decision.why}: ${transport}` : `${decision.why}; fault ${id}: ${transport}`;
  if (transport === "hang") return { ...decision, why, injected: true, delayMs, hangs: true };
  return { ...decision, why, injected: true, delayMs, response: { ...decision.response, transport } };
}

/** The delay in milliseconds. The same seed and fault give the same delay. */
export function delayOf({ id, delayMs: { min, max }, remaining }: Fault, { services, tx }: RequestContext): number {
  return min === max ? min : services.randomness.integer(min, max, "delay", tx.sandbox, id, remaining);
}

/** Sends a text unchanged and any other body as JSON. */
function customResponse({ status, body }: NonNullable<Fault["answer"]>): PlainResponse {
  if (body === undefined) return { status, headers: {}, body: "" };
  if (typeof body === "string") return { status, headers: { "content-type": "text/plain; charset=utf-8" }, body };
  return jsonResponse(status, body);
}
