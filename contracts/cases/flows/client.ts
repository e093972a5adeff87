/**
 * The steps of a user with a client of the API: solve a captcha, request a code, read it, log in. Every step uses the
 * API. The target only provides the inbox and the position of the captcha piece.
 */

import { CAPTCHA_PASS, type Requirement } from "../../target/requirements.ts";
import type { ReadCode } from "../../target/target.ts";
import { spellingsOf } from "../../world/codes.ts";
import { expectSuccess } from "../../world/expect.ts";
import { canonical } from "../../world/receivers.ts";
import { type DraftOptions, NotApplicable, NotArranged, type Reply, type World } from "../../world/world.ts";

/** The requirements of every story: an account with a number, a solved captcha, and messages. */
export const PERSON: readonly Requirement[] = ["accounts", CAPTCHA_PASS, "messages"];

/** One step, which must succeed. A failure is recorded and ends the story. */
export async function does(world: World, operation: string, step: DraftOptions = {}): Promise<Reply> {
  const reply = await world.send(world.draft(operation, step));
  if (!expectSuccess(world, reply)) throw new NotArranged(`the story ended: ${operation} failed`);
  return reply;
}

/** Requests a code for the number or address, including the captcha, and reads it. */
export async function receivesCode(
  world: World,
  to: string,
  scene: string,
  spellings: readonly string[] = [...new Set(spellingsOf(to, scene))],
): Promise<string> {
  const [written = to, ...others] = spellings;
  const place = { to: written, scene };
  const earlier = await world.target.readCode?.({ ...place, wait: 0 });
  const reply = await requestsCode(world, place);
  if (!reply.succeeded && others.length > 0) return receivesCode(world, to, scene, others);
  expectSent(world, to, reply);
  return arrived(world, place, earlier);
}

async function requestsCode(world: World, { to, scene }: Place): Promise<Reply> {
  const captcha_token = await solvesCaptcha(world, to);
  const isEmail = to.includes("@");
  const body = { ...(isEmail ? { email: to } : { mobile: to }), type: scene, captcha_token };
  return world.send(world.draft(isEmail ? "sendEmail" : "sendSms", { body }));
}

interface Place {
  readonly to: string;
  readonly scene: string;
}

/** Sends a code with `send`, and reads it. */
export async function readsWhatArrives(world: World, place: Place, send: () => Promise<Reply>): Promise<string> {
  const earlier = await world.target.readCode?.({ ...place, wait: 0 });
  expectSent(world, place.to, await send());
  return arrived(world, place, earlier);
}

/** The code of the message after the earlier one. */
async function arrived(world: World, place: Place, earlier: ReadCode | undefined): Promise<string> {
  const read = await world.target.readCode?.({ ...place, ...(earlier?.id ? { after: earlier.id } : {}) });
  if (read === undefined) {
    world.violate("the code that was sent", "one message with a code", "none");
    throw new NotArranged("the story ended: no code arrived");
  }
  world.secrets.add("verify_code", read.code);
  return read.code;
}

/** The receivers of each story so far. */
const reached = new WeakMap<World, Set<string>>();

/** A target may refuse a second message to one receiver, whatever its scene. Then the story does not apply. */
function expectSent(world: World, to: string, reply: Reply): void {
  const before = reached.get(world) ?? new Set<string>();
  const isAgain = before.has(canonical(to));
  reached.set(world, before.add(canonical(to)));
  if (isAgain && !reply.succeeded)
    throw new NotApplicable("the target does not send a second message to one receiver so soon");
  if (!expectSuccess(world, reply)) throw new NotArranged(`the story ended: ${reply.operation} failed`);
}

/** If the target does not tell the position of the piece, it gives the pass token. */
async function solvesCaptcha(world: World, sender: string): Promise<string> {
  if (world.target.solveCaptcha === undefined) return world.captchaPass(sender);
  const token = textIn(await does(world, "getCaptcha"), "token");
  const { x, y } = await world.target.solveCaptcha(token);
  const verified = await does(world, "verifyCaptcha", {
    body: { point_json: JSON.stringify({ x, y }), token, sender },
  });
  const pass = textIn(verified, "captcha_token");
  world.secrets.add("captcha_token", pass);
  return pass;
}

/** Logs in with a code sent to the number; returns the id_token. */
export async function signsIn(world: World, mobile: string): Promise<string> {
  const verify_code = await receivesCode(world, mobile, "LOGIN_SMS");
  const idToken = textIn(await does(world, "loginByMobileCode", { body: { mobile, verify_code } }), "id_token");
  world.secrets.add("id_token", idToken);
  return idToken;
}

/** The schema check of the response has already reported a missing field. */
function textIn({ json, operation }: Reply, field: string): string {
  const value = (json as Readonly<Record<string, unknown>> | undefined)?.[field];
  if (typeof value !== "string") throw new NotArranged(`${operation} returned no "${field}"`);
  return value;
}
