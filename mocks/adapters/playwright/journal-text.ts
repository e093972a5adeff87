/** The journal in words for people: what was asked, what was answered, and why. */
import type { Exchange } from "../../client/sandbox.ts";

/** A paragraph for each request, oldest first. */
export function formatJournal(exchanges: readonly Exchange[]): string {
  if (exchanges.length === 0) return "No request has reached the mock.\n";
  return exchanges.map(paragraph).join("\n");
}

function paragraph({ at, operation, decidedBy, why, request, response }: Exchange): string {
  return `${at}  ${request.method} ${request.path}  ${operation ?? "not emulated"}
  ${response.status}  ${decidedBy}: ${why}
  asked     ${JSON.stringify(request.body)}
  answered  ${JSON.stringify(response.body)}
`;
}
