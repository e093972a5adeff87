/** A balancer: sends each request to a random one of these servers. Loads no test runner, so that the soak can use it as well. */
import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface Balancer {
  readonly url: string;
  /** How many requests each server got. */
  readonly counts: ReadonlyMap<string, number>;
  close(): void;
}

/** `urls` may change: the next request goes to one that is in it then. */
export async function balancer(urls: readonly string[]): Promise<Balancer> {
  const counts = new Map<string, number>();
  const agent = new Agent({ keepAlive: true });
  const server = createServer((incoming, outgoing) => {
    const url = urls[Math.floor(Math.random() * urls.length)] ?? "";
    counts.set(url, (counts.get(url) ?? 0) + 1);
    pass(incoming, outgoing, url, agent);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    counts,
    close() {
      agent.destroy();
      server.closeAllConnections();
      server.close();
    },
  };
}

function pass(incoming: IncomingMessage, outgoing: ServerResponse, url: string, agent: Agent): void {
  const { method = "GET", headers, url: path = "/" } = incoming;
  const { hostname, port } = new URL(url);
  const onward = request({ agent, hostname, port, method, path, headers }, (response) => {
    outgoing.writeHead(response.statusCode ?? 502, response.headers);
    response.pipe(outgoing);
    response.once("error", () => outgoing.destroy());
  });
  onward.once("error", () => outgoing.destroy());
  outgoing.once("close", () => onward.destroy());
  incoming.pipe(onward);
}
