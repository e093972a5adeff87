/** Writes the published copies of what the compiler does not emit, and makes the command executable. A development tool. */
import { chmod, copyFile, cp, writeFile } from "node:fs/promises";
import { publishedSpec } from "./published-spec.ts";

const at = (path: string) => new URL(`../../../${path}`, import.meta.url);

await writeFile(at("dist/openapi.yaml"), await publishedSpec(at("openapi.yaml")));
await copyFile(at("contracts/control.yaml"), at("dist/control.yaml"));
await cp(at("mocks/ui/inspector"), at("dist/mocks/ui/inspector"), { recursive: true, filter: isServed });
await chmod(at("dist/cli/main.js"), 0o755);

/** The inspector's folders, and the files that the compiler does not emit. */
function isServed(source: string): boolean {
  return /(inspector|styles)$|\.(html|css|svg)$/.test(source);
}
