/** The part of the control protocol that this backend offers: no clock, planted codes, faults, policy or sandboxes. */
import { randomBytes, randomUUID } from "node:crypto";
import { type Call, fieldsOf, type HttpResponse } from "./http-values.ts";
import { ID_TOKEN_TTL_SECONDS } from "./policy.ts";
import { isEmail, mobileFrom, receiverKey } from "./rules.ts";
import {
  type Account,
  accountWithEmail,
  accountWithMobile,
  issueIdToken,
  type Message,
  openChallenge,
  type World,
} from "./state.ts";

type Handler = (call: Call, world: World, id: string) => HttpResponse | Promise<HttpResponse>;

const calls: readonly { readonly route: RegExp; readonly handler: Handler }[] = [
  { route: /^GET \/__testkit$/, handler: describeTarget },
  { route: /^POST \/__testkit\/accounts$/, handler: createAccount },
  { route: /^GET \/__testkit\/accounts\/([^/]+)$/, handler: withAccount((account) => ok(shown(account))) },
  { route: /^DELETE \/__testkit\/accounts\/([^/]+)$/, handler: withAccount(deleteAccount) },
  { route: /^POST \/__testkit\/accounts\/([^/]+)\/password-check$/, handler: withAccount(checkPassword) },
  { route: /^POST \/__testkit\/accounts\/([^/]+)\/tokens$/, handler: withAccount(issueTokens) },
  { route: /^GET \/__testkit\/captcha\/([^/]+)$/, handler: solveCaptcha },
  { route: /^GET \/__testkit\/messages$/, handler: listMessages },
];

export function respondToControl(call: Call, world: World): HttpResponse | Promise<HttpResponse> {
  const client = call.header("x-client-id");
  if (client !== undefined && client !== world.clientId) return problem(404, "Unknown client id");
  for (const { route, handler } of calls) {
    const found = route.exec(`${call.method} ${call.path}`);
    if (found !== null) return handler(call, world, found[1] ?? "");
  }
  return problem(404, "Not offered", "GET /__testkit lists what is.");
}

function describeTarget(_call: Call, world: World): HttpResponse {
  return ok({
    name: "foreign-idaas",
    version: "0.3.1",
    protocol: "1",
    capabilities: ["accounts", "account-read", "password-check", "tokens", "captcha-answer", "messages"],
    dialects: ["bamboocloud"],
    code_semantics: world.fixedCode === undefined ? "unique" : "fixed",
  });
}

const longest: Readonly<Record<string, number>> = { mobile: 64, email: 254, username: 128, name: 128, password: 256 };

function createAccount(call: Call, world: World): HttpResponse {
  const input = textsIn(call, longest);
  if (typeof input === "string") return problem(400, "Malformed account", input);
  const mobile = input["mobile"] === undefined ? null : mobileFrom(input["mobile"]);
  const email = input["email"] ?? null;
  if (mobile === undefined) return problem(400, "Malformed account", "mobile is no mobile number");
  if (email !== null && !isEmail(email)) return problem(400, "Malformed account", "email is no e-mail address");
  if (mobile !== null && accountWithMobile(world, mobile) !== undefined) return problem(409, "Number taken");
  if (email !== null && accountWithEmail(world, email) !== undefined) return problem(409, "Address taken");
  const { username = null, name = null, password } = input;
  const passwords = password === undefined ? [] : [password];
  const account: Account = { id: `u-${randomUUID()}`, mobile, email, username, name, passwords };
  world.accounts.set(account.id, account);
  return { status: 201, body: shown(account) };
}

function withAccount(handler: (account: Account, call: Call, world: World) => HttpResponse): Handler {
  return (call, world, id) => {
    const account = world.accounts.get(id);
    return account === undefined ? problem(404, "No such account") : handler(account, call, world);
  };
}

function shown({ id, mobile, email, username, name }: Account): object {
  return { name, username, email, mobile, id };
}

function deleteAccount({ id }: Account, _call: Call, world: World): HttpResponse {
  world.accounts.delete(id);
  return { status: 204 };
}

function checkPassword({ passwords }: Account, call: Call): HttpResponse {
  const input = textsIn(call, { password: 256 }, 0);
  if (typeof input === "string") return problem(400, "Malformed password check", input);
  const { password } = input;
  if (password === undefined) return problem(400, "Malformed password check", "password is missing");
  return ok({ matches: passwords[0] === password });
}

function issueTokens(account: Account, call: Call, world: World): HttpResponse {
  const { expires_in: seconds = ID_TOKEN_TTL_SECONDS, ...others } = fieldsOf(call.body ?? "too long") ?? {
    malformed: true,
  };
  if (!isExpiresIn(seconds) || Object.keys(others).length > 0) return problem(400, "Malformed order of tokens");
  const access = `at~${randomBytes(30).toString("base64url")}`;
  const tokens = { access_token: access, id_token: issueIdToken(world, account, seconds), expires_in: seconds };
  return { status: 201, body: tokens };
}

function isExpiresIn(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && Math.abs(value) <= 315_360_000;
}

function solveCaptcha(_call: Call, world: World, token: string): HttpResponse {
  const challenge = openChallenge(world, token);
  return challenge === undefined ? problem(404, "No such open captcha") : ok({ y: 5, x: challenge.x });
}

function listMessages({ query }: Call, world: World): HttpResponse | Promise<HttpResponse> {
  const [to, scene] = [query.get("to"), query.get("scene")];
  const after = query.get("after") ?? "0";
  const wait = Number(query.get("wait") ?? "0");
  if (to === "" || scene === "") return problem(400, "Malformed query", "to and scene must not be empty");
  if (!/^\d{1,15}$/.test(after)) return problem(400, "Malformed query", "after is no id of a message");
  if (!(wait >= 0 && wait <= 60)) return problem(400, "Malformed query", "wait is not from 0 to 60");
  const fits = (message: Message) =>
    (to === null || receiverKey(message.to) === receiverKey(to)) &&
    (scene === null || message.scene === scene) &&
    message.id > Number(after);
  const found = () => world.messages.filter(fits);
  const listed = () => ok({ messages: found().map(written) });
  return found().length > 0 || wait === 0 ? listed() : nextMessage(world, fits, wait).then(listed);
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
    const timer = setTimeout(finish, seconds * 1000).unref();
    world.watchers.add(look);
  });
}

function written({ id, sentAt, expiresAt, ...rest }: Message): object {
  const channel = rest.scene.endsWith("_SMS") ? "sms" : "email";
  return { ...rest, channel, expires_at: moment(expiresAt), sent_at: moment(sentAt), id: String(id) };
}

/** In whole seconds, which ISO 8601 allows as well. */
function moment(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
}

/** The text fields of the body, or what is wrong with it. */
function textsIn(
  { body = "too long" }: Call,
  maxLengths: Readonly<Record<string, number>>,
  minLength = 1,
): Partial<Record<string, string>> | string {
  const fields = fieldsOf(body);
  if (fields === undefined) return "the body is no JSON object";
  const texts: Partial<Record<string, string>> = {};
  for (const [name, value] of Object.entries(fields)) {
    const maxLength = Object.hasOwn(maxLengths, name) ? maxLengths[name] : undefined;
    if (maxLength === undefined) return `${name} is unknown`;
    if (typeof value !== "string") return `${name} is no text`;
    const { length } = [...value];
    if (length < minLength || length > maxLength) return `${name} is too short or too long`;
    texts[name] = value;
  }
  return texts;
}

function ok(body: object): HttpResponse {
  return { status: 200, body };
}

function problem(status: number, title: string, detail?: string): HttpResponse {
  const headers = { "content-type": "application/problem+json" };
  return { status, headers, body: { status, title, ...(detail === undefined ? {} : { detail }) } };
}
