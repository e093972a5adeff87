/** Pages of this machine that import the package by its name: Vite strips the types of the sources when a browser asks. */
import { mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createServer } from "vite";
import { afterAll } from "vitest";
import { kit } from "../../browser/contract-page/kit.ts";
import { PROJECT } from "../package/scratch.ts";

export interface ServedPage {
  readonly url: string;
  /** Writes a module of the page; those that have one of this name already, and accept it, run the new one. */
  write(name: string, text: string): Promise<void>;
}

export interface PageOptions {
  /** The page itself, which begins `/main.js`; by default there is nothing else in it. */
  readonly html?: string;
  /** What each answer carries besides, such as a content security policy. */
  readonly headers?: Readonly<Record<string, string>>;
}

const EMPTY = '<!doctype html><title>page</title><script type="module" src="/main.js"></script>';

/** A page that starts with this module; gone when the tests of the file are over. */
export async function servePage(main: string, options: PageOptions = {}): Promise<ServedPage> {
  const { close, ...served } = await startPage(main, options);
  afterAll(close);
  return served;
}

/** The same, for who has no tests. */
export async function startPage(main: string, { html = EMPTY, headers = {} }: PageOptions = {}) {
  const root = await realpath(await mkdtemp(join(tmpdir(), "ciam-testkit-page-")));
  await writeFile(join(root, "index.html"), html);
  await writeFile(join(root, "main.js"), main);
  const server = await createServer({
    configFile: false,
    root,
    cacheDir: join(root, "cache"),
    logLevel: "error",
    plugins: [kit()],
    // A change is told, not watched for: then it is never missed.
    server: { port: 0, host: "127.0.0.1", watch: null, cors: true, fs: { allow: [root, PROJECT] }, headers },
    // All dependencies are modules already; to bundle them first would reload the page in the middle of a test.
    optimizeDeps: { noDiscovery: true },
  });
  await server.listen();
  const url = server.resolvedUrls?.local[0];
  if (url === undefined) throw new Error("Vite listens nowhere");
  return {
    url,
    async close(): Promise<void> {
      await server.close();
      await rm(root, { recursive: true, force: true });
    },
    async write(name: string, text: string): Promise<void> {
      const file = join(root, name);
      await writeFile(file, text);
      server.watcher.emit("change", file);
    },
  };
}
