/** Replaces contracts/target/import-module.ts in the executable, where import() knows only the modules inside. */
import { createRequire } from "node:module";

export async function importModule(file: string): Promise<Readonly<Record<string, unknown>>> {
  return createRequire(file)(file);
}
