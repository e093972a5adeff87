/** The clock of a sandbox: an offset to real time, or a moment at which it stands still. */
import { problem } from "../http-values.ts";
import { now, type World } from "../state.ts";
import { type Asked, type ControlCall, fieldsIn, moment, ok } from "./handler.ts";

export const clockCalls: readonly ControlCall[] = [
  { route: /^GET \/clock$/, capability: "clock", respond: ({ world }) => ok(shown(world)) },
  { route: /^POST \/clock$/, capability: "clock", respond: setClock },
];

const CENTURY_S = 3_153_600_000;

function setClock({ call, world }: Asked) {
  const input = fieldsIn(call, {
    advance_seconds: (value) => typeof value === "number" && value >= 0 && value <= CENTURY_S,
    set: (value) => typeof value === "string" && Number.isFinite(Date.parse(value)),
    frozen: (value) => typeof value === "boolean",
  });
  if (typeof input === "string" || Object.keys(input).length === 0)
    return problem(400, "Malformed clock", String(input));
  const {
    advance_seconds: seconds = 0,
    set,
    frozen,
  } = input as {
    readonly advance_seconds?: number;
    readonly set?: string;
    readonly frozen?: boolean;
  };
  const before = now(world);
  move(world, (set === undefined ? before : Date.parse(set)) + seconds * 1000 - before);
  if (frozen !== undefined) freeze(world, frozen);
  return ok(shown(world));
}

function move(world: World, milliseconds: number): void {
  if (world.frozenAt === undefined) world.offset += milliseconds;
  else world.frozenAt += milliseconds;
}

function freeze(world: World, frozen: boolean): void {
  const moment = now(world);
  world.offset = moment - Date.now();
  world.frozenAt = frozen ? moment : undefined;
}

function shown(world: World): object {
  const offset_seconds = Math.round((now(world) - Date.now()) / 1000);
  return { now: moment(now(world)), offset_seconds, frozen: world.frozenAt !== undefined };
}
