/** Sends requests on connections that stay open. */
import { Agent, request } from "node:http";

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The status; 0 for a connection that ended without a response. Rejects after ten seconds. */
export function client(url: string, connections: number) {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const { hostname, port } = new URL(url);
  const send = ({ method, path, headers, body }: Asked): Promise<number> =>
    new Promise((resolve, reject) => {
      // Without a length, Node sends the body of a GET or HEAD as if it were the next request.
      const all = { ...headers, "content-length": Buffer.byteLength(body) };
      const sent = request({ agent, hostname, port, method, path, headers: all }, (response) => {
        response.resume().once("end", () => resolve(response.statusCode ?? 0));
        response.once("error", () => resolve(0));
      });
      sent.setTimeout(HANG_MS, () => sent.destroy(new Error(`${method} ${path.slice(0, 100)} got no response`)));
      sent.once("error", (error) => (/no response/.test(error.message) ? reject(error) : resolve(0)));
      sent.end(body);
    });
  return { send, close: () => agent.destroy() };
}

const HANG_MS = 10_000;
