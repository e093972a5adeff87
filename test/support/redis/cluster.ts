/** A cluster of three nodes on this machine. Loads no test runner. */
import { createClient } from "@redis/client";
import { type RedisServer, startRedis } from "./server.ts";

const SLOTS = 16_384;

/** Three masters that share the slots. Resolves when all of them know that. */
export async function startCluster(): Promise<readonly RedisServer[]> {
  const nodes = await Promise.all([1, 2, 3].map(() => startRedis(["--cluster-enabled", "yes"])));
  const clients = await Promise.all(nodes.map(({ url }) => createClient({ url }).connect()));
  try {
    for (const [index, client] of clients.entries()) {
      const from = Math.ceil((index * SLOTS) / clients.length);
      const to = Math.ceil(((index + 1) * SLOTS) / clients.length) - 1;
      await client.sendCommand(["CLUSTER", "ADDSLOTSRANGE", String(from), String(to)]);
      await client.sendCommand(["CLUSTER", "SET-CONFIG-EPOCH", String(index + 1)]);
      await clients[0]?.sendCommand(["CLUSTER", "MEET", "127.0.0.1", String(nodes[index]?.port)]);
    }
    for (const client of clients) {
      while (
        !/cluster_state:ok[\s\S]*cluster_known_nodes:3/.test(String(await client.sendCommand(["CLUSTER", "INFO"])))
      ) {
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    }
  } finally {
    for (const client of clients) client.destroy();
  }
  return nodes;
}
