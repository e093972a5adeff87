/** The state of one sandbox, and the steps that change accounts and captchas. Knows nothing of HTTP. */
import { randomBytes, randomInt, randomUUID } from "node:crypto";
import type { CodeBook } from "./codes.ts";
import { type Figures, Policy } from "./figures.ts";
import { mobileFrom } from "./numbers.ts";
import type { Choices } from "./options.ts";
import type { Person } from "./passwords.ts";
import type { Language } from "./texts.ts";

export interface Account extends Person {
  readonly id: string;
  mobile: string | null;
  email: string | null;
  username: string | null;
  name: string | null;
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

interface Token {
  readonly accountId: string;
  readonly use: "id" | "access";
  readonly expiresAt: number;
}

/** Lets one account change its number once. */
export interface Permit {
  readonly accountId: string;
  readonly mobile: string;
  readonly expiresAt: number;
  used: boolean;
}

export interface Fault {
  readonly id: string;
  readonly operation: string;
  readonly cause: string | undefined;
  readonly code: string | undefined;
  readonly status: number | undefined;
  readonly body: unknown;
  remaining: number;
}

export interface World {
  readonly choices: Choices;
  readonly policy: Policy;
  /** How far its clock is ahead, in milliseconds. */
  offset: number;
  frozenAt: number | undefined;
  readonly accounts: Map<string, Account>;
  /** They outlive their accounts. */
  readonly tokens: Map<string, Token>;
  /** The open captchas. */
  readonly challenges: Map<string, Challenge>;
  /** By the first part of the pass token, or by all of it. */
  readonly passes: Map<string, Pass>;
  readonly codes: CodeBook;
  readonly permits: Map<string, Permit>;
  /** Until when a number or an address that was given up is kept back. */
  readonly released: Map<string, { readonly until: number; readonly from: string }>;
  readonly messages: Message[];
  readonly faults: Fault[];
  /** Called after each message. */
  readonly watchers: Set<() => void>;
}

export function newWorld(choices: Choices): World {
  return {
    choices,
    policy: new Policy(choices.figures as Figures),
    offset: 0,
    frozenAt: undefined,
    accounts: new Map(),
    tokens: new Map(),
    challenges: new Map(),
    passes: new Map(),
    codes: { issued: new Map(), sendings: [], attempts: new Map() },
    permits: new Map(),
    released: new Map(),
    messages: [],
    faults: [],
    watchers: new Set(),
  };
}

export function now({ offset, frozenAt }: World): number {
  return frozenAt ?? Date.now() + offset;
}

export function isPast(world: World, moment: number): boolean {
  return moment <= now(world);
}

export function inSeconds(world: World, seconds: number): number {
  return now(world) + seconds * 1000;
}

/** The canonical number; undefined for a text that is none. */
export function mobileOf({ choices, policy }: World, text: string): string | undefined {
  const { mobile_spellings: spellings } = policy.of("bamboocloud");
  return mobileFrom(text, { spellings, foreignNumbers: choices.foreignNumbers, leadingDash: choices.leadingDash });
}

/** One form of a receiver for all spellings, so that two can be compared. */
export function receiverKey(text: string, world: World): string {
  if (!text.includes("@")) return mobileOf(world, text) ?? text;
  return world.choices.addressCase === "ignored" ? text.toLowerCase() : text;
}

export function accountWithMobile(world: World, mobile: string): Account | undefined {
  return find(world, (account) => account.mobile === mobile);
}

export function accountWithEmail(world: World, email: string): Account | undefined {
  const wanted = receiverKey(email, world);
  return find(world, (account) => account.email !== null && receiverKey(account.email, world) === wanted);
}

function find({ accounts }: World, fits: (account: Account) => boolean): Account | undefined {
  for (const account of accounts.values()) if (fits(account)) return account;
  return undefined;
}

const HELD_SECONDS = 30 * 86_400;

/** Gives the account another number or address; the one before may be kept back for a while. */
export function changeContact(world: World, account: Account, change: { mobile?: string; email?: string }): void {
  for (const [field, value] of Object.entries(change) as ["mobile" | "email", string][]) {
    const before = account[field];
    if (world.choices.holdsReleased && before !== null)
      world.released.set(receiverKey(before, world), { until: inSeconds(world, HELD_SECONDS), from: account.id });
    account[field] = value;
  }
  if (world.choices.contactEndsTokens) endTokens(world, account);
}

function endTokens({ tokens }: World, { id }: Account): void {
  for (const [text, token] of tokens) if (token.accountId === id) tokens.delete(text);
}

/** Whether another account has this receiver, or gave it up too recently. */
export function isKeptBack(world: World, receiver: string, account: Account | undefined): boolean {
  const held = world.released.get(receiverKey(receiver, world));
  return held !== undefined && !isPast(world, held.until) && held.from !== account?.id;
}

const REMEMBERED_PASSWORDS = 100;

export function setPassword(world: World, account: Account, password: string): void {
  if (world.choices.passwordEndsTokens) endTokens(world, account);
  account.passwords = [password, ...account.passwords].slice(0, REMEMBERED_PASSWORDS);
}

/** An opaque text, or one in the form of a JWT. */
export function issueToken(world: World, account: Account, use: "id" | "access", seconds: number): string {
  const { id } = account;
  const random = randomBytes(30).toString("base64url");
  const isJwt = world.choices.tokenForm === "jwt";
  const token = isJwt
    ? `${part({ alg: "HS256", typ: "JWT" })}.${part({ sub: id, jti: random, use })}.${random}`
    : `${use}t~${random}`;
  world.tokens.set(token, { accountId: id, use, expiresAt: inSeconds(world, seconds) });
  return token;
}

function part(claims: object): string {
  return Buffer.from(JSON.stringify(claims)).toString("base64url");
}

export function newChallenge(world: World): string {
  const token = randomUUID().replaceAll("-", "");
  const { captcha_challenge_ttl_seconds: seconds } = world.policy.of("bamboocloud");
  world.challenges.set(token, { x: randomInt(40, 260), expiresAt: inSeconds(world, seconds) });
  return token;
}

/** The captcha that is still open under this token. */
export function openChallenge(world: World, token: string): Challenge | undefined {
  const challenge = world.challenges.get(token);
  return challenge === undefined || isPast(world, challenge.expiresAt) ? undefined : challenge;
}

/** The second half of the pass token is the client's text, character by character. */
export function issuePass(
  world: World,
  { token, pointJson, sender, seconds }: { token: string; pointJson: string; sender: string; seconds?: number },
): string {
  const { captcha_token_ttl_seconds: usual } = world.policy.of("bamboocloud");
  const isOpaque = world.choices.passToken === "opaque";
  const text = isOpaque ? randomBytes(24).toString("base64url") : `${token}---${pointJson}`;
  const expiresAt = inSeconds(world, seconds ?? usual);
  world.passes.set(passKey(text), { text, sender: receiverKey(sender, world), expiresAt, used: false });
  return text;
}

export function passKey(text: string): string {
  return text.split("---")[0] ?? "";
}
