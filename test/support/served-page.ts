/** An empty page of this machine that can import the sources: Vite strips their types when the browser asks for them. */
import { mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createServer } from "vite";
import { afterAll } from "vitest";
import { PROJECT } from "./scratch.ts";

export interface ServedPage {
  /** Where the page is. */
  readonly url: string;
  /** The address at which its modules import a file of the project, such as `mocks/index.ts`. */
  source(path: string): string;
  /** Writes a module of the page, which replaces an older one in the pages that are open. */
  write(name: string, text: string): Promise<void>;
}

/** One for the test file; closed when its tests are over. `main.js` is the module that the page starts with. */
export async function servePage(main: (source: ServedPage["source"]) => string): Promise<ServedPage> {
  const root = await realpath(await mkdtemp(join(tmpdir(), "ciam-testkit-page-")));
  const source = (path: string) => `/@fs${join(PROJECT, path)}`;
  const write = (name: string, text: string) => writeFile(join(root, name), text);
  await write("index.html", '<!doctype html><title>page</title><script type="module" src="/main.js"></script>');
  await write("main.js", main(source));
  const server = await createServer({
    configFile: false,
    root,
    cacheDir: join(root, "cache"),
    logLevel: "error",
    server: { port: 0, host: "127.0.0.1", fs: { allow: [root, PROJECT] } },
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
