/** Verification codes: sending, planting, and the judgement of a code that a request shows. */
import { randomInt } from "node:crypto";
import { spelled } from "./numbers.ts";
import { inSeconds, isPast, mobileOf, now, receiverKey, type World } from "./state.ts";
import { type Language, messageText } from "./texts.ts";

export interface IssuedCode {
  readonly code: string;
  expiresAt: number;
  used: boolean;
  superseded: boolean;
  failures: number;
}

export interface CodeBook {
  /** By scene and receiver, the newest last. */
  readonly issued: Map<string, IssuedCode[]>;
  readonly sendings: { readonly to: string; readonly scene: string; readonly at: number }[];
  /** Wrong attempts by scene and receiver. */
  readonly attempts: Map<string, number>;
}

export interface Place {
  readonly to: string;
  readonly scene: string;
}

export type System = "bamboocloud" | "genauth";

export type CodeMistake =
  | "code-unknown"
  | "code-wrong"
  | "code-superseded"
  | "code-used"
  | "code-expired"
  | "code-exhausted";

export function systemOf(scene: string): System {
  return scene.startsWith("CHANNEL_") ? "genauth" : "bamboocloud";
}

function keyOf({ to, scene }: Place, world: World): string {
  return `${scene} ${receiverKey(to, world)}`;
}

function isAlive(world: World, one: IssuedCode, system: System): boolean {
  return !one.used && !one.superseded && !isPast(world, one.expiresAt) && one.failures < mostFailures(world, system);
}

function mostFailures(world: World, system: System): number {
  return world.choices.attemptsPer === "code" ? world.policy.of(system).code_max_attempts : Number.POSITIVE_INFINITY;
}

const DAY_MS = 86_400_000;

/** Why no code may be sent now; undefined if one may. */
export function sendingMistake(world: World, { to, scene }: Place): "send-too-soon" | "send-quota-used" | undefined {
  const figures = world.policy.of(systemOf(scene));
  const { day } = world.choices;
  const key = receiverKey(to, world);
  const isOwn = (sending: { readonly scene: string }) => systemOf(sending.scene) === systemOf(scene);
  const before = world.codes.sendings.filter((one) => one.to === key && one.at <= now(world) && isOwn(one));
  const among = (per: "scene" | "receiver") =>
    before.filter((sending) => per === "receiver" || sending.scene === scene);
  // GenAuth documents its interval: for each number and channel.
  const last = among(systemOf(scene) === "genauth" ? "scene" : figures.code_resend_scope).at(-1);
  if (last !== undefined && now(world) < last.at + figures.code_resend_seconds * 1000) return "send-too-soon";
  const start = day === "calendar" ? now(world) - (now(world) % DAY_MS) : now(world) - DAY_MS + 1;
  const today = among(figures.code_daily_limit_scope).filter(({ at }) => at >= start);
  return today.length >= figures.code_daily_limit ? "send-quota-used" : undefined;
}

/** Sends a code, and keeps the message. */
export function sendCode(world: World, place: Place, language: Language): void {
  const { to, scene } = place;
  const system = systemOf(scene);
  const issued = codeToSend(world, place);
  world.codes.sendings.push({ to: receiverKey(to, world), scene, at: now(world) });
  const { choices, messages } = world;
  const mobile = to.includes("@") ? undefined : mobileOf(world, to);
  const { code_ttl_seconds: seconds } = world.policy.of(system);
  const deliver = () => {
    messages.push({ id: 500_001 + 10 * messages.length, ...message });
    for (const tell of world.watchers) tell();
  };
  const message = {
    to: mobile === undefined ? to : spelled(mobile, choices.shownNumbers),
    scene,
    code: issued.code,
    language,
    text: messageText(issued.code, language),
    sentAt: now(world),
    expiresAt: Math.max(issued.expiresAt, inSeconds(world, seconds)),
  };
  if (choices.deliveryMs === 0) deliver();
  else setTimeout(deliver, choices.deliveryMs);
}

function codeToSend(world: World, place: Place): IssuedCode {
  const system = systemOf(place.scene);
  const { code_ttl_seconds: seconds } = world.policy.of(system);
  const last = (world.codes.issued.get(keyOf(place, world)) ?? []).at(-1);
  if (world.choices.sendsSameAgain && last !== undefined && isAlive(world, last, system)) {
    last.expiresAt = inSeconds(world, seconds);
    return last;
  }
  return issueCode(world, place, { code: newCode(world, system), expiresAt: inSeconds(world, seconds) });
}

/** Never the code before, so that two in a row differ. */
function newCode(world: World, system: System): string {
  const { code_length: length, pinned_code: pinned } = world.policy.of(system);
  const { fixedCode, alphabet } = world.choices;
  if (fixedCode !== null || pinned !== null) return fixedCode ?? pinned ?? "";
  return Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join("");
}

function issueCode(world: World, place: Place, { code, expiresAt }: { code: string; expiresAt: number }): IssuedCode {
  const key = keyOf(place, world);
  const earlier = world.codes.issued.get(key) ?? [];
  if (world.policy.of(systemOf(place.scene)).code_supersedes) for (const one of earlier) one.superseded = true;
  const issued = { code, expiresAt, used: false, superseded: false, failures: 0 };
  world.codes.issued.set(key, [...earlier, issued]);
  return issued;
}

/** A planted code replaces those before it. */
export function plantCode(world: World, place: Place, wanted: string | undefined, expiresAt: number): string {
  const code = (world.choices.plantsGivenCodes ? wanted : undefined) ?? newCode(world, systemOf(place.scene));
  for (const one of world.codes.issued.get(keyOf(place, world)) ?? []) one.superseded = true;
  world.codes.attempts.delete(keyOf(place, world));
  return issueCode(world, place, { code, expiresAt }).code;
}

/** The issued code that the text names, or what is wrong with it. A wrong text counts as an attempt. */
export function judgeCode(world: World, place: Place, text: string): IssuedCode | CodeMistake {
  if (text === world.choices.fixedCode)
    return { code: text, expiresAt: 0, used: false, superseded: false, failures: 0 };
  const issued = world.codes.issued.get(keyOf(place, world)) ?? [];
  const mistake = mistakeOfAll(world, place, issued);
  if (mistake !== undefined) return mistake;
  const named = issued.findLast(({ code }) => code === text);
  if (named === undefined) return wrongAttempt(world, place, issued);
  const own = mistakeOf(world, named, systemOf(place.scene));
  if (own !== undefined) return own;
  if (world.policy.of(systemOf(place.scene)).code_used_when_refused) named.used = true;
  world.codes.attempts.delete(keyOf(place, world));
  return named;
}

/** What is wrong whatever code the request shows. */
function mistakeOfAll(world: World, place: Place, issued: readonly IssuedCode[]): CodeMistake | undefined {
  const { choices, codes, policy } = world;
  const system = systemOf(place.scene);
  if (issued.length === 0) return "code-unknown";
  const attempts = codes.attempts.get(keyOf(place, world)) ?? 0;
  if (choices.attemptsPer === "receiver" && attempts >= policy.of(system).code_max_attempts) return "code-exhausted";
  const isDead =
    policy.of(system).unverified_mobile === "no-live-code" && !issued.some((one) => isAlive(world, one, system));
  return isDead ? "code-unknown" : undefined;
}

function mistakeOf(world: World, one: IssuedCode, system: System): CodeMistake | undefined {
  if (one.used) return "code-used";
  if (one.superseded) return "code-superseded";
  if (isPast(world, one.expiresAt)) return "code-expired";
  return isAlive(world, one, system) ? undefined : "code-exhausted";
}

function wrongAttempt(world: World, place: Place, issued: readonly IssuedCode[]): CodeMistake {
  const key = keyOf(place, world);
  world.codes.attempts.set(key, (world.codes.attempts.get(key) ?? 0) + 1);
  for (const one of issued) one.failures += 1;
  return "code-wrong";
}
