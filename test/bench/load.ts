/**
 * As many POST requests as 50 connections take, one at a time on each. Uses raw sockets: a client library is slower than the
 * measured servers, so it would measure itself.
 */
import { connect, type Socket } from "node:net";

export interface Load {
  readonly path: string;
  /** The requests have these headers in turn. */
  readonly headers: readonly Readonly<Record<string, string>>[];
  /** The status that every response must have. */
  readonly status: number;
  /** The body of the nth request. */
  body(n: number): string;
}

const CONNECTIONS = 50;
const END_OF_HEAD = Buffer.from("\r\n\r\n");

/** Requests per second. Throws when a response has another status, or a connection ends. */
export async function requestsPerSecond(url: string, load: Load, from: number, count: number): Promise<number> {
  const { hostname, port } = new URL(url);
  const heads = load.headers.map((headers) => headOf(load.path, headers));
  let next = from;
  const sockets = await Promise.all(Array.from({ length: CONNECTIONS }, () => connected(hostname, Number(port))));
  const begin = performance.now();
  const take = () => {
    if (next === from + count) return undefined;
    const n = next++;
    return requestOf(heads[n % heads.length] ?? "", load.body(n));
  };
  await Promise.all(sockets.map((socket) => drive(socket, take, load.status)));
  const seconds = (performance.now() - begin) / 1_000;
  for (const socket of sockets) socket.destroy();
  return count / seconds;
}

function headOf(path: string, headers: Load["headers"][number]): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return `POST ${path} HTTP/1.1\r\nhost: localhost\r\n${lines.join("")}content-length: `;
}

function requestOf(head: string, body: string): string {
  return `${head}${Buffer.byteLength(body)}\r\n\r\n${body}`;
}

function connected(host: string, port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, noDelay: true }, () => resolve(socket));
    socket.once("error", reject);
  });
}

/** Sends one request after another until there is none left. */
function drive(socket: Socket, take: () => string | undefined, status: number): Promise<void> {
  return new Promise((resolve, reject) => {
    let received: Buffer = Buffer.alloc(0);
    const sendNext = () => {
      const request = take();
      if (request === undefined) resolve();
      else socket.write(request);
    };
    socket.on("data", (chunk: Buffer) => {
      received = received.length === 0 ? chunk : Buffer.concat([received, chunk]);
      if (!isWhole(received)) return;
      const line = received.toString("latin1", 0, 12);
      received = Buffer.alloc(0);
      if (line === `HTTP/1.1 ${status}`) sendNext();
      else reject(new Error(`expected ${status}, got ${line}`));
    });
    socket.once("close", () => reject(new Error("the connection was closed")));
    sendNext();
  });
}

function isWhole(received: Buffer): boolean {
  const end = received.indexOf(END_OF_HEAD);
  if (end < 0) return false;
  const length = /content-length: (\d+)/i.exec(received.toString("latin1", 0, end))?.[1] ?? "0";
  return received.length >= end + END_OF_HEAD.length + Number(length);
}
