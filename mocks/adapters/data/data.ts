/**
 * `ciam-testkit/data`: a sandbox's accounts and messages as collections of @msw/data. The mock is the truth: what is written into a
 * collection goes to the mock, and the collections show what the mock says.
 */
import { type Collection, Query } from "@msw/data";
import type { Account, Message, Sandbox } from "../../client/sandbox.ts";
import { ControlError } from "../../http/problem.ts";
import type { Mock } from "../../mock.ts";
import { type RecordOf, type Schema, SyncedCollection } from "./synced-collection.ts";

export interface Collections {
  /** Records can be created, updated and deleted; what the mock refuses is refused with its words, and changes nothing. */
  readonly accounts: Accounts;
  /** Of the mock alone: a message can be read here, not made, changed or deleted. */
  readonly messages: Messages;
  /** Resolves once all that has been done until now, here and in the mock, shows here. Rejects if the mock refused a deletion. */
  settled(): Promise<void>;
  /** Follows the mock no longer; the records stay as they are. */
  close(): void;
}

/** What an account is made from. */
type Seed = NonNullable<Parameters<Sandbox["accounts"]["create"]>[0]>;
type Change = Parameters<Sandbox["accounts"]["update"]>[1];

type AccountRecord = RecordOf<Account>;
type Wanted = Parameters<Collection<Schema<Seed, Account>>["update"]>[0];
interface Update<Strict extends boolean> {
  /** Changes the account that it is given. */
  readonly data: (account: { -readonly [Name in keyof Account]: Account[Name] }) => Promise<void> | void;
  /** Rejects if no account matches. */
  readonly strict?: Strict;
}

/** The collections of a sandbox of this mock, by default of its default sandbox, filled with what is in it. */
export async function collections(mock: Mock, sandbox: Sandbox = mock): Promise<Collections> {
  const accounts = new Accounts(sandbox);
  const messages = new Messages(sandbox);
  const unsubscribe = mock.subscribe(({ type, clientId }) => {
    if (clientId !== sandbox.clientId || type === "request" || type === "clock") return;
    for (const mirror of [accounts, messages]) {
      mirror.caughtUp().catch(() => {
        // Whoever waits until it is settled is told: it is tried again then.
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
    // `accounts.list` answers the first thousand only.
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

  /** Creates the account in the mock. Rejects, and nothing is created, if a value is malformed or taken. */
  override async create(seed: Seed): Promise<AccountRecord> {
    const { id } = await this.#sandbox.accounts.create(seed);
    await this.caughtUp();
    return this.#byId(id);
  }

  /** Changes the account in the mock, by what `data` has changed. Rejects, and nothing is changed, if the mock refuses it. */
  override async update<Strict extends boolean>(
    which: Wanted,
    options: Update<Strict>,
  ): Promise<Strict extends true ? AccountRecord : AccountRecord | undefined> {
    const isQuery = typeof which === "function" || which instanceof Query;
    const before = this.findFirst(isQuery ? which : (query) => query.where({ id: which.id }));
    // @msw/data knows what to say.
    if (before === undefined) return super.update(which, options);
    const after = { ...before };
    await options.data(after);
    const change = changeOf(before, after);
    if (Object.keys(change).length > 0) await this.#sandbox.accounts.update(before.id, change);
    await this.caughtUp();
    return this.#byId(before.id);
  }

  /** The same for each account that matches, one after the other; rejects at the first that the mock refuses. */
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
      // Told by `settled`.
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

/** What is no longer there is null for the mock. */
function changeOf(before: Account, after: Account): Change {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]) as Set<keyof Account>;
  const changed = [...names].filter((name) => after[name] !== before[name]);
  // Whether it is a possible change, the mock judges.
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

  /** After a reset the ids begin anew. */
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

const REFUSAL = "Messages are what the mock has sent: here they can be read, not made, changed or deleted";

function refusal(): Promise<never> {
  return Promise.reject(new Error(REFUSAL));
}
