/** Sandboxes as the engine uses them: open one, and change one in a transaction that is tried until it holds. */
import { type AccountSeed, createAccount } from "../core/accounts.ts";
import { type Clock, RUNNING_CLOCK, timeOf } from "../core/clock.ts";
import type { Events } from "../core/events.ts";
import { type Policy, UNCHANGED } from "../core/policy.ts";
import type { Settings } from "../core/records.ts";
import type { Awaitable, Store } from "../core/store.ts";
import { Transaction } from "../core/transaction.ts";
import type { AnyDialect, Services } from "../dialect-kit/operation.ts";
import type { KeyedMutex } from "./keyed-mutex.ts";

/** All that a mock is made of. */
export interface MockContext {
  readonly store: Store;
  readonly clock: Clock;
  readonly services: Services;
  readonly dialects: readonly AnyDialect[];
  readonly defaultClientId: string;
  /** What the default sandbox starts with, and has again after a reset. */
  readonly accounts: readonly AccountSeed[];
  readonly policy: Partial<Policy>;
  readonly events: Events;
  readonly mutex: KeyedMutex;
  /** Waits in real time; ends early when the signal is given. */
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
  /** The public keys of the tokens that `tools.sign` writes. */
  readonly publicKeys: () => Promise<readonly Record<string, unknown>[]>;
}

export interface Access {
  readonly tx: Transaction;
  readonly settings: Settings;
  readonly now: number;
}

const SETTINGS_KEY = "";

function settingsOf(tx: Transaction): Awaitable<Settings | undefined> {
  return tx.get("settings", SETTINGS_KEY);
}

export function changeSettings(tx: Transaction, settings: Settings): void {
  tx.set("settings", SETTINGS_KEY, settings);
}

/** Opens the sandbox; answers false when there is one of this name already. All but the default one start empty. */
export async function openSandbox(wiring: MockContext, clientId: string): Promise<boolean> {
  const tx = new Transaction(wiring.store, clientId);
  if ((await settingsOf(tx)) !== undefined) return false;
  try {
    await seedSandbox(tx, wiring);
  } catch (error) {
    if (await tx.holds()) throw error;
    // Somebody else has opened it meanwhile: what is taken is taken by the same accounts.
    return false;
  }
  return tx.commit();
}

/** Puts the sandbox back to what it was when it was opened, in one step: no request ever sees it missing. */
export async function resetSandbox(wiring: MockContext, clientId: string): Promise<void> {
  const tx = new Transaction(NOTHING_STORED, clientId);
  await seedSandbox(tx, wiring);
  await wiring.store.load(clientId, { records: tx.changes, messages: [] });
}

async function seedSandbox(tx: Transaction, wiring: MockContext): Promise<void> {
  tx.startAt(wiring.clock.now());
  const isDefault = tx.sandbox === wiring.defaultClientId;
  const policy = isDefault ? { ...UNCHANGED, all: wiring.policy } : UNCHANGED;
  changeSettings(tx, { clock: RUNNING_CLOCK, policy });
  for (const seed of isDefault ? wiring.accounts : []) {
    const creation = await createAccount(tx, seed, wiring.services.randomness);
    if ("account" in creation) continue;
    throw new Error(`An account given to createMock cannot be created: ${JSON.stringify(creation)}`);
  }
}

/** Where a transaction begins from nothing. */
const NOTHING_STORED: Pick<Store, "get" | "commit"> = { get: () => undefined, commit: () => false };

/**
 * Runs `work` in a transaction on the sandbox, again if another request came between, so that concurrent requests behave as if
 * one came after the other. Who has to begin anew waits for its turn: otherwise of many at once each would be carried out many
 * times. Answers undefined for an unknown client id.
 */
export async function transact<T>(
  wiring: MockContext,
  clientId: string,
  work: (access: Access) => Awaitable<T>,
): Promise<T | undefined> {
  const first = await attempt(wiring, clientId, work);
  if (first.held) return first.result;
  return wiring.mutex.runExclusive(clientId, async () => {
    for (;;) {
      const next = await attempt(wiring, clientId, work);
      if (next.held) return next.result;
    }
  });
}

interface Attempt<T> {
  /** Whether nothing came between. */
  readonly held: boolean;
  readonly result: T | undefined;
}

async function attempt<T>(
  wiring: MockContext,
  clientId: string,
  work: (access: Access) => Awaitable<T>,
): Promise<Attempt<T>> {
  const tx = new Transaction(wiring.store, clientId);
  const settings = await settingsOf(tx);
  if (settings === undefined) {
    if (clientId !== wiring.defaultClientId) return { held: true, result: undefined };
    await reopen(wiring);
    return { held: false, result: undefined };
  }
  const now = timeOf(settings.clock, wiring.clock);
  tx.startAt(now);
  try {
    const result = await work({ tx, settings, now });
    return { held: await commit(wiring, tx), result };
  } catch (error) {
    // Where another request came between what was read, there may have been no reason to refuse.
    if (await tx.holds()) throw error;
    return { held: false, result: undefined };
  }
}

/** A store may lose all that it has, as when a browser's data is cleared; there is always a default sandbox all the same. */
async function reopen(wiring: MockContext): Promise<void> {
  const { defaultClientId: clientId, events } = wiring;
  if (await openSandbox(wiring, clientId)) events.emit({ type: "reset", clientId, lastMessage: 0 });
}

async function commit(wiring: MockContext, tx: Transaction): Promise<boolean> {
  const held = await tx.commit();
  if (held && wiring.events.hasListeners) publish(wiring.events, tx);
  return held;
}

function publish(events: Events, { sandbox: clientId, additions, changes }: Transaction): void {
  for (const { log, value } of additions) {
    events.emit(log === "messages" ? { type: "message", clientId, message: value } : { type: "request", clientId });
  }
  if (changes.length > 0) events.emit({ type: "change", clientId });
}
