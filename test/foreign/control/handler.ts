/** What a control call is, and how its body is judged. */
import { type Call, fieldsOf, type HttpResponse, problem } from "../http-values.ts";
import type { Capability } from "../options.ts";
import type { Sandboxes } from "../sandboxes.ts";
import type { World } from "../state.ts";

export interface Asked {
  readonly call: Call;
  readonly world: World;
  readonly sandboxes: Sandboxes;
  /** The id in the path. */
  readonly id: string;
}

export interface ControlCall {
  /** Of the method and the path below `/__testkit`. */
  readonly route: RegExp;
  /** null for what every target has. */
  readonly capability: Capability | null;
  respond(asked: Asked): HttpResponse | Promise<HttpResponse>;
}

export function ok(body: object): HttpResponse {
  return { status: 200, body };
}

export function created(body: object): HttpResponse {
  return { status: 201, body };
}

/** The refusal of one subject, such as "fault gateway-down", if this backend does not offer it. */
export function notOffered({ sandboxes }: Asked, subject: string): HttpResponse | undefined {
  const status = sandboxes.choices.controlRefusals[subject];
  return status === undefined ? undefined : problem(status, "Not offered", subject);
}

type Fields = Readonly<Record<string, unknown>>;

/** The fields of the body, each of which the judges must accept; or what is wrong with it. */
export function fieldsIn(
  { body = "too long" }: Call,
  judges: Readonly<Record<string, (value: unknown) => boolean>>,
): Fields | string {
  const fields = fieldsOf(body);
  if (fields === undefined) return "the body is not a JSON object";
  for (const [name, value] of Object.entries(fields)) {
    const isRight = Object.hasOwn(judges, name) ? judges[name] : undefined;
    if (isRight === undefined) return `${name} is unknown`;
    if (!isRight(value)) return `${name} has a value that is not allowed`;
  }
  return fields;
}

export function textOfLength(longest: number, shortest = 1): (value: unknown) => boolean {
  return (value) => typeof value === "string" && [...value].length >= shortest && [...value].length <= longest;
}

const TEN_YEARS_S = 315_360_000;

export function isExpiresIn(value: unknown): boolean {
  return typeof value === "number" && Number.isInteger(value) && Math.abs(value) <= TEN_YEARS_S;
}

/** In whole seconds, which ISO 8601 allows as well. */
export function moment(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
}
