/** The records that the state of a sandbox consists of. Values are plain JSON. */
import type { PolicyChanges } from "./policy.ts";

export type Channel = "sms" | "email";
export type Language = "en" | "zh";

export interface Account {
  readonly id: string;
  /** Canonical, such as `+86-15201657312`. */
  readonly mobile?: string;
  /** In lower case. */
  readonly email?: string;
  readonly username?: string;
  readonly name?: string;
  /** The newest first, so that the first is the current one. In plain text: this is a mock. */
  readonly passwords: readonly string[];
}

/** A record that may be dropped once the sandbox's clock has passed `forgetAt`, in milliseconds. */
export interface Expiring {
  readonly forgetAt: number;
}

/** A captcha that was handed out. `x` is where its piece belongs. */
export interface Challenge extends Expiring {
  readonly x: number;
  readonly expiresAt: number;
  readonly answeredAt?: number;
}

/** The proof that a captcha was solved. `token` is the whole text that the client must bring back. */
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

/** The codes of one receiver and scene, the newest last, and how many there have been. */
export interface CodeRecord extends Expiring {
  readonly issued: readonly IssuedCode[];
  readonly count: number;
}

/** When messages were ordered for one receiver within the last day, whether or not one went out. */
interface Sendings extends Expiring {
  readonly sent: readonly { readonly scene: string; readonly at: number }[];
}

export interface IssuedToken extends Expiring {
  readonly accountId: string;
  readonly use: "id" | "access";
  readonly expiresAt: number;
}

/** A one-time permission for an account to take a number that it has proven to hold. */
export interface ChangeToken extends Expiring {
  readonly accountId: string;
  readonly mobile: string;
  readonly expiresAt: number;
  readonly usedAt?: number;
}

/** `frozenAt` stops the clock there; otherwise it is `offsetMs` ahead of the real one. */
export interface ClockState {
  readonly offsetMs: number;
  readonly frozenAt: number | null;
}

export interface Settings {
  readonly clock: ClockState;
  readonly policy: PolicyChanges;
}

/** How a connection fails: reset, closed without a byte, closed in the middle of the body, never answered. */
export const TRANSPORT_FAULTS = ["reset", "empty", "truncate", "hang"] as const;
export type TransportFault = (typeof TRANSPORT_FAULTS)[number];

export interface Fault {
  readonly id: string;
  /** The check whose refusal is answered. */
  readonly check?: string;
  readonly answer?: { readonly status: number; readonly body?: unknown };
  readonly transport?: TransportFault;
  /** A delay is drawn between both, both included. */
  readonly delayMs: { readonly min: number; readonly max: number };
  readonly remaining: number;
}

/** Each kind of record by its key. Values are plain JSON and never changed in place. */
export interface Kinds {
  /** One record, under the key `""`; a sandbox without it does not exist. */
  settings: Settings;
  /** By account id. */
  account: Account;
  /** Account id by canonical number, by lower-case address, by user name. */
  mobile: string;
  email: string;
  username: string;
  /** By the captcha's token. */
  challenge: Challenge;
  /** By the token of the captcha that was solved. */
  pass: CaptchaPass;
  /** By scene and receiver. */
  code: CodeRecord;
  /** By receiver. */
  sendings: Sendings;
  /** By the token's text. */
  token: IssuedToken;
  /** By its text. */
  permit: ChangeToken;
  /** By operation. */
  faults: readonly Fault[];
  /** How many of a thing were made, by its name. */
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

/** A body, or of one too long to keep its length in characters. */
export type KeptBody = string | { readonly length: number };

/** One request and its answer as the journal keeps it; secrets are masked when it is read. */
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

/** What only grows, oldest first; a store may forget the oldest beyond a thousand. */
export interface Logs {
  messages: Message;
  requests: Exchange;
}

export type Log = keyof Logs;

export interface Entry<L extends Log> {
  /** Grows by one from 1 within a sandbox and log. */
  readonly id: number;
  readonly value: Logs[L];
}
