/** A redis-server for a test. Where there is none, the test is skipped with the reason; with CI set it fails. */
import { createClient } from "@redis/client";
import { onTestFinished } from "vitest";
import { type RedisStore, type RedisStoreOptions, redisStore } from "../../../mocks/stores/redis/redis-store.ts";
import { type RedisServer, redisPath, startRedis } from "./server.ts";

export function assertRedis(skip: (note: string) => void): void {
  if (redisPath !== undefined) return;
  const reason = "there is no redis-server: install it (apt-get install redis-server), or set REDIS_SERVER_PATH";
  if (process.env["CI"]) throw new Error(reason);
  process.stderr.write(`skipped: ${reason}\n`);
  skip(reason);
}

/** A server with no data, removed when the test is over. */
export async function redisServer({ skip }: { skip: (note: string) => void }): Promise<RedisServer> {
  assertRedis(skip);
  const server = await startRedis();
  onTestFinished(() => server.remove());
  return server;
}

/** A store over this server, closed when the test is over. */
export function storeOver({ url }: RedisServer, options: RedisStoreOptions = {}): RedisStore {
  const store = redisStore(url, options);
  onTestFinished(() => store.close());
  return store;
}

/** Sends one command to the server, as its administrator does. */
export async function administer({ url }: RedisServer, ...command: string[]): Promise<unknown> {
  const client = createClient({ url });
  await client.connect();
  try {
    return await client.sendCommand(command);
  } finally {
    client.destroy();
  }
}
