/** Which of the claimed operations the target does not have: they answer every request with 404 or 501. */

import type { Target } from "../target/target.ts";
import { isAbsent, type Probe } from "./probes.ts";

export interface Absent {
  /** By operation, why its cases do not apply. */
  readonly absent: ReadonlyMap<string, string>;
  /** Operations that the target lists by name, so that their cases fail. */
  readonly hints: readonly string[];
}

export function absentOperations(target: Target, probes: readonly Probe[]): Absent {
  const absent = new Map<string, string>();
  const hints: string[] = [];
  for (const { operation, reply } of probes) {
    if (reply === undefined || !isAbsent(operation, reply)) continue;
    const { id, dialect } = operation;
    const answers = `${id} answers every request with ${reply.status}`;
    if (target.operations?.includes(id))
      hints.push(`${answers}, but "operations" lists it: implement it, or remove it there`);
    else if (isWhole(target, dialect, probes))
      hints.push(`${answers}, but "dialects" lists ${dialect}: implement it, or list "operations"`);
    else absent.set(id, `${answers}: the target does not have it`);
  }
  return { absent, hints };
}

/** Whether the target lists the dialect, and has no operation of it. */
function isWhole({ dialects }: Target, dialect: string, probes: readonly Probe[]): boolean {
  const own = probes.filter(({ operation }) => operation.dialect === dialect);
  const isMissing = ({ operation, reply }: Probe) => reply !== undefined && isAbsent(operation, reply);
  return dialects?.includes(dialect) === true && own.every(isMissing);
}
