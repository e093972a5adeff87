/** A target that somebody wrote as a module: `export default defineTarget({...})`. */
import { pathToFileURL } from "node:url";
import type { Target } from "./target.ts";

export interface ModuleTargetOptions {
  /** The module, as an absolute path. */
  readonly file: string;
  /** In place of the module's own. */
  readonly baseUrl?: string;
  readonly clientId?: string;
}

/** Throws when the module cannot be loaded or exports no target. */
export async function moduleTarget({ file, baseUrl, clientId }: ModuleTargetOptions): Promise<Target> {
  const module: { readonly default?: Partial<Target> } = await import(pathToFileURL(file).href);
  const target = module.default;
  if (typeof target !== "object" || target === null) throw new Error(`${file} has no default export; see defineTarget`);
  const url = baseUrl ?? target.baseUrl;
  if (url === undefined) throw new Error(`${file} exports a target without a baseUrl`);
  return { ...target, name: target.name ?? file, baseUrl: url, ...(clientId === undefined ? {} : { clientId }) };
}
