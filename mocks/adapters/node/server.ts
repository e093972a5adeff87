/** `ciam-testkit/server`: the mock on its own port. */
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { problemResponse } from "../../http/problem.ts";
import type { Mock } from "../../mock.ts";
import { controlGuard } from "./control-guard.ts";
import { nodeListener } from "./listener.ts";

export interface ServeOptions {
  /** 0 for any free port; 4010 by default. */
  readonly port?: number;
  /** 127.0.0.1 by default. */
  readonly host?: string;
  /** Required on a host that other machines can reach. If it is set, every control call needs it. */
  readonly controlToken?: string;
  /** Called with unexpected errors: bugs of this project. */
  readonly onError?: (error: unknown) => void;
}

export interface RunningServer {
  /** Without a slash at the end. */
  readonly url: string;
  readonly port: number;
  /** Waits for open requests, for two seconds at most. */
  close(): Promise<void>;
}

export const DEFAULT_PORT = 4010;
const DEFAULT_HOST = "127.0.0.1";

const CLOSE_GRACE_MS = 2_000;

/**
 * An idle connection stays open until the client closes it. Otherwise a client could send a request on a connection that the
 * server is closing. The operating system finds the clients that have vanished.
 */
const CONNECTIONS = { keepAliveTimeout: 0, keepAlive: true, keepAliveInitialDelay: 60_000 };

/**
 * An import of node:http also loads all that node:http re-exports, such as its WebSocket. That takes as long as the rest of the
 * start.
 */
const { createServer } = process.getBuiltinModule("node:http");

/** Serves the mock. Rejects if the address cannot be used, or if other machines could use the control API without a token. */
export async function serve(mock: Pick<Mock, "answer">, options: ServeOptions = {}): Promise<RunningServer> {
  const { port = DEFAULT_PORT, host = DEFAULT_HOST, onError = () => {} } = options;
  const guard = controlGuard(host, options.controlToken);
  const server = createServer(CONNECTIONS, nodeListener(mock, { guard, onError }));
  server.on("clientError", respondToMalformed);
  await listen(server, port, host);
  const { port: bound } = server.address() as AddressInfo;
  return {
    url: `http://${host.includes(":") ? `[${host}]` : host}:${bound}`,
    port: bound,
    close: () => close(server),
  };
}

/** Node's parser refuses malformed requests before a handler sees them. Without this the client gets an empty 400. */
function respondToMalformed(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (error.code === "ECONNRESET" || !socket.writable) return void socket.destroy();
  const { status, title } = malformedAs(error.code);
  const { headers, body } = problemResponse({ title, status, detail: error.message });
  const head = Object.entries({ ...headers, "content-length": Buffer.byteLength(body), connection: "close" });
  const lines = head.map(([name, value]) => `${name}: ${value}\r\n`).join("");
  socket.end(`HTTP/1.1 ${status} ${title}\r\n${lines}\r\n${body}`);
}

function malformedAs(code: string | undefined): { status: number; title: string } {
  if (code === "HPE_HEADER_OVERFLOW") return { status: 431, title: "Request Header Fields Too Large" };
  if (code === "ERR_HTTP_REQUEST_TIMEOUT") return { status: 408, title: "Request Timeout" };
  return { status: 400, title: "Malformed HTTP" };
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      resolve();
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const force = setTimeout(() => server.closeAllConnections(), CLOSE_GRACE_MS);
    server.close(() => {
      clearTimeout(force);
      resolve();
    });
    server.closeIdleConnections();
  });
}
