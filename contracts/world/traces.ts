/** What a case did to the target. Without sandboxes it is taken back when the case is over. */
import type { PolicyValues, Sandbox, Target } from "../target/target.ts";

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
) {
  for (const application of applications) await application.close();
  if (sandbox !== undefined) return sandbox.close();
  for (const policy of policies) await target.setPolicy?.(toDefaults(policy));
  // A case may have deleted its account already.
  for (const account of accounts) await target.deleteAccount?.(account).catch(() => undefined);
}

function toDefaults(policy: PolicyValues): PolicyValues {
  return Object.fromEntries(Object.keys(policy).map((key) => [key, null]));
}
