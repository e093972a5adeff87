/** The parts of a dialect: operations with their checks, and the envelope that writes responses. */
import type { Assumption, Policy } from "../core/policy.ts";
import type { Randomness } from "../core/randomness.ts";
import type { Channel, Language } from "../core/records.ts";
import type { Sign } from "../core/tokens.ts";
import type { Transaction } from "../core/transaction.ts";
import type { PlainHeaders, PlainResponse } from "../http/message.ts";
import type { CheckId, DialectName, OperationId, OperationOf, RequestBody, ResponseBody } from "../spec/index.ts";

/** What the operations get from the mock: random values, signatures, names in pinyin. */
export interface Services {
  readonly randomness: Randomness;
  readonly sign: Sign;
  /** Each reading of a Chinese name in pinyin, without tones and blanks; none for a name in Latin letters. */
  readonly romanize: (name: string) => Promise<readonly string[]>;
}

/** A request that is being handled, of any operation. `now` is in milliseconds since 1970. */
export interface RequestContext {
  readonly headers: PlainHeaders;
  readonly clientId: string | undefined;
  /**
   * Whether the client id names a sandbox, or none is needed. If not, the request runs in the default sandbox and fails its
   * first checks.
   */
  readonly clientKnown: boolean;
  readonly tx: Transaction;
  readonly now: number;
  readonly policy: Policy;
  readonly language: Language;
  readonly services: Services;
  /** The UUID of this request. It is made on the first call, and stays the same if the request is handled again. */
  readonly requestId: () => string;
  /** The values that `oncePerWalk` has derived, in a list, because a request has only a few. */
  readonly derived: { readonly by: unknown; readonly value: unknown }[];
}

/** Derives a value once, for all checks that need it. A walk that begins again has a new context. */
export function oncePerWalk<C extends RequestContext, T>(derive: (context: C) => T): (context: C) => T {
  return (context) => {
    for (const { by, value } of context.derived) if (by === derive) return value as T;
    const value = derive(context);
    context.derived.push({ by: derive, value });
    return value;
  };
}

/** The type of a field is unknown until a check has validated it. */
type Unchecked<Body> = { readonly [Field in keyof Body]?: unknown };

export interface OperationContext<Id extends OperationId> extends RequestContext {
  readonly body: Unchecked<RequestBody<Id>>;
}

/** A value for {0} or {1} of a message: one value for both languages, or one text for each. */
export type Param = string | number | Readonly<Record<Language, string>>;

/** A check only reads. Its functions are synchronous: a value that is not there yet suspends the walk. They catch nothing. */
export interface Check<C = RequestContext> {
  /** The reason why the request is refused, for the journal; undefined if it passes. Writes nothing. */
  refuses(call: C): string | undefined;
  params?(policy: Policy): readonly Param[];
  /** Records a refused attempt, such as a wrong code. */
  afterFailure?(call: C): void;
  /** Records that this check passed, but a later check refuses the request. */
  afterLaterFailure?(call: C): void;
}

export interface Operation<Id extends OperationId> {
  readonly checks: { readonly [C in CheckId<Id>]: Check<OperationContext<Id>> };
  /** Performs the operation after every check has passed. It must not fail. */
  run(context: OperationContext<Id>): ResponseBody<Id>;
}

/** Gives an operation the types of its id: the compiler then demands all checks and knows the body. */
export function defineOperation<Id extends OperationId>(_id: Id, operation: Operation<Id>): Operation<Id> {
  return operation;
}

export interface Envelope {
  success(payload: unknown, context: RequestContext): PlainResponse;
  failure(check: CheckId, params: readonly Param[], context: RequestContext): PlainResponse;
}

/** Any of the dialects. */
export type AnyDialect = { [D in DialectName]: Dialect<D> }[DialectName];

export interface Dialect<D extends DialectName> {
  readonly name: D;
  /** The common beginning of its paths. */
  readonly basePath: string;
  /** The defaults that differ from the common ones. */
  readonly policy?: Partial<Policy>;
  /** The policy keys that only this dialect has. */
  readonly assumptions?: Readonly<Record<string, Assumption<unknown>>>;
  /** The channel of each scene, by the scene's name in the API. */
  readonly scenes: Readonly<Record<string, Channel>>;
  clientId(headers: PlainHeaders): string | undefined;
  /** Whether a request without a client id is accepted, in the default sandbox. By default it is not. */
  acceptsNoClientId?(policy: Policy): boolean;
  language(headers: PlainHeaders, policy: Policy): Language;
  /** The API's error code for a check. A fault can be scheduled by it. */
  errorCode(check: CheckId): string;
  /** The API's message for a check. {0} and {1} stand for values of the policy. */
  texts(check: CheckId): Readonly<Record<Language, string>>;
  readonly envelope: Envelope;
  readonly operations: { readonly [Id in OperationOf<D>]: Operation<Id> };
}
