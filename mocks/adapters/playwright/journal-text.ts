/** Formats the journal for readers: each request, its response and the reason. */
import type { Exchange } from "../../client/sandbox.ts";

/** One paragraph per request, oldest first. */
export function formatJournal(exchanges: readonly Exchange[]): string {
  if (exchanges.length === 0) return "No request has reached the mock.\n";
  return exchanges.map(paragraph).join("\n");
}

function paragraph({ at, operation, decidedBy, why, request, response }: Exchange): string {
  return `${at}  ${request.method} ${request.path}  ${operation ?? "not emulated"}
  ${response.status}  ${decidedBy}: ${why}
  request   ${JSON.stringify(request.body)}
  response  ${JSON.stringify(response.body)}
`;
}
