/** A target that somebody wrote as a module: `export default defineTarget({...})`. Sees to it that it can be relied on. */
import { pathToFileURL } from "node:url";
import { stripVTControlCharacters } from "node:util";
import { type Sandbox, TARGET_FUNCTIONS, type Target } from "./target.ts";

export interface ModuleTargetOptions {
  /** The module, as an absolute path. */
  readonly file: string;
  /** In place of the module's own. */
  readonly baseUrl?: string;
  readonly clientId?: string;
  /** How long one of its functions may take; by default a minute, for some wait until a message has arrived. */
  readonly limitMs?: number;
}

const LIMIT_MS = 60_000;

/** Throws when the module cannot be loaded or exports no target. */
export async function moduleTarget({ file, limitMs = LIMIT_MS, ...instead }: ModuleTargetOptions): Promise<Target> {
  const target = await defaultExport(file);
  if (target === undefined)
    throw new Error(`${file} has no default export; it must export default defineTarget({...})`);
  if (typeof target !== "object" || target === null)
    throw new Error(
      `${file} exports ${target === null ? "null" : `a ${typeof target}`} by default; it must export default defineTarget({...})`,
    );
  const { name = file, baseUrl: own } = target;
  const baseUrl = instead.baseUrl ?? own;
  if (baseUrl === undefined) throw new Error(`${file} exports a target without a baseUrl`);
  if (!/^https?:$/.test(protocolOf(baseUrl)))
    throw new Error(`${file} exports a target whose baseUrl does not begin with http:// or https://: ${baseUrl}`);
  const { clientId } = instead;
  return {
    ...reliable(target as Target, file, limitMs),
    name,
    baseUrl,
    ...(clientId === undefined ? {} : { clientId }),
  };
}

async function defaultExport(file: string): Promise<Partial<Target> | null | undefined> {
  try {
    const module: { readonly default?: Partial<Target> } = await import(pathToFileURL(file).href);
    return module.default;
  } catch (error) {
    const message = stripVTControlCharacters(error instanceof Error ? error.message : String(error));
    // A fault of syntax comes as a picture of the place.
    throw new Error(`${file} cannot be loaded: ${message.replace(/[\s\u2500-\u257f]+/g, " ").trim()}`);
  }
}

function protocolOf(url: string): string {
  return URL.canParse(url) ? new URL(url).protocol : "";
}

/** The same with functions that always answer with a promise, in time, and know their target as `this`. */
function reliable<T extends Target>(target: T, file: string, limitMs: number): T {
  const functions = TARGET_FUNCTIONS.flatMap((name) => {
    const method: unknown = target[name];
    if (method === undefined) return [];
    if (typeof method !== "function") throw new Error(`${file} exports a target whose ${name} is no function`);
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
    const message = `The target's ${name} did not answer within ${limitMs / 1_000} s`;
    timer = setTimeout(() => reject(new Error(message)), limitMs);
  });
  try {
    return await Promise.race([result, late]);
  } finally {
    clearTimeout(timer);
  }
}
