/** The wire of each dialect. */
import { bamboocloud } from "./bamboocloud.ts";
import type { Wire } from "./codec.ts";
import { genauth } from "./genauth.ts";

const wires: Readonly<Record<string, Wire>> = { bamboocloud, genauth };

export function wireOf(dialect: string): Wire {
  const wire = wires[dialect];
  if (wire === undefined)
    throw new Error(`openapi.yaml has the dialect "${dialect}", whose wire the suite does not know`);
  return wire;
}
