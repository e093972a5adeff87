/**
 * What a case works in: accounts, codes and tokens of its own in the target, requests to the API, and a list of what was found
 * to be wrong. Arranges and sends; what an answer is worth is for judge.ts to say.
 */

import type { Violation } from "../reports/report.ts";
import type { Operation, Spec } from "../spec/types.ts";
import type { StatedPolicy } from "../target/stated-policy.ts";
import type { AccountSeed, PolicyValues, Sandbox, Target, TargetAccount } from "../target/target.ts";
import type { HttpResponse, Sent } from "../target/transport.ts";
import type { Secrets } from "./masking.ts";
import type { RandomData } from "./random-data.ts";

/** A request that can still be changed. */
export interface Draft {
  readonly operation: string;
  headers: Record<string, string>;
  body: Record<string, unknown> | undefined;
  /** What follows the question mark. */
  query?: Readonly<Record<string, string>>;
  /** Sent in place of the body, as it is. */
  rawBody?: string;
  /** Says that the request breaks the schema on purpose, and how. */
  broken?: string;
}

export interface DraftOptions {
  readonly body?: Record<string, unknown>;
  /** The token that signs the request in: of the two, the one that the dialect takes. */
  readonly idToken?: string;
  readonly accessToken?: string;
}

export interface Reply extends HttpResponse {
  readonly operation: string;
  /** Whether the request was carried out, as the dialect says it. */
  readonly succeeded: boolean;
  /** The parsed body; undefined for an empty one, and for what is not JSON. */
  readonly json: unknown;
}

export interface Recorded {
  readonly operation: string;
  readonly sent: Sent;
  readonly response: HttpResponse | undefined;
  /** Why there was no answer. */
  readonly failure: string | undefined;
  /** As the draft says: the request breaks the schema on purpose. */
  readonly broken?: string | undefined;
}

/** An account with what the suite knows of it. */
export interface Account {
  readonly id: string;
  readonly mobile: string | undefined;
  readonly email: string | undefined;
  readonly username: string | undefined;
  readonly name: string | undefined;
  readonly password: string | undefined;
}

export interface Code {
  readonly to: string;
  readonly scene: string;
  readonly code: string;
}

export interface SentCode extends Code {
  /** Seconds that it is good for, where the target tells. */
  readonly expiresIn?: number;
}

export interface World {
  readonly spec: Spec;
  readonly target: Target;
  readonly clientId: string;
  readonly random: RandomData;
  readonly violations: readonly Violation[];
  readonly exchanges: readonly Recorded[];
  readonly secrets: Secrets;
  /** Whether the case has relied on a figure that the target does not state. */
  readonly assumes: boolean;

  operation(id: string): Operation;
  /** Notes that the target contradicts the contract. */
  violate(what: string, expected: string, got: string): void;
  /** Notes it unless `holds`; answers `holds`. */
  expect(holds: boolean, what: string, expected: string, got: string): boolean;

  /** A request with the required headers and this body; signed in with the token, if there is one. */
  draft(operation: string, options?: DraftOptions): Draft;
  /** Sends it, in a language if one is given, and holds the answer against what is true of every answer. */
  send(draft: Draft, language?: string): Promise<Reply>;

  /** An account with a number, an address, a user name and a password of its own, but for what the seed says. */
  account(seed?: { readonly [Name in keyof AccountSeed]?: string | null }): Promise<Account>;
  idToken(account: Account, options?: { readonly expiresIn?: number }): Promise<string>;
  accessToken(account: Account, options?: { readonly expiresIn?: number }): Promise<string>;
  freshMobile(): Promise<string>;
  freshEmail(): Promise<string>;
  /** A password that no rule forbids. */
  freshPassword(): string;
  captchaPass(sender: string, options?: { readonly expiresIn?: number }): Promise<string>;
  /** A pass token as a person gets it, whatever else the target offers. */
  solvedCaptcha(sender: string): Promise<string>;
  /** A good code for the receiver: planted, or sent and read. */
  code(options: { readonly to: string; readonly scene: string }): Promise<Code>;
  /** A good code as a person gets it: sent by the API, and read where it arrives. */
  sentCode(options: { readonly to: string; readonly scene: string }): Promise<SentCode>;
  /** Another code for the same place; the target must allow a second one so soon. */
  anotherCode(before: Code): Promise<Code>;
  /** Lets a code that was good expire. */
  expiredCode(options: { readonly to: string; readonly scene: string }): Promise<Code>;
  /** What the documents leave open: the target's own figure, or the one that is assumed. */
  readonly figure: StatedPolicy["figure"];
  /** Whether the target states this figure itself; asking does not count as relying on it. */
  readonly states: StatedPolicy["states"];
  advance(seconds: number): Promise<void>;
  failNext(operation: string, check: string): Promise<void>;
  setPolicy(patch: PolicyValues): Promise<void>;
  /** Another application beside the one that the requests are of, with nothing in it. */
  anotherApplication(): Promise<Sandbox>;
  /** What is true of the accounts now, to be compared later. */
  remember(...members: readonly Account[]): Promise<Memory>;
  read(account: Account): Promise<TargetAccount | undefined>;
}

interface Memory {
  /** Notes each account that is not what it was. Says nothing where the target cannot tell. */
  unchanged(): Promise<void>;
}

/** The case cannot be brought to its point: the target, or the suite itself, did not do its part of the preparation. */
export class NotArranged extends Error {}

/** The target need not do what the case is about, as its own policy says. */
export class NotApplicable extends Error {}
