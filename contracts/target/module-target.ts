/** A target from a module: `export default defineTarget({...})`. Checks it, and guards its functions. */
import { basename, extname } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { importModule } from "./import-module.ts";
import { type Sandbox, TARGET_FUNCTIONS, type Target } from "./target.ts";

export interface ModuleTargetOptions {
  /** The module, as an absolute path. */
  readonly file: string;
  /** Replaces the base URL of the module. */
  readonly baseUrl?: string;
  readonly clientId?: string;
  /** Time limit of one function; by default a minute, because some functions wait for a message. */
  readonly limitMs?: number;
}

const LIMIT_MS = 60_000;

/** Throws if the module cannot be loaded or exports no target. */
export async function moduleTarget({ file, limitMs = LIMIT_MS, ...instead }: ModuleTargetOptions): Promise<Target> {
  const before = fetchSetUp();
  const target = await defaultExport(file);
  const isFetchSetUp = fetchSetUp().some((one, index) => one !== before[index]);
  if (target === undefined) throw new Error(`${file} has no default export; write: export default defineTarget({...})`);
  if (typeof target !== "object" || target === null)
    throw new Error(
      `${file} exports ${target === null ? "null" : `a ${typeof target}`} by default; write: export default defineTarget({...})`,
    );
  const { name = file, baseUrl: own } = target;
  const baseUrl = instead.baseUrl ?? own;
  if (baseUrl === undefined) throw new Error(`${file} exports a target without a baseUrl; add one`);
  if (!/^https?:$/.test(protocolOf(baseUrl)))
    throw new Error(
      `${file} exports a target with an invalid baseUrl "${baseUrl}"; it must begin with http:// or https://`,
    );
  const { clientId } = instead;
  return {
    // A module that sets up `fetch`, such as for a proxy or a client certificate, expects that the requests use it.
    ...(isFetchSetUp ? { fetch: (url: string, init: RequestInit) => globalThis.fetch(url, init) } : {}),
    ...reliable(target as Target, file, limitMs),
    name,
    baseUrl,
    ...(clientId === undefined ? {} : { clientId }),
  };
}

/** What a program can replace: the global `fetch`, and the dispatcher of undici behind it. */
function fetchSetUp(): readonly unknown[] {
  return [globalThis.fetch, Reflect.get(globalThis, Symbol.for("undici.globalDispatcher.1"))];
}

async function defaultExport(file: string): Promise<Partial<Target> | null | undefined> {
  try {
    const module = await importModule(file);
    // What a module exports is unknown; moduleTarget checks it.
    return module["default"] as Partial<Target> | null | undefined;
  } catch (error) {
    const message = stripVTControlCharacters(error instanceof Error ? error.message : String(error));
    // The message of a syntax error contains a drawing of the source.
    const words = message.replace(/[\s\u2500-\u257f]+/g, " ").trim();
    throw new Error(`${file} cannot be loaded: ${words}${hintFor(error, file)}`);
  }
}

/** What to do about the usual mistakes; empty for any other. */
function hintFor(error: unknown, file: string): string {
  const { message, code } = Object(error) as { readonly message?: string; readonly code?: string };
  const extension = extname(file);
  if (/^(Cannot use import statement|Unexpected token 'export')/.test(message ?? "") && /^\.[jt]s$/.test(extension)) {
    const instead = `${basename(file, extension)}.m${extension.slice(1)}`;
    return `. The nearest package.json says "commonjs": name the file ${instead}`;
  }
  if (code === "ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX")
    return ". Node only removes types: write it without enums, namespaces and parameter properties";
  if (code !== "ERR_MODULE_NOT_FOUND") return "";
  if (/^Cannot find package 'vitest'/.test(message ?? "")) return '. Import from "ciam-testkit/target" instead';
  return /^Cannot find module '[^']*\/[^./']+'/.test(message ?? "")
    ? '. An import of a file needs its extension, such as "./accounts.ts"'
    : "";
}

function protocolOf(url: string): string {
  return URL.canParse(url) ? new URL(url).protocol : "";
}

/** The same target, whose functions return a promise, keep the time limit, and have the target as `this`. */
function reliable<T extends Target>(target: T, file: string, limitMs: number): T {
  const functions = TARGET_FUNCTIONS.flatMap((name) => {
    const method: unknown = target[name];
    if (method === undefined) return [];
    if (typeof method !== "function") throw new Error(`${file} exports a target whose ${name} is not a function`);
    const call = async (...args: unknown[]) => {
      const result: unknown = await within(limitMs, name, Promise.resolve(method.apply(target, args)));
      return name === "openSandbox" ? reliable(result as Sandbox, file, limitMs) : result;
    };
    return [[name, call]];
  });
  return { ...target, ...Object.fromEntries(functions) };
}

async function within<T>(limitMs: number, name: string, result: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    const message = `The target function ${name} did not return within ${limitMs / 1_000} s`;
    timer = setTimeout(() => reject(new Error(message)), limitMs);
  });
  try {
    return await Promise.race([result, late]);
  } finally {
    clearTimeout(timer);
  }
}
