/** The pages of test/browser, served by Vite's dev server. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createServer } from "vite";
import { kit, type Msw } from "../../browser/contract-page/kit.ts";
import { PROJECT } from "../package/scratch.ts";

export interface AppServer {
  /** With a slash at its end. */
  readonly url: string;
  /** Reports a changed file. File watching is off, because it can miss a change. */
  changed(file: string): void;
  close(): Promise<void>;
}

interface AppServerOptions {
  readonly msw?: Msw;
  /** Where requests to the API go when no worker handles them. */
  readonly api?: string;
  /** The folder of the page; by default in test/browser. */
  readonly root?: string;
}

/** Serves the page with its own cache, so that parallel test files do not disturb each other. */
export async function appServer(page: string, options: AppServerOptions = {}): Promise<AppServer> {
  const { msw = "msw", api, root = join(PROJECT, "test/browser", page) } = options;
  const cacheDir = await mkdtemp(join(tmpdir(), "ciam-testkit-vite-"));
  const server = await createServer({
    configFile: false,
    root,
    cacheDir,
    plugins: [kit(msw)],
    logLevel: "error",
    server: { port: 0, host: "127.0.0.1", watch: null, ...(api === undefined ? {} : { proxy: { "/api": api } }) },
  });
  await server.listen();
  const [url = ""] = server.resolvedUrls?.local ?? [];
  return {
    url,
    changed: (file) => server.watcher.emit("change", file),
    async close() {
      await server.close();
      await rm(cacheDir, { recursive: true, force: true });
    },
  };
}
