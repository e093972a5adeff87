/** The openapi.yaml of this package. */
import { readFileSync } from "node:fs";
import { readSpec, type Spec } from "./read-spec.ts";

export function packagedSpec(): Spec {
  return readSpec(readFileSync(new URL("../../openapi.yaml", import.meta.url), "utf8"));
}
