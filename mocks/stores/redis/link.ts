/** An open connection to one server or to a cluster, with the few commands that the store needs. */
import { createClient, createCluster } from "@redis/client";

export type Reply = string | number | null | readonly Reply[];

export interface Link {
  /** Sends a command about this key. */
  send(key: string, args: readonly string[]): Promise<Reply>;
  subscribe(channel: string, listener: (text: string) => void): Promise<void>;
  /** The commands to send to each node that has keys of its own. */
  nodes(): Promise<readonly ((args: readonly string[]) => Promise<Reply>)[]>;
  destroy(): void;
}

/** How long a lost connection waits before it is opened again. */
export const RETRY_MS = 250;

/** The scripts of this store use stream ids that Redis 6 does not have. */
const OLDEST_MAJOR = 7;

/** Connects. Rejects if nothing can be reached; a connection that is lost later is opened again. */
export async function openLink(url: string): Promise<Link> {
  let connected = false;
  const options = optionsFor(url, () => (connected ? RETRY_MS : false));
  const client = createClient(options);
  client.on("error", ignore);
  try {
    await client.connect();
    const info = String(await client.sendCommand(["INFO"]));
    assertVersion(info);
    connected = true;
    if (!/^cluster_enabled:1/m.test(info)) return linkTo(client);
  } catch (error) {
    client.destroy();
    throw error;
  }
  client.destroy();
  return openCluster(options);
}

type ClientOptions = ReturnType<typeof optionsFor>;

function optionsFor(url: string, reconnectStrategy: () => number | false) {
  return {
    url,
    // While Redis is away, a command fails at once.
    disableOfflineQueue: true,
    // The connection has its own limit, which costs less than a signal for each command.
    commandOptions: { timeout: 0 },
    socket: { reconnectStrategy },
  };
}

/** Each command reports its own failure. */
function ignore(): void {}

function assertVersion(info: string): void {
  const [, version = "unknown"] = /^redis_version:(\S+)/m.exec(info) ?? [];
  if (Number.parseInt(version, 10) < OLDEST_MAJOR) {
    throw new Error(`its version is ${version}, and ${OLDEST_MAJOR} or newer is needed`);
  }
}

/** What is used of a client. Its own type differs with each set of options. */
interface Client {
  sendCommand<T>(args: readonly string[]): Promise<T>;
  subscribe(channel: string, listener: (text: string) => void): Promise<void>;
  destroy(): void;
}

function linkTo(client: Client): Link {
  const send = (args: readonly string[]) => client.sendCommand<Reply>(args);
  return {
    send: (_key, args) => send(args),
    subscribe: (channel, listener) => client.subscribe(channel, listener),
    nodes: async () => [send],
    destroy: () => client.destroy(),
  };
}

async function openCluster(options: ClientOptions): Promise<Link> {
  const { url, ...defaults } = options;
  const cluster = createCluster({ rootNodes: [{ url }], defaults: { ...defaults, ...accessOf(url, options) } });
  cluster.on("error", ignore);
  try {
    await cluster.connect();
  } catch (error) {
    cluster.destroy();
    throw error;
  }
  return {
    send: (key, args) => cluster.sendCommand<Reply>(key, false, [...args]),
    subscribe: (channel, listener) => cluster.subscribe(channel, listener),
    async nodes() {
      const clients = await Promise.all(cluster.masters.map((master) => cluster.nodeClient(master)));
      return clients.map((client) => (args: readonly string[]) => client.sendCommand<Reply>(args));
    },
    destroy: () => cluster.destroy(),
  };
}

/** A cluster tells the addresses of its nodes, but not how to sign in to them. */
function accessOf(url: string, { socket }: ClientOptions) {
  const { username, password, protocol } = new URL(url);
  return {
    ...(username === "" ? {} : { username: decodeURIComponent(username) }),
    ...(password === "" ? {} : { password: decodeURIComponent(password) }),
    ...(protocol === "rediss:" ? { socket: { ...socket, tls: true as const } } : {}),
  };
}
