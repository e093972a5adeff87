/** Pages of this machine that import the package by its name: Vite strips the types of the sources when a browser asks. */
import { mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createServer } from "vite";
import { afterAll } from "vitest";
import { PROJECT } from "./scratch.ts";

export interface ServedPage {
  readonly url: string;
  /** Writes a module of the page; those that have one of this name already, and accept it, run the new one. */
  write(name: string, text: string): Promise<void>;
}

const source = (path: string) => join(PROJECT, "mocks", path);

/** A page that starts with this module; gone when the tests of the file are over. */
export async function servePage(main: string): Promise<ServedPage> {
  const root = await realpath(await mkdtemp(join(tmpdir(), "ciam-testkit-page-")));
  const write = (name: string, text: string) => writeFile(join(root, name), text);
  await write("index.html", '<!doctype html><title>page</title><script type="module" src="/main.js"></script>');
  await write("main.js", main);
  const server = await createServer({
    configFile: false,
    root,
    cacheDir: join(root, "cache"),
    logLevel: "error",
    server: { port: 0, host: "127.0.0.1", fs: { allow: [root, PROJECT] } },
    resolve: {
      alias: [
        { find: /^ciam-testkit$/, replacement: source("index.ts") },
        { find: /^ciam-testkit\/(\w+)$/, replacement: source("hosts/$1.ts") },
      ],
    },
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
  return { url, write };
}
