/** Planted codes, and the messages that were sent. */
import { plantCode, systemOf } from "../codes.ts";
import { type HttpResponse, problem } from "../http-values.ts";
import { inSeconds, type Message, receiverKey, type World } from "../state.ts";
import {
  type Asked,
  type ControlCall,
  created,
  fieldsIn,
  isExpiresIn,
  moment,
  notOffered,
  ok,
  textOfLength,
} from "./handler.ts";

export const codeCalls: readonly ControlCall[] = [
  { route: /^POST \/codes$/, capability: "codes", respond: plant },
  { route: /^GET \/messages$/, capability: "messages", respond: listMessages },
];

interface CodeOrder {
  readonly to?: string;
  readonly scene?: string;
  readonly code?: string;
  readonly expires_in?: number;
}

function plant(asked: Asked): HttpResponse {
  const isCode = (value: unknown) => typeof value === "string" && /^\S{1,32}$/.test(value);
  const judges = { to: textOfLength(254), scene: textOfLength(64), code: isCode, expires_in: isExpiresIn };
  const input = fieldsIn(asked.call, judges);
  if (typeof input === "string") return problem(400, "Malformed code", input);
  const { to, scene, code, expires_in: seconds } = input as CodeOrder;
  if (to === undefined || scene === undefined) return problem(400, "Malformed code", "to and scene are required");
  const missing = seconds !== undefined && seconds <= 0 ? notOffered(asked, "expired codes") : undefined;
  if (missing !== undefined) return missing;
  const { world } = asked;
  const { code_ttl_seconds: usual } = world.policy.of(systemOf(scene));
  return created({ code: plantCode(world, { to, scene }, code, inSeconds(world, seconds ?? usual)) });
}

function listMessages({ call: { query }, world }: Asked): HttpResponse | Promise<HttpResponse> {
  const [to, scene] = [query.get("to"), query.get("scene")];
  const after = query.get("after") ?? "0";
  const wait = Number(query.get("wait") ?? "0");
  if (to === "" || scene === "") return problem(400, "Malformed query", "to and scene must not be empty");
  if (!/^\d{1,15}$/.test(after)) return problem(400, "Malformed query", "after is not the id of a message");
  if (!(wait >= 0 && wait <= 60)) return problem(400, "Malformed query", "wait is not from 0 to 60");
  const fits = (message: Message) =>
    (to === null || receiverKey(message.to, world) === receiverKey(to, world)) &&
    (scene === null || message.scene === scene) &&
    message.id > Number(after);
  const found = () => world.messages.filter(fits);
  const listed = () => ok({ messages: found().map((message) => written(message)) });
  return found().length > 0 || wait === 0
    ? listed()
    : nextMessage(world, fits, Math.min(wait, world.choices.longestWaitSeconds)).then(listed);
}

/** Waits until a message matches, or until so many seconds have passed. */
function nextMessage(world: World, fits: (message: Message) => boolean, seconds: number): Promise<void> {
  return new Promise((resolve) => {
    const finish = () => {
      clearTimeout(timer);
      world.watchers.delete(look);
      resolve();
    };
    const look = () => {
      if (world.messages.some(fits)) finish();
    };
    const timer = setTimeout(finish, seconds * 1000);
    world.watchers.add(look);
  });
}

function written({ id, sentAt, expiresAt, ...rest }: Message): object {
  const channel = rest.scene.endsWith("_EMS") ? "email" : "sms";
  return { ...rest, channel, expires_at: moment(expiresAt), sent_at: moment(sentAt), id: String(id) };
}
