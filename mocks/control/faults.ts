/** Schedules, lists and removes faults: error responses, transport failures and latency. */
import type { Fault } from "../core/records.ts";
import { nextCount } from "../core/transaction.ts";
import type { AnyDialect } from "../dialect-kit/operation.ts";
import type { MockContext } from "../engine/transact.ts";
import { hasNoBody } from "../http/message.ts";
import { ControlError } from "../http/problem.ts";
import { type CheckId, type OperationEntry, operationEntries } from "../spec/index.ts";
import { badRequest, type ControlInput, type Handlers, inSandbox, type Schemas } from "./calls.ts";

type Options = ControlInput<"addFault">["body"];

export const faults: Handlers<"listFaults" | "addFault" | "removeFault" | "clearFaults"> = {
  listFaults: (_input, context) =>
    inSandbox(context, ({ tx }) => {
      const waiting: Schemas["WaitingFault"][] = [];
      for (const entry of operationEntries) {
        const faults = tx.get("faults", entry.id) ?? [];
        waiting.push(...faults.map((fault) => onWire(fault, entry, context.mock)));
      }
      return { faults: waiting };
    }),

  addFault({ body: options }, context) {
    const entry = operationOf(options.operation);
    const fault = { ...effectOf(options, entry, context.mock), delayMs: delayOf(options) };
    return inSandbox(context, ({ tx }) => {
      const id = String(nextCount(tx, "fault"));
      const before = tx.get("faults", entry.id) ?? [];
      tx.set("faults", entry.id, [...before, { id, ...fault, remaining: options.times ?? 1 }]);
      return { id };
    });
  },

  removeFault: ({ params: { id } }, context) =>
    inSandbox(context, ({ tx }) => {
      for (const { id: operation } of operationEntries) {
        const faults = tx.get("faults", operation) ?? [];
        const others = faults.filter((fault) => fault.id !== id);
        if (others.length === faults.length) continue;
        if (others.length > 0) tx.set("faults", operation, others);
        else tx.delete("faults", operation);
        return undefined;
      }
      throw new ControlError({ title: "No such fault", status: 404, detail: `no fault ${id} waits for a request` });
    }),

  clearFaults: (_input, context) =>
    inSandbox(context, ({ tx }) => {
      for (const { id } of operationEntries) tx.delete("faults", id);
      return undefined;
    }),
};

function onWire(
  { id, check, answer, transport, delayMs, remaining }: Fault,
  { id: operation, dialect: name }: OperationEntry,
  { dialects }: MockContext,
): Schemas["WaitingFault"] {
  const dialect = dialects.find((candidate) => candidate.name === name);
  return {
    id,
    operation,
    ...(check === undefined || dialect === undefined ? {} : { check, error: dialect.errorCode(check as CheckId) }),
    ...answer,
    ...(transport === undefined ? {} : { transport }),
    delay_ms: delayMs,
    remaining,
  };
}

function operationOf(name: string): OperationEntry {
  const entry = operationEntries.find(({ id }) => id === name);
  if (entry === undefined) {
    throw badRequest(`unknown operation "${name}"`, { operations: operationEntries.map(({ id }) => id) });
  }
  return entry;
}

function effectOf(
  options: Options,
  entry: OperationEntry,
  mock: MockContext,
): Pick<Fault, "check" | "answer" | "transport"> {
  assertPossible(options);
  const { check, error, status, body, transport } = options;
  const responds = status !== undefined || body !== undefined;
  return {
    ...(check === undefined && error === undefined ? {} : { check: checkOf(options, entry, mock) }),
    ...(responds ? { answer: { status: status ?? 200, ...(body === undefined ? {} : { body }) } } : {}),
    ...(transport === undefined ? {} : { transport }),
  };
}

function assertPossible({ check, error, status, body, transport, delay_ms }: Options): void {
  const refusal = check ?? error;
  const custom = status ?? body;
  if (refusal !== undefined && custom !== undefined) {
    throw badRequest("give either check and error, or status and body, but not both");
  }
  const made = refusal ?? custom;
  if (made !== undefined && transport !== undefined && transport !== "truncate") {
    throw badRequest(`transport ${transport} sends no response: remove check, error, status and body`);
  }
  if (transport === "truncate" && status !== undefined && hasNoBody(status)) {
    throw badRequest(`transport truncate needs a body, and a response with status ${status} has none`);
  }
  if (made === undefined && transport === undefined && delay_ms === undefined) {
    throw badRequest("a fault needs at least one of check, error, status, body, transport and delay_ms");
  }
}

function delayOf({ delay_ms = 0 }: Options): Fault["delayMs"] {
  if (typeof delay_ms === "number") return { min: delay_ms, max: delay_ms };
  if (delay_ms.min > delay_ms.max) throw badRequest("delay_ms: min must not exceed max");
  return delay_ms;
}

/** The check with this name, this error code, or both. Throws a `ControlError` that lists the possible ones. */
function checkOf({ check, error }: Options, entry: OperationEntry, { dialects }: MockContext): string {
  const dialect = dialects.find(({ name }) => name === entry.dialect) as AnyDialect;
  const possible = entry.checks.map((name) => ({ check: name, error: dialect.errorCode(name) }));
  const found = possible.find(
    (candidate) => (check ?? candidate.check) === candidate.check && (error ?? candidate.error) === candidate.error,
  );
  if (found === undefined) {
    throw badRequest(`${entry.id} never fails with ${[check, error].filter(Boolean).join(" as ")}`, { possible });
  }
  return found.check;
}
