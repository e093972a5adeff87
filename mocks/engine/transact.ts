/** Opens sandboxes and changes them in transactions, which are repeated until no other request interferes. */
import { type AccountSeed, type Creation, createAccount } from "../core/accounts.ts";
import { type Clock, runningClock, timeOf } from "../core/clock.ts";
import type { Events } from "../core/events.ts";
import { type Policy, UNCHANGED } from "../core/policy.ts";
import type { Settings } from "../core/records.ts";
import type { Awaitable, Store } from "../core/store.ts";
import { Transaction } from "../core/transaction.ts";
import type { AnyDialect, Services } from "../dialect-kit/operation.ts";
import type { IdleSandboxes } from "./idle-sandboxes.ts";
import type { KeyedMutex } from "./keyed-mutex.ts";
import type { OpenCalls } from "./open-calls.ts";
import { mapMaybePromise, walk } from "./walk.ts";

/** The parts of a mock. */
export interface MockContext {
  readonly store: Store;
  readonly clock: Clock;
  readonly services: Services;
  /** A new UUID for each request. */
  readonly nextRequestId: () => string;
  readonly dialects: readonly AnyDialect[];
  readonly defaultClientId: string;
  /** The content of the default sandbox at the start and after a reset. */
  readonly accounts: readonly AccountSeed[];
  readonly policy: Partial<Policy>;
  readonly events: Events;
  readonly mutex: KeyedMutex;
  readonly openCalls: OpenCalls;
  readonly idleSandboxes: IdleSandboxes;
  /** Waits in real time, until the signal aborts at the latest. */
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
  /** The public keys, as JWKs, of the tokens that `services.sign` signs. */
  readonly publicKeys: () => Promise<readonly Record<string, unknown>[]>;
}

export interface Access {
  readonly tx: Transaction;
  readonly settings: Settings;
  readonly now: number;
}

const SETTINGS_KEY = "";

function settingsOf(tx: Transaction): Settings | undefined {
  return tx.get("settings", SETTINGS_KEY);
}

export function changeSettings(tx: Transaction, settings: Settings): void {
  tx.set("settings", SETTINGS_KEY, settings);
}

/** Opens a sandbox. Returns false if it exists already. Only the default sandbox starts with content. */
export async function openSandbox(mock: MockContext, clientId: string): Promise<boolean> {
  const tx = new Transaction(onlySettings(mock.store), clientId);
  if ((await walk(tx, () => settingsOf(tx))) !== undefined) {
    if (await tx.holds()) return false;
    // Another process has deleted the sandbox since this one saw it.
    return openSandbox(mock, clientId);
  }
  mock.idleSandboxes.use(clientId);
  try {
    seedSandbox(tx, mock, mock.clock.now());
  } catch (error) {
    if (await tx.holds()) throw error;
    // Another caller opened this sandbox first.
    return false;
  }
  return tx.commit();
}

/**
 * A sandbox without settings has no records either, so the store is not asked for them: a long list of accounts would suspend the
 * walk for each of them. The commit still compares them all.
 */
function onlySettings(store: Store): Pick<Store, "get" | "commit"> {
  return {
    get: (sandbox, kind, key) => (kind === "settings" ? store.get(sandbox, kind, key) : undefined),
    commit: (...commit) => store.commit(...commit),
  };
}

/** Gives the sandbox its first content again. This is one step, so no request finds the sandbox missing. */
export async function resetSandbox(mock: MockContext, clientId: string): Promise<void> {
  const tx = new Transaction(NOTHING_STORED, clientId);
  seedSandbox(tx, mock, mock.clock.now());
  await mock.store.load(clientId, { records: tx.changes, messages: [] });
}

function seedSandbox(tx: Transaction, mock: MockContext, now: number): void {
  const clock = runningClock(now);
  tx.startAt(now, clock);
  const isDefault = tx.sandbox === mock.defaultClientId;
  const policy = isDefault ? { ...UNCHANGED, all: mock.policy } : UNCHANGED;
  changeSettings(tx, { clock, policy });
  for (const seed of isDefault ? mock.accounts : []) {
    const creation = createAccount(tx, seed, mock.services.randomness);
    if ("account" in creation) continue;
    const index = mock.accounts.indexOf(seed);
    throw new Error(`createMock: accounts[${index}] cannot be created: ${mistakeOf(seed, creation)}`);
  }
}

function mistakeOf(seed: AccountSeed, creation: Exclude<Creation, { readonly account: unknown }>): string {
  if ("taken" in creation) return `another account has the same ${creation.taken}`;
  return `${creation.malformed} ${JSON.stringify(seed[creation.malformed])} is malformed`;
}

/** For a transaction that ignores the stored state. */
const NOTHING_STORED: Pick<Store, "get" | "commit"> = { get: () => undefined, commit: () => false };

/**
 * Runs `work` in a transaction on the sandbox, and again if another request interferes: concurrent requests behave as if they
 * came one after the other. Repetitions run one at a time, because many at once would make each other fail again and again.
 * Returns undefined for an unknown client id. Returns a promise only if something has to wait.
 */
export function transact<T>(
  mock: MockContext,
  clientId: string,
  work: (access: Access) => T,
): Awaitable<T | undefined> {
  return mapMaybePromise(attempt(mock, clientId, work), (first) =>
    first.held ? first.result : repeated(mock, clientId, work),
  );
}

function repeated<T>(mock: MockContext, clientId: string, work: (access: Access) => T): Promise<T | undefined> {
  return mock.mutex.runExclusive(clientId, async () => {
    for (;;) {
      const next = await attempt(mock, clientId, work);
      if (next.held) return next.result;
    }
  });
}

interface Attempt<T> {
  /** Whether the transaction was committed, without interference. */
  readonly held: boolean;
  readonly result: T | undefined;
}

const INTERFERED: Attempt<never> = { held: false, result: undefined };

function attempt<T>(mock: MockContext, clientId: string, work: (access: Access) => T): Awaitable<Attempt<T>> {
  const tx = new Transaction(mock.store, clientId);
  return mapMaybePromise(
    walk(tx, () => settingsOf(tx)),
    (settings) => {
      if (settings === undefined) return clientId === mock.defaultClientId ? reopen(mock) : unknownSandbox(tx);
      mock.idleSandboxes.use(clientId);
      // Read the time once: all walks of the transaction happen at the same moment.
      const now = timeOf(settings.clock, mock.clock);
      tx.startAt(now, settings.clock);
      return attemptIn(mock, { tx, settings, now }, work);
    },
  );
}

function attemptIn<T>(mock: MockContext, access: Access, work: (access: Access) => T): Awaitable<Attempt<T>> {
  const { tx } = access;
  const finish = (result: T) => mapMaybePromise(commit(mock, tx), (held) => ({ held, result }));
  const fail = (error: unknown) => attemptFailed(tx, error);
  try {
    const attempted = mapMaybePromise(
      walk(tx, () => work(access)),
      finish,
    );
    return attempted instanceof Promise ? attempted.catch(fail) : attempted;
  } catch (error) {
    return fail(error);
  }
}

/** Another process may have opened the sandbox since this one looked for it. */
function unknownSandbox(tx: Transaction): Awaitable<Attempt<never>> {
  return mapMaybePromise(tx.holds(), (held) => ({ held, result: undefined }));
}

/** If another request interfered, the error may come from inconsistent reads. */
async function attemptFailed(tx: Transaction, error: unknown): Promise<Attempt<never>> {
  if (await tx.holds()) throw error;
  return INTERFERED;
}

/** Opens the default sandbox again after the store has lost its content, as when the user clears the browser's data. */
async function reopen(mock: MockContext): Promise<Attempt<never>> {
  const { defaultClientId: clientId, events } = mock;
  if (await openSandbox(mock, clientId)) events.emit({ type: "reset", clientId, lastMessage: 0 });
  return INTERFERED;
}

function commit(mock: MockContext, tx: Transaction): Awaitable<boolean> {
  return mapMaybePromise(tx.commit(), (held) => {
    if (held && mock.events.hasListeners) publish(mock.events, tx);
    return held;
  });
}

function publish(events: Events, { sandbox: clientId, additions, changes }: Transaction): void {
  for (const { log, value } of additions) {
    events.emit(log === "messages" ? { type: "message", clientId, message: value } : { type: "request", clientId });
  }
  if (changes.length > 0) events.emit({ type: "change", clientId });
}
