/** The kinds of transport faults stand in control.yaml and in the records of the core. Both lists must be equal. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { TRANSPORT_FAULTS } from "../../../mocks/core/records.ts";

const control = parse(readFileSync(new URL("../../../contracts/control.yaml", import.meta.url), "utf8"));

test.each(["FaultOrder", "WaitingFault", "FaultRecord"])("the schema %s names every transport fault", (schema) => {
  expect(control.components.schemas[schema].properties.transport.enum).toEqual([...TRANSPORT_FAULTS]);
});
