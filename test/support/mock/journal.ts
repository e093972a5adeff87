/** What the mock wrote down about its last answer. */
import type { Exchange, Sandbox } from "../../../mocks/index.ts";

export async function lastExchange(sandbox: Sandbox): Promise<Exchange | undefined> {
  return (await sandbox.requests.list()).at(-1);
}

/** The check that gave the last answer, or `passed`. */
export async function lastDecision(sandbox: Sandbox): Promise<string | undefined> {
  return (await lastExchange(sandbox))?.decidedBy;
}
