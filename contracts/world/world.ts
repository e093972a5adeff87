/**
 * The world of a case: its own accounts, codes and tokens in the target, requests to the API, and the list of deviations.
 * It arranges and sends. expect.ts judges the responses.
 */

import type { Choice } from "../reports/report.ts";
import type { Basis } from "../spec/basis.ts";
import type { Operation, Spec } from "../spec/types.ts";
import type { Busy } from "../target/busy.ts";
import type { StatedPolicy } from "../target/stated-policy.ts";
import type { AccountSeed, PolicyValues, Sandbox, Target, TargetAccount } from "../target/target.ts";
import type { HeaderLine, HttpResponse, Sent } from "../target/transport.ts";
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
  rawBody?: string | Uint8Array<ArrayBuffer>;
  /** Sent besides the headers, also under a name that is there already. */
  moreHeaders?: readonly HeaderLine[];
  /** Whether the body has no stated length. */
  chunked?: boolean;
  /** Replace the documented method and path. */
  method?: string;
  path?: string;
  /** Says that the request breaks the schema on purpose, and how. */
  broken?: string;
  /** Says that the request only prepares the case. */
  prepares?: boolean;
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
  /** Set if the target refused the request with 429 until the end, in the API's own form. */
  readonly busy: Busy | undefined;
  /** Its place in the exchanges of the case. */
  readonly exchange: number;
}

/** A difference between the response and the expectation. */
export interface Deviation {
  readonly what: string;
  readonly expected: string;
  readonly got: string;
  readonly basis: Basis;
  /** Whether no assumption and no order excuses it: a server error, a response in no known form, a change after a refusal. */
  readonly certain: boolean;
  /** The exchange that shows it, as an index; undefined before the first. */
  readonly exchange: number | undefined;
}

export interface DeviationDetails {
  readonly basis?: Basis;
  readonly certain?: true;
  readonly exchange?: number;
}

export interface Recorded {
  readonly operation: string;
  readonly sent: Sent;
  readonly response: HttpResponse | undefined;
  /** Why there was no response. */
  readonly failure: string | undefined;
  /** Whether the request was carried out, as the dialect says it. */
  readonly succeeded: boolean;
  /** As the draft says: the request breaks the schema on purpose. */
  readonly broken?: string | undefined;
  /** Those of the case that made the exchange. */
  readonly secrets: Secrets;
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
  readonly deviations: readonly Deviation[];
  readonly choices: readonly Choice[];
  readonly exchanges: readonly Recorded[];
  readonly secrets: Secrets;
  /** Whether the case has relied on a figure that the target does not state. */
  readonly assumes: boolean;

  /** No expectation of the case is founded better than this. */
  readonly ceiling: Basis;
  operation(id: string): Operation;
  /** Records a difference from the contract. By default it is founded like the case itself. */
  violate(what: string, expected: string, got: string, details?: DeviationDetails): void;
  /** Records it unless `holds`; returns `holds`. */
  expect(holds: boolean, what: string, expected: string, got: string, details?: DeviationDetails): boolean;
  /** Records what the target does where the documents leave a choice. The same as the mock is not recorded. */
  choose(choice: string, mock: string, target: string): void;
  /** Records a difference in the form of a response. The form case of the operation reports it, once for all cases. */
  noteForm(operation: string, what: string, expected: string, got: string, details: DeviationDetails): void;
  /** Takes over what all cases so far recorded about the form of the operation's responses. */
  judgeForm(operation: string): void;

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
export class NotArranged extends Error {
  /** `fact` says what was done and what came of it, such as "sendSms returned 400". */
  constructor(fact: string) {
    super(`Preparation failed: ${fact}, so this case could not be tested`);
  }
}

/** The target need not do what the case is about, as its own policy says. */
export class NotApplicable extends Error {}
