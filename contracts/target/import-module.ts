/** Loads a module of the user. The executable replaces this module. */
import { pathToFileURL } from "node:url";

/** The exports of the module in this file, which is an absolute path. */
export function importModule(file: string): Promise<Readonly<Record<string, unknown>>> {
  return import(pathToFileURL(file).href);
}
