/** Which modules below a folder import one of them, directly or by way of others. Reads sources; knows nothing of mutants. */
import { globSync, readFileSync } from "node:fs";

/** What a module imports to run, lazily or not; `import type` leaves nothing behind. */
const IMPORT = /^(?:import|export) (?!type )[^;]*?from "(\.[^"]+)"|import\("(\.[^"]+)"\)/gms;

/** Answers, for a module of the folder, it and all that must be loaded anew when it changes. */
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
