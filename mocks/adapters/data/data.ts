/**
 * `ciam-testkit/data`: a sandbox's accounts and messages as collections of @msw/data. Writes to a collection go to the mock, and
 * the collections show the state of the mock.
 */
import { type Collection, Query } from "@msw/data";
import type { Account, Message, Sandbox } from "../../client/sandbox.ts";
import { ControlError } from "../../http/problem.ts";
import type { Mock } from "../../mock.ts";
import { type RecordOf, type Schema, SyncedCollection } from "./synced-collection.ts";

export interface Collections {
  /** Records can be created, updated and deleted. A write that the mock refuses rejects with the mock's error and changes nothing. */
  readonly accounts: Accounts;
  /** Read-only: the mock sends the messages. */
  readonly messages: Messages;
  /** Resolves when the collections show every earlier change, made here or in the mock. Rejects if the mock refused a deletion. */
  settled(): Promise<void>;
  /** Stops following the mock. The records stay as they are. */
  close(): void;
}

/** The input for a new account. */
type Seed = NonNullable<Parameters<Sandbox["accounts"]["create"]>[0]>;
type Change = Parameters<Sandbox["accounts"]["update"]>[1];

type AccountRecord = RecordOf<Account>;
type Wanted = Parameters<Collection<Schema<Seed, Account>>["update"]>[0];
interface Update<Strict extends boolean> {
  /** Changes the fields of this copy of the account. */
  readonly data: (account: { -readonly [Name in keyof Account]: Account[Name] }) => Promise<void> | void;
  /** Rejects if no account matches. */
  readonly strict?: Strict;
}

/** The collections of a sandbox of this mock, by default its default sandbox, filled with its current content. */
export async function collections(mock: Mock, sandbox: Sandbox = mock): Promise<Collections> {
  const accounts = new Accounts(sandbox);
  const messages = new Messages(sandbox);
  const unsubscribe = mock.subscribe(({ type, clientId }) => {
    if (clientId !== sandbox.clientId || type === "request" || type === "clock") return;
    for (const collection of [accounts, messages]) {
      collection.caughtUp().catch(() => {
        // `settled` tries again and reports the error.
      });
    }
  });
  const settled = async () => {
    await accounts.settled();
    await messages.caughtUp();
  };
  await settled();
  return { accounts, messages, settled, close: unsubscribe };
}

class Accounts extends SyncedCollection<Seed, Account> {
  readonly #sandbox: Sandbox;
  #deletions: Promise<void>[] = [];

  constructor(sandbox: Sandbox) {
    super();
    this.#sandbox = sandbox;
  }

  protected async rows(): Promise<readonly Account[]> {
    // `accounts.list` returns the first thousand only.
    const { records } = await this.#sandbox.snapshot.take();
    return Object.entries(records.account).map(([id, { mobile, email, username, name }]) => ({
      id,
      mobile: mobile ?? null,
      email: email ?? null,
      username: username ?? null,
      name: name ?? null,
    }));
  }

  protected key({ id }: Account): string {
    return id;
  }

  /** Creates the account in the mock. Rejects, and creates nothing, if a value is malformed or taken. */
  override async create(seed: Seed): Promise<AccountRecord> {
    const { id } = await this.#sandbox.accounts.create(seed);
    await this.caughtUp();
    return this.#byId(id);
  }

  /** Makes the changes of `data` in the mock. Rejects, and changes nothing, if the mock refuses them. */
  override async update<Strict extends boolean>(
    which: Wanted,
    options: Update<Strict>,
  ): Promise<Strict extends true ? AccountRecord : AccountRecord | undefined> {
    const isQuery = typeof which === "function" || which instanceof Query;
    const before = this.findFirst(isQuery ? which : (query) => query.where({ id: which.id }));
    // @msw/data reports the missing record.
    if (before === undefined) return super.update(which, options);
    const after = { ...before };
    await options.data(after);
    const change = changeOf(before, after);
    if (Object.keys(change).length > 0) await this.#sandbox.accounts.update(before.id, change);
    await this.caughtUp();
    return this.#byId(before.id);
  }

  /** Updates each matching account, one after the other. Rejects at the first one that the mock refuses. */
  override async updateMany(
    ...[which, options]: Parameters<Collection<Schema<Seed, Account>>["updateMany"]>
  ): Promise<AccountRecord[]> {
    const ids = this.findMany(which, options).map(({ id }) => id);
    for (const id of ids) await this.update((query) => query.where({ id }), options);
    return this.findMany((query) => query.where(({ id }: Account) => ids.includes(id)), options);
  }

  #byId(id: string): AccountRecord {
    return this.findFirst((query) => query.where({ id }), { strict: true });
  }

  protected deleted({ id }: Account): void {
    this.leaving.add(id);
    const deletion = this.#delete(id);
    this.#deletions.push(deletion);
    deletion.catch(() => {
      // `settled` reports the error.
    });
  }

  async #delete(id: string): Promise<void> {
    try {
      await this.#sandbox.accounts.delete(id).catch(undefinedIfGone);
      await this.caughtUp();
    } finally {
      this.leaving.delete(id);
    }
  }

  async settled(): Promise<void> {
    await Promise.all(this.#deletions.splice(0));
    await this.caughtUp();
  }
}

/** A removed field is null for the mock. */
function changeOf(before: Account, after: Account): Change {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]) as Set<keyof Account>;
  const changed = [...names].filter((name) => after[name] !== before[name]);
  // The mock validates the change.
  return Object.fromEntries(changed.map((name) => [name, after[name] ?? null])) as Change;
}

/** The mock may have deleted it first. */
function undefinedIfGone(error: unknown): undefined {
  if (!(error instanceof ControlError && error.problem.status === 404)) throw error;
}

class Messages extends SyncedCollection<never, Message> {
  readonly #sandbox: Sandbox;

  constructor(sandbox: Sandbox) {
    super();
    this.#sandbox = sandbox;
  }

  protected rows(): Promise<readonly Message[]> {
    return this.#sandbox.messages.list();
  }

  /** The id alone is not enough: after a reset the ids start again. */
  protected key({ id, sentAt, to, code }: Message): string {
    return [id, sentAt, to, code].join(" ");
  }

  override create(): Promise<never> {
    return refusal();
  }

  override createMany(): Promise<never> {
    return refusal();
  }

  override update(): Promise<never> {
    return refusal();
  }

  override updateMany(): Promise<never> {
    return refusal();
  }

  protected deleted(): never {
    throw new Error(REFUSAL);
  }
}

const REFUSAL = "The messages of the mock are read-only: they cannot be created, changed or deleted here";

function refusal(): Promise<never> {
  return Promise.reject(new Error(REFUSAL));
}
