/** The mock behind a real server on a free port of this machine, and raw requests to it. */
import { connect } from "node:net";
import { onTestFinished } from "vitest";
import { type ServeOptions, serve } from "../../../mocks/adapters/node/server.ts";
import type { Mock } from "../../../mocks/index.ts";
import { DEVICE } from "./api.ts";

/** Closed when the test is over, which fails if the server reported an internal error. */
export async function served(mock: Mock, options: ServeOptions = {}) {
  const errors: unknown[] = [];
  const server = await serve(mock, { port: 0, onError: (error) => errors.push(error), ...options });
  onTestFinished(async () => {
    await server.close();
    if (errors.length > 0) throw new AggregateError(errors, "the server has met a fault of this project");
  });
  return server;
}

/** Sends the bytes as they are; returns everything received until the connection is closed. */
export function exchange(port: number, bytes: string | Buffer, { thenEnd = false } = {}): Promise<string> {
  return new Promise((resolve) => {
    let received = "";
    const socket = connect(port, "127.0.0.1");
    socket.setEncoding("utf8");
    socket.on("data", (text) => {
      received += text;
    });
    // A reset connection counts as closed: the bytes before it count.
    socket.on("error", () => undefined);
    socket.on("close", () => resolve(received));
    socket.write(bytes, () => thenEnd && socket.end());
  });
}

/** Sends the bytes and disconnects without waiting for a response. */
export function sendAndLeave(port: number, bytes: string): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.on("error", () => undefined);
    socket.on("close", () => resolve());
    socket.write(bytes, () => socket.destroy());
  });
}

/** A request as text. The last one of a connection closes it. */
export function requestText(
  mock: Mock,
  line: string,
  { headers = {}, body = "", last = true }: { headers?: Record<string, string>; body?: string; last?: boolean } = {},
): string {
  const all = {
    host: "127.0.0.1",
    ...DEVICE,
    "x-client-id": mock.clientId,
    ...(body === "" ? {} : { "content-length": String(Buffer.byteLength(body)) }),
    ...(last ? { connection: "close" } : {}),
    ...headers,
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return `${line} HTTP/1.1\r\n${lines.join("")}\r\n${body}`;
}

/** The status of each response in the received text. */
export function statusesOf(received: string): number[] {
  return [...received.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status));
}
