/** Puts the world of a case together: its sandbox, requests, accounts, captchas, codes and controls. */

import { statedPolicy } from "../target/stated-policy.ts";
import type { Target } from "../target/target.ts";
import { accountsOf } from "./accounts.ts";
import { baseOf } from "./base.ts";
import { captchasOf } from "./captcha.ts";
import type { Case } from "./case.ts";
import { codesOf } from "./codes.ts";
import { controlsOf } from "./controls.ts";
import type { Session } from "./session.ts";
import { noTraces, takeBack } from "./traces.ts";
import type { World } from "./world.ts";

export interface CreatedWorld {
  readonly world: World;
  /** Takes back what the case did to the target. */
  close(): Promise<void>;
}

export async function createWorld(session: Session, about: Case): Promise<CreatedWorld> {
  const sandbox = await session.target.openSandbox?.();
  const target: Target = sandbox ?? session.target;
  const traces = noTraces();
  const policy = statedPolicy(session.policy, session.operation(about.operation).dialect);
  const base = baseOf(session, target, policy, about);
  // Assigned, not spread: `assumes` is read later, and changes.
  const sources = Object.assign(base, captchasOf(base, session.claims), controlsOf(base, session.target, traces));
  const accounts = accountsOf(base, policy, traces, session.made);
  const world: World = Object.assign(sources, accounts, codesOf(sources, session.claims));
  return { world, close: () => takeBack(traces, target, sandbox, session.policy) };
}
