/** A story: what a person does from beginning to end. It is a case of the operation that it ends in. */

import type { Requirement } from "../../target/requirements.ts";
import type { Case } from "../../world/case.ts";
import type { World } from "../../world/world.ts";
import { PERSON } from "./client.ts";

interface Story {
  readonly endsIn: string;
  readonly name: string;
  readonly title: string;
  /** What it takes to be the person; by default all that a client of Bamboocloud needs. */
  readonly person?: readonly Requirement[];
  readonly needs?: readonly Requirement[];
  /** The operations of the other steps. */
  readonly calls: readonly string[];
  readonly alone?: true;
  tell(world: World): Promise<void>;
}

export function story({ endsIn, name, person = PERSON, needs = [], tell, ...details }: Story): Case {
  return {
    ...details,
    id: `${endsIn}/flow-${name}`,
    operation: endsIn,
    category: "flow",
    requires: [...new Set([...person, ...needs])],
    run: tell,
  };
}
