/**
 * Finds the modules of a folder that import a given module, directly or indirectly. Reads sources; knows nothing of mutants.
 */
import { globSync, readFileSync } from "node:fs";

/** The imports that exist at run time, lazy ones included; `import type` does not count. */
const IMPORT = /^(?:import|export) (?!type )[^;]*?from "(\.[^"]+)"|import\("(\.[^"]+)"\)/gms;

/** For a module of the folder, returns it and every module that must be reloaded when it changes. */
export function importersIn(folder: string): (module: string) => ReadonlySet<string> {
  const importers = new Map<string, string[]>();
  for (const file of globSync("**/*.ts", { cwd: new URL(folder) })) {
    const url = new URL(file, folder).href;
    for (const [, eager, lazy] of readFileSync(new URL(url), "utf8").matchAll(IMPORT)) {
      const imported = new URL(eager ?? lazy ?? "", url).href;
      importers.set(imported, [...(importers.get(imported) ?? []), url]);
    }
  }
  return (module) => {
    const reached = new Set([module]);
    for (const one of reached) {
      for (const importer of importers.get(one) ?? []) reached.add(importer);
    }
    return reached;
  };
}
