/** The store of `serve --store <url>`: checks the options, and that Redis can be used. */
import type { RedisStore } from "../mocks/stores/redis/redis-store.ts";
import type { SERVE_OPTIONS } from "./serve-options.ts";
import { CommandError, type Surroundings, type Values, wrongUsage } from "./usage.ts";

const STORE_VARIABLE = "CIAM_TESTKIT_STORE";

type StoreValues = Pick<Values<typeof SERVE_OPTIONS>, "store" | "idle-seconds" | "state">;

/** undefined if the mock keeps its own state. Throws a `CommandError` for an option or a Redis that cannot be used. */
export async function openStore(values: StoreValues, env: Surroundings["env"]): Promise<RedisStore | undefined> {
  const { store: url = env[STORE_VARIABLE], "idle-seconds": idle, state } = values;
  if (url === undefined) {
    if (idle !== undefined) throw wrongUsage("--idle-seconds needs --store");
    return undefined;
  }
  if (state !== undefined) throw wrongUsage("--state and --store cannot be combined: the store keeps the state");
  const store = await storeAt(url, idle);
  try {
    await store.open();
    return store;
  } catch (error) {
    store.close();
    throw new CommandError(`--store cannot be used: ${messageOf(error)}`);
  }
}

async function storeAt(url: string, idle: string | undefined): Promise<RedisStore> {
  // Loaded here, because its package is optional.
  const { redisStore } = await import("../mocks/stores/redis/redis-store.ts").catch((error) => {
    if (error.code !== "ERR_MODULE_NOT_FOUND") throw error;
    throw new CommandError("--store needs the package @redis/client. Install it: npm install @redis/client");
  });
  try {
    return redisStore(url, idle === undefined ? {} : { idleSeconds: secondsOf(idle) });
  } catch (error) {
    throw error instanceof CommandError ? error : wrongUsage(`--store: ${messageOf(error)}`);
  }
}

function secondsOf(text: string): number {
  if (/^[1-9]\d{0,9}$/.test(text)) return Number(text);
  throw wrongUsage(`--idle-seconds must be a whole number above 0, not "${text}"`);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
