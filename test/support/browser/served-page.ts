/** Pages of this machine that import the package by its name: Vite strips the types of the sources on request. */
import { mkdir, mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createServer, type Plugin } from "vite";
import { kit } from "../../browser/contract-page/kit.ts";
import { PROJECT } from "../package/scratch.ts";
import { sharedFolder } from "../shared/shared.ts";

export interface ServedPage {
  readonly url: string;
  /** Writes a module of the page; pages that accept the module run the new one. */
  write(name: string, text: string): Promise<void>;
}

export interface PageOptions {
  /** The page itself, which loads `main.js`; by default it has nothing else. */
  readonly html?: string;
  /** Additional headers of the page's response, such as a content security policy. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** A dev server with any number of pages. */
export interface Pages {
  /** Adds a page that starts with this module. */
  add(main: string, options?: PageOptions): Promise<ServedPage>;
  close(): Promise<void>;
}

const EMPTY = '<!doctype html><title>page</title><script type="module" src="main.js"></script>';

/** A worker has one dev server for all of its pages. It ends with the worker. */
let pages: Promise<Pages> | undefined;

/** A page that starts with this module. */
export async function servePage(main: string, options: PageOptions = {}): Promise<ServedPage> {
  pages ??= mkdtemp(join(sharedFolder(), "pages-")).then(startPages);
  return (await pages).add(main, options);
}

/** A separate dev server, for use outside tests. */
export async function startOwnPages(): Promise<Pages> {
  const root = await mkdtemp(join(tmpdir(), "ciam-testkit-pages-"));
  const { add, close } = await startPages(root);
  return { add, close: () => close().then(() => rm(root, { recursive: true, force: true })) };
}

async function startPages(folder: string): Promise<Pages> {
  const root = await realpath(folder);
  const headersOf = new Map<string, Readonly<Record<string, string>>>();
  const server = await createServer({
    configFile: false,
    root,
    cacheDir: join(root, "cache"),
    logLevel: "error",
    plugins: [kit(), withHeaders(headersOf)],
    // File watching is off, because it can miss a change.
    server: { port: 0, host: "127.0.0.1", watch: null, cors: true, fs: { allow: [root, PROJECT] } },
    // All dependencies are modules already; bundling them would reload the page in the middle of a test.
    optimizeDeps: { noDiscovery: true },
  });
  await server.listen();
  const origin = server.resolvedUrls?.local[0];
  if (origin === undefined) throw new Error("Vite listens nowhere");
  return {
    async add(main, { html = EMPTY, headers = {} } = {}) {
      const path = `page-${headersOf.size + 1}/`;
      headersOf.set(path, headers);
      const at = (name: string) => join(root, path, name);
      await mkdir(at("."));
      await writeFile(at("index.html"), html);
      await writeFile(at("main.js"), main);
      return {
        url: `${origin}${path}`,
        async write(name, text) {
          await writeFile(at(name), text);
          server.watcher.emit("change", at(name));
        },
      };
    },
    close: () => server.close(),
  };
}

/** Sends the headers of each page with it. */
function withHeaders(headersOf: ReadonlyMap<string, Readonly<Record<string, string>>>): Plugin {
  return {
    name: "headers-of-pages",
    configureServer({ middlewares }) {
      middlewares.use(({ url = "" }, response, next) => {
        const [path = ""] = url.slice(1).split(/[?#]/);
        for (const [name, value] of Object.entries(headersOf.get(path) ?? {})) response.setHeader(name, value);
        next();
      });
    },
  };
}
