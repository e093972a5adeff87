/** Replaces contracts/spec/spec-file.ts in the executable. */
import { getAsset } from "node:sea";
import { readSpec } from "../../contracts/spec/read-spec.ts";
import type { Spec } from "../../contracts/spec/types.ts";

export function packagedSpec(): Spec {
  return readSpec(getAsset("openapi.yaml", "utf8"));
}
