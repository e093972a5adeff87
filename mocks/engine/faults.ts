/** Ordered failures of an operation: used up one by one, in the order in which they were ordered. */
import type { Fault } from "../core/records.ts";
import type { Transaction } from "../core/transaction.ts";
import type { RequestContext } from "../dialect-kit/operation.ts";
import { jsonResponse, type PlainResponse } from "../http/message.ts";
import type { CheckId, OperationId } from "../spec/index.ts";
import type { Decision } from "./decision.ts";

/** The fault that this request meets, counted down; undefined when none is ordered. */
export async function takeFault(tx: Transaction, operation: OperationId): Promise<Fault | undefined> {
  const faults = await tx.get("faults", operation);
  const [first, ...rest] = faults ?? [];
  if (first === undefined) return undefined;
  const remaining = first.remaining - 1;
  if (remaining > 0) tx.set("faults", operation, [{ ...first, remaining }, ...rest]);
  else if (rest.length > 0) tx.set("faults", operation, rest);
  else tx.delete("faults", operation);
  return first;
}

/**
 * The answer that the fault gives by itself, without the request being carried out; undefined when it is carried out, and only
 * its answer suffers.
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

/** What the journal shows where the client got nothing. */
const NO_RESPONSE: PlainResponse = { status: 0, headers: {}, body: "" };

/** The decision with what the fault does to the way of its answer. */
export function withTransportFault(decision: Decision, { id, transport }: Fault, delayMs: number): Decision {
  if (transport === undefined) return { ...decision, delayMs };
  const why = decision.injected ? `${decision.why}: ${transport}` : `${decision.why}; fault ${id}: ${transport}`;
  if (transport === "hang") return { ...decision, why, injected: true, delayMs, hangs: true };
  return { ...decision, why, injected: true, delayMs, response: { ...decision.response, transport } };
}

/** The same fault of the same seed waits equally long each time. */
export function delayOf({ id, delayMs: { min, max }, remaining }: Fault, { services, tx }: RequestContext): number {
  return min === max ? min : services.randomness.integer(min, max, "delay", tx.sandbox, id, remaining);
}

/** A text is sent as it is, anything else as JSON. */
function customResponse({ status, body }: NonNullable<Fault["answer"]>): PlainResponse {
  if (body === undefined) return { status, headers: {}, body: "" };
  if (typeof body === "string") return { status, headers: { "content-type": "text/plain; charset=utf-8" }, body };
  return jsonResponse(status, body);
}
