/** The connection to Redis. While Redis is away, every call rejects in time with a `StoreUnavailable`; then it goes on. */
import { ClientOfflineError } from "@redis/client";
import { StoreUnavailable } from "../../core/store.ts";
import { type Link, openLink, RETRY_MS, type Reply } from "./link.ts";
import type { Script } from "./scripts.ts";

/** Redis may be there and not respond. A call must not wait for ever. */
const LONGEST_WAIT_MS = 5_000;

export class Connection {
  readonly #url: string;
  readonly #channel: string;
  readonly #listeners = new Set<(text: string) => void>();
  #opening: Promise<Link> | undefined;
  /** Why the last connection was given up, until there is another one. */
  #lost: Late | undefined;
  #closed = false;

  constructor(url: string, channel: string) {
    this.#url = url;
    this.#channel = channel;
  }

  /** Rejects if Redis cannot be used. */
  async open(): Promise<void> {
    await this.#use(async () => undefined);
  }

  send(key: string, args: readonly string[]): Promise<Reply> {
    return this.#use((link) => link.send(key, args));
  }

  /** Redis knows a script by its hash, unless it was started anew. */
  run({ sha, source }: Script, keys: readonly [string, ...string[]], args: readonly string[]): Promise<Reply> {
    const rest = [String(keys.length), ...keys, ...args];
    return this.#use((link) =>
      link.send(keys[0], ["EVALSHA", sha, ...rest]).catch((error: Error) => {
        if (!error.message.startsWith("NOSCRIPT")) throw error;
        return link.send(keys[0], ["EVAL", source, ...rest]);
      }),
    );
  }

  /** All keys of this pattern on all nodes. Keys that come or go meanwhile may be missing. */
  keys(pattern: string): Promise<readonly string[]> {
    return this.#use(async (link) => {
      const nodes = await link.nodes();
      const found = await Promise.all(nodes.map((send) => scan(send, pattern)));
      return [...new Set(found.flat())];
    });
  }

  /** Tells all who listen to the channel, this process included. It is lost while Redis is away. */
  publish(text: string): void {
    this.#use((link) => link.send(this.#channel, ["PUBLISH", this.#channel, text])).catch(() => undefined);
  }

  /** Listens to the channel whenever there is a connection. */
  listen(listener: (text: string) => void): void {
    this.#listeners.add(listener);
    this.#keepOpen();
  }

  close(): void {
    this.#closed = true;
    this.#discard(this.#opening);
  }

  async #use<T>(work: (link: Link) => Promise<T>): Promise<T> {
    if (this.#lost !== undefined) throw this.#unavailable(this.#lost);
    const opening = this.#open();
    try {
      return await inTime(opening.then(work));
    } catch (error) {
      if (error instanceof Late) this.#lose(opening, error);
      throw this.#unavailable(error);
    }
  }

  #unavailable(cause: unknown): StoreUnavailable {
    return new StoreUnavailable(`Redis at ${new URL(this.#url).host}: ${reasonOf(cause)}`, { cause });
  }

  #open(): Promise<Link> {
    if (this.#closed) return Promise.reject(new Error("this store is closed"));
    this.#opening ??= this.#connected();
    return this.#opening;
  }

  #connected(): Promise<Link> {
    const opening = openLink(this.#url).then(async (link) => {
      await link.subscribe(this.#channel, (text) => {
        for (const listener of this.#listeners) listener(text);
      });
      return link;
    });
    opening.catch(() => {
      if (this.#opening === opening) this.#opening = undefined;
    });
    return opening;
  }

  /** Gives up a connection on which nothing comes back. Until there is another one, calls reject at once. */
  #lose(opening: Promise<Link>, reason: Late): void {
    if (this.#opening !== opening) return;
    this.#discard(opening);
    this.#lost = reason;
    this.#keepOpen();
  }

  #discard(opening: Promise<Link> | undefined): void {
    if (this.#opening === opening) this.#opening = undefined;
    opening?.then(
      (link) => link.destroy(),
      () => undefined,
    );
  }

  /** Tries until there is a connection. */
  #keepOpen(): void {
    if (this.#closed) return;
    const opening = this.#open();
    inTime(opening).then(
      () => {
        this.#lost = undefined;
      },
      () => {
        this.#discard(opening);
        setTimeout(() => this.#keepOpen(), RETRY_MS).unref();
      },
    );
  }
}

class Late extends Error {}

function inTime<T>(work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const late = () => reject(new Late(`it did not respond within ${LONGEST_WAIT_MS / 1_000} s`));
    const waiting = setTimeout(late, LONGEST_WAIT_MS);
    work.then(resolve, reject).finally(() => clearTimeout(waiting));
  });
}

async function scan(send: (args: readonly string[]) => Promise<Reply>, pattern: string): Promise<string[]> {
  const found: string[] = [];
  let cursor = "0";
  do {
    const [next, keys] = (await send(["SCAN", cursor, "MATCH", pattern, "COUNT", "1000"])) as [string, string[]];
    found.push(...keys);
    cursor = String(next);
  } while (cursor !== "0");
  return found;
}

/** Says more than the client does. An `AggregateError` of several addresses has no message of its own. */
function reasonOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return error.errors.map(reasonOf).join("; ");
  if (error instanceof ClientOfflineError) return "it cannot be reached";
  const { message, code } = error as NodeJS.ErrnoException;
  return message || code || String(error);
}
