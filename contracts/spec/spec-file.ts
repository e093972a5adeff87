/** The openapi.yaml of this package. */
import { readFileSync } from "node:fs";
import { readSpec } from "./read-spec.ts";
import type { Spec } from "./types.ts";

export function packagedSpec(): Spec {
  return readSpec(readFileSync(new URL("../../openapi.yaml", import.meta.url), "utf8"));
}
