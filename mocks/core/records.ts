/** The records that make up the state of a sandbox. Values are plain JSON. */
import type { PolicyChanges } from "./policy.ts";

export type Channel = "sms" | "email";
export type Language = "en" | "zh";

export interface Account {
  readonly id: string;
  /** In canonical form, such as `+86-15201657312`. */
  readonly mobile?: string;
  /** In lower case. */
  readonly email?: string;
  readonly username?: string;
  readonly name?: string;
  /** The newest first; the first one is the current password. In plain text, because this is a mock. */
  readonly passwords: readonly string[];
}

/** A record that the store may drop when the sandbox's time reaches `forgetAt`, in milliseconds. */
export interface Expiring {
  readonly forgetAt: number;
}

/** An issued captcha. `x` is the right position of its piece, in pixels. */
export interface Challenge extends Expiring {
  readonly x: number;
  readonly expiresAt: number;
  readonly answeredAt?: number;
}

/** The proof that a captcha was solved. `token` is the whole text that the client must send back. */
export interface CaptchaPass extends Expiring {
  readonly token: string;
  readonly sender: string;
  readonly expiresAt: number;
  readonly usedAt?: number;
}

export interface IssuedCode {
  readonly code: string;
  readonly expiresAt: number;
  readonly failures: number;
  readonly usedAt?: number;
}

/**
 * The codes of one receiver and scene, the newest last. `count` includes codes that are no longer kept. `day` is the day of
 * the sandbox on which the record began, counted from 0; absent for 0.
 */
export interface CodeRecord extends Expiring {
  readonly issued: readonly IssuedCode[];
  readonly count: number;
  readonly day?: number;
}

/** When messages to one receiver were requested within the last day, even if none was sent: times of `steadyTime`. */
export interface Sendings extends Expiring {
  readonly sent: readonly { readonly scene: string; readonly at: number }[];
}

export interface IssuedToken extends Expiring {
  readonly accountId: string;
  readonly use: "id" | "access";
  readonly expiresAt: number;
}

/** A number or address that the account gave up, and that no other account can take until `forgetAt`. */
export interface HeldIdentifier extends Expiring {
  readonly accountId: string;
}

/** Allows an account to change to a number that it has proven, once. */
export interface ChangeToken extends Expiring {
  readonly accountId: string;
  readonly mobile: string;
  readonly expiresAt: number;
  readonly usedAt?: number;
}

/**
 * The clock stands still at `frozenAt`; if that is null, it is `offsetMs` ahead of real time. `startedAt` is the time at which
 * the sandbox began, and `setBackMs` by how much its clock was set back, in total. Older snapshots do not have them.
 */
export interface ClockState {
  readonly offsetMs: number;
  readonly frozenAt: number | null;
  readonly startedAt?: number;
  readonly setBackMs?: number;
}

export interface Settings {
  readonly clock: ClockState;
  readonly policy: PolicyChanges;
}

/** How a connection fails: reset, closed without a byte, closed in the middle of the body, or kept open without a response. */
export const TRANSPORT_FAULTS = ["reset", "empty", "truncate", "hang"] as const;
export type TransportFault = (typeof TRANSPORT_FAULTS)[number];

export interface Fault {
  readonly id: string;
  /** The check that the response pretends to have failed. */
  readonly check?: string;
  readonly answer?: { readonly status: number; readonly body?: unknown };
  readonly transport?: TransportFault;
  /** The delay is a random number from `min` to `max`, both included. */
  readonly delayMs: { readonly min: number; readonly max: number };
  readonly remaining: number;
}

/** Each kind of record by its key. Values are plain JSON and never changed in place. */
export interface Kinds {
  /** One record, under the key `""`; a sandbox without it does not exist. */
  settings: Settings;
  /** By account id. */
  account: Account;
  /** The account id, by canonical number, lower-case address or user name. */
  mobile: string;
  email: string;
  username: string;
  /** By the kind of identifier, a space and its value. */
  held: HeldIdentifier;
  /** By the token of the captcha. */
  challenge: Challenge;
  /** By the token of the solved captcha. */
  pass: CaptchaPass;
  /** By scene and receiver. */
  code: CodeRecord;
  /** By receiver. */
  sendings: Sendings;
  /** By the text of the token. */
  token: IssuedToken;
  /** Change tokens, by their text. The name is part of the stored format. */
  permit: ChangeToken;
  /** By operation. */
  faults: readonly Fault[];
  /** Counters, by name. */
  counter: number;
}

export type Kind = keyof Kinds;

export interface Message {
  readonly channel: Channel;
  readonly to: string;
  readonly scene: string;
  readonly code: string;
  readonly language: Language;
  readonly text: string;
  readonly sentAt: number;
  readonly expiresAt: number;
}

/** A body. Of a long one only the length in characters is kept. */
export type KeptBody = string | { readonly length: number };

/** One request and its response in the journal. Secrets are masked when it is read. */
export interface Exchange {
  readonly at: number;
  readonly operation: string | null;
  readonly decidedBy: string;
  readonly why: string;
  readonly injected: boolean;
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: KeptBody;
  readonly status: number;
  readonly answerHeaders: Readonly<Record<string, string>>;
  readonly answerBody: KeptBody;
}

/** The logs, oldest entry first. A store must keep the last thousand entries and may drop older ones. */
export interface Logs {
  messages: Message;
  requests: Exchange;
}

export type Log = keyof Logs;

export interface Entry<L extends Log> {
  /** Counts from 1 within a sandbox and log. */
  readonly id: number;
  readonly value: Logs[L];
}
