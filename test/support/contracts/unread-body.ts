/**
 * The mock behind a server with a bug that real servers have: it refuses a request for its headers without reading the
 * body. The body stays on the connection, and is taken for the next request.
 */
import { createServer, type Socket } from "node:net";
import { onTestFinished } from "vitest";
import { createMock, type Mock } from "../../../mocks/index.ts";
import { type FakeResponse, responseOf } from "../mock/fake-server.ts";

/** Returns its URL. Closed when the test is over. */
export async function unreadBodies(): Promise<string> {
  const mock = createMock();
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined);
    serve(socket, mock).catch(() => socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  });
  const address = server.address();
  return `http://127.0.0.1:${typeof address === "object" ? address?.port : address}`;
}

async function serve(socket: Socket, mock: Mock): Promise<void> {
  let buffer = Buffer.alloc(0);
  for await (const chunk of socket) {
    buffer = Buffer.concat([buffer, chunk as Buffer]);
    for (let request = requestIn(buffer); request !== undefined; request = requestIn(buffer)) {
      const response = request.isValid ? await responseOf(mock, request) : UNSUPPORTED;
      // The bug: the body of a refused request is left where it is.
      const isRefused = /PARAM\.000[123]/.test(response.body ?? "");
      buffer = buffer.subarray(isRefused ? request.bodyAt : request.end);
      socket.write(written(response));
    }
  }
}

const UNSUPPORTED: FakeResponse = { status: 501, body: "Unsupported method" };

/** The first request in the bytes; undefined until it is whole. */
function requestIn(bytes: Buffer) {
  const bodyAt = bytes.indexOf("\r\n\r\n") + 4;
  const [first = "", ...lines] = bytes
    .subarray(0, Math.max(0, bodyAt - 4))
    .toString()
    .split("\r\n");
  const headers = Object.fromEntries(lines.map((line) => [nameIn(line), line.slice(line.indexOf(":") + 1).trim()]));
  const end = bodyAt + Number(headers["content-length"] ?? 0);
  if (bodyAt < 4 || bytes.length < end) return undefined;
  const [method = "", path = ""] = first.split(" ");
  const isValid = /^[A-Z]+ \S+ HTTP\/1\.1$/.test(first);
  return { method, path, headers, body: bytes.subarray(bodyAt, end).toString(), bodyAt, end, isValid };
}

function nameIn(line: string): string {
  return line.slice(0, line.indexOf(":")).toLowerCase();
}

function written({ status = 200, headers = {}, body = "" }: FakeResponse): string {
  const kept = Object.entries(headers).filter(([name]) => name !== "content-length");
  const lines = [...kept, ["content-length", Buffer.byteLength(body)]].map(([name, value]) => `${name}: ${value}`);
  return `HTTP/1.1 ${status} x\r\n${lines.join("\r\n")}\r\n\r\n${body}`;
}
