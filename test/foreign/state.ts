/** The state of this backend, and the steps that change it. Knows nothing of HTTP. */
import { randomBytes, randomInt, randomUUID } from "node:crypto";
import { CHALLENGE_TTL_SECONDS, CODE_DIGITS, CODE_TTL_SECONDS, PASS_TTL_SECONDS, PASSWORD_HISTORY } from "./policy.ts";
import { mobileFrom, type Person, receiverKey } from "./rules.ts";
import { type Language, messageText } from "./texts.ts";

export interface Account extends Person {
  readonly id: string;
  mobile: string | null;
  email: string | null;
  passwords: readonly string[];
}

interface Challenge {
  readonly x: number;
  readonly expiresAt: number;
}

export interface Pass {
  readonly text: string;
  readonly sender: string;
  readonly expiresAt: number;
  used: boolean;
}

interface SentCode {
  readonly code: string;
  readonly expiresAt: number;
  used: boolean;
}

export interface Message {
  readonly id: number;
  readonly to: string;
  readonly scene: string;
  readonly code: string;
  readonly language: Language;
  readonly text: string;
  readonly sentAt: number;
  readonly expiresAt: number;
}

export interface World {
  readonly clientId: string;
  /** The one constant code; undefined when every code is different. */
  readonly fixedCode: string | undefined;
  readonly accounts: Map<string, Account>;
  /** They outlive their accounts. */
  readonly idTokens: Map<string, { readonly accountId: string; readonly expiresAt: number }>;
  /** The open captchas. */
  readonly challenges: Map<string, Challenge>;
  /** By the token of the solved captcha. */
  readonly passes: Map<string, Pass>;
  /** All sent codes, by scene and receiver. */
  readonly codes: Map<string, SentCode[]>;
  readonly messages: Message[];
  /** Called after each message. */
  readonly watchers: Set<() => void>;
}

export function newWorld(clientId: string, fixedCode: string | undefined): World {
  return {
    clientId,
    fixedCode,
    accounts: new Map(),
    idTokens: new Map(),
    challenges: new Map(),
    passes: new Map(),
    codes: new Map(),
    messages: [],
    watchers: new Set(),
  };
}

export function accountWithMobile(world: World, mobile: string): Account | undefined {
  return [...world.accounts.values()].find((account) => account.mobile === mobile);
}

/** Ignores case. */
export function accountWithEmail(world: World, email: string): Account | undefined {
  const wanted = email.toLowerCase();
  return [...world.accounts.values()].find((account) => account.email?.toLowerCase() === wanted);
}

export function setPassword(account: Account, password: string): void {
  account.passwords = [password, ...account.passwords].slice(0, PASSWORD_HISTORY);
}

/** An opaque id_token without readable content. */
export function issueIdToken(world: World, account: Account, seconds: number): string {
  const token = `idt~${randomBytes(30).toString("base64url")}`;
  world.idTokens.set(token, { accountId: account.id, expiresAt: inSeconds(seconds) });
  return token;
}

export function newChallenge(world: World): string {
  const token = randomUUID().replaceAll("-", "");
  world.challenges.set(token, { x: randomInt(40, 260), expiresAt: inSeconds(CHALLENGE_TTL_SECONDS) });
  return token;
}

/** The captcha that is still open under this token. */
export function openChallenge(world: World, token: string): Challenge | undefined {
  const challenge = world.challenges.get(token);
  return challenge === undefined || isPast(challenge.expiresAt) ? undefined : challenge;
}

/** The second half of the pass token is the client's text, character by character. */
export function issuePass(world: World, token: string, pointJson: string, sender: string): string {
  const text = `${token}---${pointJson}`;
  const pass = { text, sender: receiverKey(sender), expiresAt: inSeconds(PASS_TTL_SECONDS), used: false };
  world.passes.set(token, pass);
  return text;
}

export function sendCode(world: World, to: string, scene: string, language: Language): void {
  const code = world.fixedCode ?? String(randomInt(10 ** CODE_DIGITS)).padStart(CODE_DIGITS, "0");
  const expiresAt = inSeconds(CODE_TTL_SECONDS);
  const key = codeKey(to, scene);
  world.codes.set(key, [...(world.codes.get(key) ?? []), { code, expiresAt, used: false }]);
  world.messages.push({
    id: 500_001 + 10 * world.messages.length,
    to: mobileFrom(to) ?? to,
    scene,
    code,
    language,
    text: messageText(code, language),
    sentAt: Date.now(),
    expiresAt,
  });
  for (const tell of world.watchers) tell();
}

/** The code sent for this scene to this receiver, if it is still valid; the constant code always is. */
export function goodCode(world: World, to: string, scene: string, text: string): SentCode | undefined {
  if (text === world.fixedCode) return { code: text, expiresAt: Number.POSITIVE_INFINITY, used: false };
  const sent = world.codes.get(codeKey(to, scene)) ?? [];
  return sent.find(({ code, expiresAt, used }) => code === text && !used && !isPast(expiresAt));
}

function codeKey(to: string, scene: string): string {
  return `${scene} ${receiverKey(to)}`;
}

export function isPast(moment: number): boolean {
  return moment <= Date.now();
}

function inSeconds(seconds: number): number {
  return Date.now() + seconds * 1000;
}
