/**
 * Replaces `npm install ciam-testkit` and `npx msw init public` in a Vite project: the package's names lead to its sources, and
 * the worker script of either msw version is served.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import type { Alias, Plugin } from "vite";

export type Msw = "msw" | "msw2";

const ROOT = new URL("../../../", import.meta.url);
const WORKER = "/mockServiceWorker.js";

export function kit(msw: Msw = "msw"): Plugin {
  return {
    name: "ciam-testkit-sources",
    config: () => ({ resolve: { alias: [...aliasesOfSources(), { find: /^msw(?=$|\/)/, replacement: msw }] } }),
    configureServer({ middlewares }) {
      middlewares.use(WORKER, (_, response) => {
        response.setHeader("content-type", "text/javascript");
        response.end(workerScript(msw));
      });
    },
  };
}

function workerScript(msw: Msw): string {
  return readFileSync(createRequire(import.meta.url).resolve(`${msw}${WORKER}`), "utf8");
}

/** Each module that package.json exports, and its source file. */
function aliasesOfSources(): Alias[] {
  const { name, exports } = JSON.parse(readFileSync(new URL("package.json", ROOT), "utf8")) as {
    readonly name: string;
    readonly exports: Readonly<Record<string, string | { readonly default: string }>>;
  };
  return Object.entries(exports).flatMap(([entry, target]) => {
    if (typeof target === "string") return [];
    const source = target.default.replace(/^\.\/dist\/(.*)\.js$/, "$1.ts");
    return { find: new RegExp(`^${name}${entry.slice(1)}$`), replacement: fileURLToPath(new URL(source, ROOT)) };
  });
}
