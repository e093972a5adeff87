/** Faults: the next requests of an operation get a refusal, or any response. It breaks no connections and delays nothing. */
import { randomUUID } from "node:crypto";
import { operations } from "../bamboocloud/front.ts";
import { codeOf, type Operation } from "../bamboocloud/operation.ts";
import { type Cause, CODES } from "../causes.ts";
import { GENAUTH_OPERATIONS, genauthRefusal } from "../genauth/refusals.ts";
import { type HttpResponse, problem } from "../http-values.ts";
import type { Choices } from "../options.ts";
import type { Fault } from "../state.ts";
import { type Asked, type ControlCall, created, fieldsIn, notOffered, textOfLength } from "./handler.ts";

export const faultCalls: readonly ControlCall[] = [
  { route: /^POST \/faults$/, capability: "faults", respond: addFault },
  { route: /^DELETE \/faults$/, capability: "faults", respond: clearFaults },
];

interface Order {
  readonly operation?: string;
  readonly check?: string;
  readonly error?: string;
  readonly status?: number;
  readonly body?: unknown;
  readonly times?: number;
}

const isWhole = (from: number, to: number) => (value: unknown) =>
  typeof value === "number" && Number.isInteger(value) && value >= from && value <= to;

const judges = {
  operation: textOfLength(64),
  check: textOfLength(64),
  error: textOfLength(64),
  status: isWhole(200, 599),
  body: () => true,
  times: isWhole(1, 1_000_000_000),
};

function addFault(asked: Asked): HttpResponse {
  const input = fieldsIn(asked.call, judges);
  if (typeof input === "string") return problem(400, "Malformed fault", input);
  const order = input as Order;
  const { operation = "", check, error, times = 1 } = order;
  const missing = notOffered(asked, `fault ${check ?? error}`) ?? notOffered(asked, `fault ${operation}`);
  if (missing !== undefined) return missing;
  const effect = effectOf(order, asked.sandboxes.choices);
  if (typeof effect === "string") return problem(400, "Malformed fault", effect);
  const id = randomUUID();
  asked.world.faults.push({ id, operation, remaining: times, ...effect });
  return created({ id });
}

type Effect = Pick<Fault, "cause" | "code" | "status" | "body">;

function effectOf({ operation = "", check, error, status, body }: Order, choices: Choices): Effect | string {
  const effect: Effect = { cause: undefined, code: undefined, status, body };
  const own = operations.find(({ id }) => id === operation);
  const isGenauth = GENAUTH_OPERATIONS.includes(operation) && choices.dialects.includes("genauth");
  if (own === undefined && !isGenauth) return `unknown operation ${operation}`;
  if (check !== undefined)
    return isKnown(own, check) ? { ...effect, cause: check } : `${operation} has no check ${check}`;
  if (error !== undefined) return withCode(own, error, effect);
  return status === undefined ? "one of check, error and status is required" : effect;
}

/** In GenAuth each operation can refuse for each cause. */
function isKnown(own: Operation | undefined, check: string): boolean {
  return own === undefined ? genauthRefusal(check) !== undefined : Object.hasOwn(CODES, check);
}

function withCode(own: Operation | undefined, error: string, effect: Effect): Effect | string {
  if (own === undefined)
    return /^\d{3}(?:\/\d+)?$/.test(error) ? { ...effect, code: error } : `GenAuth has no code ${error}`;
  const code = error.replace(/^IDAAS\.SDK\./, "");
  const isKnownCode = Object.keys(CODES).some((cause) => codeOf(own, cause as Cause) === code);
  return isKnownCode ? { ...effect, code } : `this backend has no error code ${error}`;
}

function clearFaults({ world }: Asked): HttpResponse {
  world.faults.length = 0;
  return { status: 204 };
}
