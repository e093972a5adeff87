/** Vite's dev server and preview with the mock, on a free port of this machine, and their output. */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createLogger, createServer, type InlineConfig, type Logger, type PreviewServer, preview } from "vite";
import { onTestFinished } from "vitest";
import { type CiamPluginOptions, ciam } from "../../../mocks/adapters/vite.ts";
import { scratchFolder } from "../package/scratch.ts";
import { DEVICE } from "./api.ts";

export const PAGE = "<!doctype html><title>The app</title><p>Hello.</p>";

export interface Kind {
  readonly name: string;
  start(config: InlineConfig): Promise<Pick<PreviewServer, "resolvedUrls" | "printUrls" | "close">>;
}

export const dev: Kind = { name: "the dev server", start: async (config) => (await createServer(config)).listen() };
export const built: Kind = { name: "the preview", start: preview };

/** The clients of these tests name the default sandbox, unless a header says otherwise. */
const CLIENT_ID = "nTo1eRIub60vPb54WeE6aojPwYwImtl4";

/** A folder with a page that Vite serves and builds. */
export async function appFolder(): Promise<string> {
  const root = await scratchFolder();
  await mkdir(join(root, "dist"));
  for (const file of ["index.html", "dist/index.html"]) await writeFile(join(root, file), PAGE);
  return root;
}

export interface Printing {
  readonly logger: Logger;
  printed(): string;
}

export function printing(): Printing {
  let text = "";
  const note = (line: string) => {
    text += `${line}\n`;
  };
  const logger = { ...createLogger("silent"), info: note, warn: note, warnOnce: note, error: note };
  return { logger, printed: () => text };
}

/** Vite's options for tests: no file watching, no dependency search, its own port. */
export function configOf(root: string, { logger }: Printing, options: CiamPluginOptions): InlineConfig {
  return {
    root,
    configFile: false,
    plugins: [ciam(options)],
    customLogger: logger,
    optimizeDeps: { noDiscovery: true },
    server: { port: 0, host: "127.0.0.1", watch: null },
    preview: { port: 0, host: "127.0.0.1" },
  };
}

/** Started, and closed when the test is over. */
export async function started(
  kind: Kind,
  options: CiamPluginOptions = {},
  change: (config: InlineConfig) => InlineConfig = (config) => config,
) {
  const log = printing();
  const config = change(configOf(await appFolder(), log, options));
  const server = await kind.start(config);
  onTestFinished(() => server.close());
  server.printUrls();
  const url = () => new URL(server.resolvedUrls?.local[0] ?? server.resolvedUrls?.network[0] ?? "").origin;
  return { server, config, url, printed: log.printed, ask: (...request: Request) => ask(url(), ...request) };
}

type Request = [path: string, body?: unknown, headers?: Record<string, string>];

/** POST with a body, GET without; returns the body as a value if it is JSON. */
export async function ask(origin: string, ...[path, body, headers = {}]: Request) {
  const response = await fetch(origin + path, {
    method: body === undefined ? "GET" : "POST",
    headers: { ...DEVICE, "x-client-id": CLIENT_ID, "content-type": "application/json", accept: "*/*", ...headers },
    ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  const isJson = response.headers.get("content-type")?.includes("json") === true;
  return { status: response.status, body: isJson ? JSON.parse(text) : text };
}
