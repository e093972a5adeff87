/** Pages of this machine that can import the sources: Vite strips their types when the browser asks for them. */
import { mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createServer } from "vite";
import { afterAll } from "vitest";
import { kit } from "../browser/kit.ts";
import { PROJECT } from "./scratch.ts";

export interface ServedPage {
  /** Where the page is. */
  readonly url: string;
  /** The address at which its modules import a file of the project, such as `mocks/index.ts`. */
  source(path: string): string;
  /** Writes a module of the page, which replaces an older one in the pages that are open. */
  write(name: string, text: string): Promise<void>;
}

export interface PageOptions {
  /** The page itself, which starts `/main.js` as a module; by default it does nothing else. */
  readonly html?: string;
  /** What each answer carries besides, such as a content security policy. */
  readonly headers?: Readonly<Record<string, string>>;
}

const EMPTY = '<!doctype html><title>page</title><script type="module" src="/main.js"></script>';

/**
 * One for the test file; closed when its tests are over. `main` is the module that the page starts with, which imports the
 * package by its name, or any file of the project by its address.
 */
export async function servePage(
  main: string | ((source: ServedPage["source"]) => string),
  { html = EMPTY, headers = {} }: PageOptions = {},
): Promise<ServedPage> {
  const root = await realpath(await mkdtemp(join(tmpdir(), "ciam-testkit-page-")));
  const source = (path: string) => `/@fs${join(PROJECT, path)}`;
  const write = (name: string, text: string) => writeFile(join(root, name), text);
  await write("index.html", html);
  await write("main.js", typeof main === "string" ? main : main(source));
  const server = await createServer({
    configFile: false,
    root,
    cacheDir: join(root, "cache"),
    logLevel: "error",
    plugins: [kit()],
    server: { port: 0, host: "127.0.0.1", fs: { allow: [root, PROJECT] }, headers },
    // All dependencies are modules already; to bundle them first would reload the page in the middle of a test.
    optimizeDeps: { noDiscovery: true },
  });
  await server.listen();
  afterAll(async () => {
    await server.close();
    await rm(root, { recursive: true, force: true });
  });
  const url = server.resolvedUrls?.local[0];
  if (url === undefined) throw new Error("Vite listens nowhere");
  return { url, source, write };
}
