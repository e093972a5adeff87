/** What a dialect is made of: operations with their checks, and the envelope that writes answers. */
import type { Assumption, Policy } from "../core/policy.ts";
import type { Randomness } from "../core/randomness.ts";
import type { Channel, Language } from "../core/records.ts";
import type { Awaitable } from "../core/store.ts";
import type { Sign } from "../core/tokens.ts";
import type { Transaction } from "../core/transaction.ts";
import type { PlainHeaders, PlainResponse } from "../http/message.ts";
import type { CheckId, DialectName, OperationId, OperationOf, RequestBody, ResponseBody } from "../spec/index.ts";

/** What operations need from outside. */
export interface Services {
  readonly randomness: Randomness;
  readonly sign: Sign;
  /** Each reading of a Chinese name in letters, without tones and blanks; none for a name in letters. */
  readonly romanize: (name: string) => Promise<readonly string[]>;
  /** A name for one answer: a UUID, another one each time. */
  readonly requestId: () => string;
}

/** A request under way, whatever its operation. */
export interface RequestContext {
  readonly headers: PlainHeaders;
  readonly clientId: string | undefined;
  /** Whether the client id names a sandbox; otherwise the call sees the default one, and changes nothing. */
  readonly clientKnown: boolean;
  readonly tx: Transaction;
  readonly now: number;
  readonly policy: Policy;
  readonly language: Language;
  readonly services: Services;
  /** What was derived from this call already, see `memoizePerRequest`. */
  readonly memo: Map<unknown, unknown>;
}

/** Input is unknown until a check has looked at it. */
type Unchecked<Body> = { readonly [Field in keyof Body]?: unknown };

export interface OperationContext<Id extends OperationId> extends RequestContext {
  readonly body: Unchecked<RequestBody<Id>>;
}

/** What fills {0}, {1} of a message: the same in both languages, or a text in each. */
export type Param = string | number | Readonly<Record<Language, string>>;

export interface Check<C = RequestContext> {
  /** Why the call is refused, for the journal; undefined when it passes. Reads only. */
  refuses(call: C): Awaitable<string | undefined>;
  params?(policy: Policy): readonly Param[];
  /** What a refused attempt leaves behind. */
  afterFailure?(call: C): Awaitable<void>;
}

export interface Operation<Id extends OperationId> {
  readonly checks: { readonly [C in CheckId<Id>]: Check<OperationContext<Id>> };
  /** Carries it out after every check has passed. Cannot fail. */
  run(context: OperationContext<Id>): Awaitable<ResponseBody<Id>>;
}

/** Ties an operation to its id, so that its checks are complete and its body is typed. */
export function defineOperation<Id extends OperationId>(_id: Id, operation: Operation<Id>): Operation<Id> {
  return operation;
}

export interface Envelope {
  success(payload: unknown, context: RequestContext): PlainResponse;
  failure(check: CheckId, params: readonly Param[], context: RequestContext): PlainResponse;
}

/** One of the dialects, whichever it is. */
export type AnyDialect = { [D in DialectName]: Dialect<D> }[DialectName];

export interface Dialect<D extends DialectName> {
  readonly name: D;
  /** What all its paths begin with. */
  readonly basePath: string;
  /** Where its defaults differ from the common ones. */
  readonly policy?: Partial<Policy>;
  /** What only its own documents leave open. */
  readonly assumptions?: Readonly<Record<string, Assumption<unknown>>>;
  /** The scenes that codes are sent for, by their names on the wire. */
  readonly scenes: Readonly<Record<string, Channel>>;
  clientId(headers: PlainHeaders): string | undefined;
  language(headers: PlainHeaders, policy: Policy): Language;
  /** The error code that a check is answered with, so that a fault can be ordered by it. */
  errorCode(check: CheckId): string;
  /** What a check is answered with in words; {0}, {1} stand for figures of the policy. */
  texts(check: CheckId): Readonly<Record<Language, string>>;
  readonly envelope: Envelope;
  readonly operations: { readonly [Id in OperationOf<D>]: Operation<Id> };
}

/** Derives something from a call once, however many checks ask. What had to be waited for is a plain value from then on. */
export function memoizePerRequest<C extends RequestContext, T>(
  derive: (context: C) => Promise<T>,
): (context: C) => Awaitable<T>;
export function memoizePerRequest<C extends RequestContext, T>(derive: (context: C) => T): (context: C) => T;
export function memoizePerRequest<C extends RequestContext>(derive: (context: C) => unknown): (context: C) => unknown {
  return (context) => {
    const { memo } = context;
    if (memo.has(derive)) return memo.get(derive);
    const derived = derive(context);
    memo.set(derive, derived);
    if (derived instanceof Promise) {
      derived.then(
        (value) => memo.set(derive, value),
        () => {
          // Whoever asked for it gets the rejection.
        },
      );
    }
    return derived;
  };
}

/** Goes on with a value, at once if it is known: most checks then need not wait for anything. */
export function mapMaybePromise<T, R>(value: Awaitable<T>, use: (value: T) => R): Awaitable<R> {
  return value instanceof Promise ? value.then(use) : use(value as T);
}
