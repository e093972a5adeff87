/** A story: what a user does from beginning to end. It is a case of its last operation. */

import type { Requirement } from "../../target/requirements.ts";
import type { Case } from "../../world/case.ts";
import type { World } from "../../world/world.ts";
import { PERSON } from "./client.ts";

interface Story {
  readonly endsIn: string;
  readonly name: string;
  readonly title: string;
  /** The requirements of the user; by default those of a Bamboocloud client. */
  readonly person?: readonly Requirement[];
  readonly requires?: readonly Requirement[];
  /** The operations of the other steps. */
  readonly calls: readonly string[];
  readonly alone?: true;
  tell(world: World): Promise<void>;
}

export function story({ endsIn, name, person = PERSON, requires = [], tell, ...details }: Story): Case {
  return {
    ...details,
    id: `${endsIn}/flow-${name}`,
    operation: endsIn,
    category: "flow",
    requires: [...new Set([...person, ...requires])],
    run: tell,
  };
}
