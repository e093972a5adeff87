/**
 * Bundles the command into dist/cli, in place of what the compiler has written there: `serve` starts faster from few large files
 * than from many small ones. A development tool.
 */
import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import { build, type Plugin } from "vite";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const OUTPUT = `${ROOT}dist/cli`;

await build({
  configFile: false,
  root: ROOT,
  logLevel: "warn",
  plugins: [sharedSuite(), filesOfModules()],
  // What serve needs for its first response. Other packages are loaded later, or not at all.
  ssr: { noExternal: ["@noble/hashes", "fastest-levenshtein"] },
  build: {
    ssr: "cli/main.ts",
    outDir: OUTPUT,
    target: "node22",
    rolldownOptions: { output: { entryFileNames: "[name].js", chunkFileNames: "[name].js" } },
  },
});

/** The suite stays outside: a user's target module imports the same classes, and they must be the same objects. */
function sharedSuite(): Plugin {
  return {
    name: "shared-suite",
    enforce: "pre",
    resolveId: (id) =>
      id.startsWith("../contracts/") ? { id: id.replace(/\.ts$/, ".js"), external: true } : undefined,
  };
}

/** A module finds its files relative to where it is in dist/, which is not where the bundle is. */
function filesOfModules(): Plugin {
  return {
    name: "files-of-modules",
    transform(code, id) {
      if (id.includes("node_modules") || !code.includes("import.meta.url")) return undefined;
      const place = relative(OUTPUT, id.replace(ROOT, `${ROOT}dist/`));
      return code.replaceAll("import.meta.url", `new URL(${JSON.stringify(place)}, import.meta.url)`);
    },
  };
}
