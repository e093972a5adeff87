/** What a case did to the target. Without sandboxes it is taken back when the case is over. */
import { isNotOffered, type PolicyValues, type Sandbox, type Target } from "../target/target.ts";

export interface Traces {
  readonly accounts: string[];
  readonly policies: PolicyValues[];
  readonly applications: Sandbox[];
}

export function noTraces(): Traces {
  return { accounts: [], policies: [], applications: [] };
}

/** Closes the sandboxes that the case opened; deletes its accounts and resets its policy keys where it had no sandbox. */
export async function takeBack(
  { accounts, policies, applications }: Traces,
  target: Target,
  sandbox: Sandbox | undefined,
  stated: PolicyValues | undefined,
): Promise<void> {
  for (const application of applications) await application.close();
  if (sandbox !== undefined) return sandbox.close();
  for (const policy of policies) await restored(target, policy, stated);
  // A case may have deleted its account already.
  for (const account of accounts) await target.deleteAccount?.(account).catch(() => undefined);
}

/** null restores a default. A target that does not offer this gets the values that it stated before the run. */
async function restored(target: Target, policy: PolicyValues, stated: PolicyValues = {}): Promise<void> {
  try {
    await target.setPolicy?.(toDefaults(policy));
  } catch (error) {
    if (!isNotOffered(error)) throw error;
    const known = Object.keys(policy).filter((key) => stated[key] !== undefined);
    if (known.length > 0) await target.setPolicy?.(Object.fromEntries(known.map((key) => [key, stated[key]])));
  }
}

function toDefaults(policy: PolicyValues): PolicyValues {
  return Object.fromEntries(Object.keys(policy).map((key) => [key, null]));
}
