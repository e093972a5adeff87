/** Servers that return the same wrong response to every request, or none: typical wrong targets. */
import { createServer, type RequestListener } from "node:http";
import { createServer as createSocketServer, type Server, type Socket } from "node:net";
import { createServer as createTlsServer } from "node:tls";
import { parse } from "yaml";

export interface WrongServer {
  readonly url: string;
  /** The number of requests or connections so far. */
  requestCount(): number;
  close(): Promise<void>;
}

/** Nothing listens there: the port was free a moment ago. */
export async function startUnreachable(): Promise<WrongServer> {
  const { url, requestCount, close } = await startHtml();
  await close();
  return { url, requestCount, close: async () => undefined };
}

/** Accepts the request and never responds. */
export function startHanging(): Promise<WrongServer> {
  return answering(() => undefined);
}

export function startEmpty(): Promise<WrongServer> {
  return answering((_request, response) => response.end());
}

export function startEmptyObject(): Promise<WrongServer> {
  return answering((_request, response) => response.setHeader("content-type", "application/json").end("{}"));
}

/** Refuses everything with the same documented error. */
export function startRefusing(): Promise<WrongServer> {
  const body = JSON.stringify({ error_code: "IDAAS.SDK.PARAM.0001", error_msg: "Device information is incomplete" });
  return answering((_request, response) => response.writeHead(400, { "content-type": "application/json" }).end(body));
}

/** Returns openapi.yaml's success example of the operation for any request, like a static mock. */
export function startEchoingExamples(openapi: string): Promise<WrongServer> {
  const examples = successExamples(openapi);
  return answering((request, response) => {
    const body = examples.get(`${request.method} ${request.url}`);
    response.setHeader("content-type", "application/json").end(body ?? "");
  });
}

/** A single-page application, or a gateway's login page. */
export function startHtml(): Promise<WrongServer> {
  const page = "<!doctype html><html><head><title>Sign in</title></head><body><div id=app></div></body></html>";
  return answering((_request, response) => response.setHeader("content-type", "text/html").end(page));
}

/** A file server on which none of the paths exist. */
export function startNotFound(): Promise<WrongServer> {
  return answering((_request, response) => response.writeHead(404, { "content-type": "text/plain" }).end("Not found"));
}

export function startRedirecting(): Promise<WrongServer> {
  return answering((_request, response) => response.writeHead(302, { location: "/login" }).end());
}

/** HTTP with a body that is not text. */
export function startBinary(): Promise<WrongServer> {
  return answering((_request, response) => response.end(NO_TEXT));
}

/** Declares a compressed response that is not compressed. */
export function startFalselyCompressed(): Promise<WrongServer> {
  return answering((_request, response) => response.setHeader("content-encoding", "gzip").end(NO_TEXT));
}

/** Another protocol. */
export function startNoHttp(): Promise<WrongServer> {
  return listening(createSocketServer((socket) => socket.once("data", () => socket.end(NO_TEXT))));
}

export function startDropping(): Promise<WrongServer> {
  return listening(createSocketServer((socket) => socket.destroy()));
}

/** Closes the connection in the middle of the body. */
export function startCuttingShort(): Promise<WrongServer> {
  return answering((_request, response) => {
    response.writeHead(200, { "content-type": "application/json", "content-length": "1000" });
    response.write('{"error_code":', () => response.destroy());
  });
}

/** A port that speaks TLS, addressed without. */
export function startTls(): Promise<WrongServer> {
  return listening(createTlsServer());
}

/** A port that speaks plain HTTP, addressed with TLS. */
export async function startWithoutTls(): Promise<WrongServer> {
  const server = await startEmpty();
  return { ...server, url: server.url.replace("http:", "https:") };
}

const NO_TEXT = Buffer.from(Array.from({ length: 512 }, (_, index) => (index * 167 + 131) % 256));

async function answering(listener: RequestListener): Promise<WrongServer> {
  let requestCount = 0;
  const server = createServer((request, response) => {
    requestCount += 1;
    listener(request, response);
  });
  return { ...(await listening(server)), requestCount: () => requestCount };
}

async function listening(server: Server): Promise<WrongServer> {
  const sockets = new Set<Socket>();
  let requestCount = 0;
  server.on("connection", (socket: Socket) => {
    requestCount += 1;
    sockets.add(socket);
    // A client of the wrong protocol disconnects without an error.
    socket.on("error", () => undefined).once("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === "object" ? address?.port : address}`,
    requestCount: () => requestCount,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

interface Examples {
  readonly paths: Record<string, Record<string, Operation>>;
}

interface Operation {
  readonly responses: { readonly "200"?: { readonly content?: Record<string, Media> } };
}

interface Media {
  readonly examples?: Record<string, { readonly value: unknown }>;
}

/** By method and path; an operation without a response body has none. */
function successExamples(openapi: string): ReadonlyMap<string, string> {
  const { paths } = parse(openapi) as Examples;
  const found = new Map<string, string>();
  for (const [path, item] of Object.entries(paths)) {
    for (const [method, { responses }] of Object.entries(item)) {
      const [example] = Object.values(responses["200"]?.content?.["application/json"]?.examples ?? {});
      if (example !== undefined) found.set(`${method.toUpperCase()} ${path}`, JSON.stringify(example.value));
    }
  }
  return found;
}
