/** Reads the journal entry of the last response. */
import type { Exchange, Sandbox } from "../../../mocks/index.ts";

export async function lastExchange(sandbox: Sandbox): Promise<Exchange | undefined> {
  return (await sandbox.requests.list()).at(-1);
}

/** The check that decided the last response, or `passed`. */
export async function lastDecision(sandbox: Sandbox): Promise<string | undefined> {
  return (await lastExchange(sandbox))?.decidedBy;
}
