/** Ordered failures of an operation: used up one by one, in the order in which they were ordered. */
import type { Fault } from "../core/store.ts";
import type { Transaction } from "../core/transaction.ts";
import type { OperationId } from "../spec/index.ts";
import { jsonAnswer, type PlainAnswer } from "./plain.ts";

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

/** A text is sent as it is, anything else as JSON. */
export function faultAnswer({ status, body }: NonNullable<Fault["answer"]>): PlainAnswer {
  if (body === undefined) return { status, headers: {}, body: "" };
  if (typeof body === "string") return { status, headers: { "content-type": "text/plain; charset=utf-8" }, body };
  return jsonAnswer(status, body);
}
