/** Writes the published copies of the two YAML files, and makes the command executable. A development tool. */
import { chmod, copyFile, writeFile } from "node:fs/promises";
import { publishedSpec } from "./published-spec.ts";

const at = (path: string) => new URL(`../../../${path}`, import.meta.url);

await writeFile(at("dist/openapi.yaml"), await publishedSpec(at("openapi.yaml")));
await copyFile(at("contracts/control.yaml"), at("dist/control.yaml"));
await chmod(at("dist/mocks/cli.js"), 0o755);
