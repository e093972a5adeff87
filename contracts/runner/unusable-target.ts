/** What the probes say about the target as a whole: unreachable, a wrong base URL, or an unknown client id. */

import { codecOf } from "../spec/dialects/index.ts";
import type { Reply } from "../world/world.ts";
import { isAbsent, isClientUnknown, isDocumented, type Probe } from "./probes.ts";

/** Why no case can run; undefined if the API answers. */
export function whyUnusable(probes: readonly Probe[], baseUrl: string): string | undefined {
  const [first] = probes;
  if (first === undefined) return undefined;
  if (probes.every(({ failure }) => failure !== undefined)) return first.failure;
  const { reply } = first;
  const isSame = ({ operation, reply: other }: Probe) =>
    other?.status === reply?.status && !isAnswered(operation, other);
  return reply !== undefined && probes.every(isSame) ? adviceFor(reply, baseUrl) : undefined;
}

function isAnswered(operation: Probe["operation"], reply: Reply | undefined): boolean {
  return reply !== undefined && isDocumented(operation, reply);
}

/** Only for statuses that no operation documents: any other response is for the cases to judge. */
function adviceFor({ status, headers, body }: Reply, baseUrl: string): string | undefined {
  const every = `Every request to ${baseUrl} was answered ${status}`;
  if (status === 404 || status === 501)
    return `${every}: is the base URL right? It must be the URL before /api/v2/sdk/... and /api/v3/...`;
  if (status >= 300 && status < 400)
    return `${every} with the location ${headers["location"] ?? "(none)"}: is the base URL right? Redirects are not followed`;
  if (status === 401 || status === 403)
    return `${every} by something before the API: does a gateway ask for a key? A target module can send it in "headers"`;
  if (status === 502 || status === 504) return `${every}: the gateway cannot reach the API`;
  if (status === 400 && baseUrl.startsWith("http:") && /\bhttps\b|\btls\b/i.test(body))
    return `${every}: the port expects TLS; use https:// instead of http://`;
  return undefined;
}

/** By dialect that does not know the client id of the requests: what to do. */
export function unknownClients({ probes, clientId }: Answers): ReadonlyMap<string, string> {
  const dialects = new Set(probes.map(({ operation }) => operation.dialect));
  const isUnknown = (dialect: string) =>
    clientIsUnknown(probes.filter(({ operation }) => operation.dialect === dialect));
  return new Map([...dialects].filter(isUnknown).map((dialect) => [dialect, unknownClient(clientId, dialect)]));
}

interface Answers {
  readonly probes: readonly Probe[];
  /** Of the requests. */
  readonly clientId: string;
}

function clientIsUnknown(probes: readonly Probe[]): boolean {
  const answered = probes.flatMap(({ operation, reply }) =>
    reply === undefined || isAbsent(operation, reply) ? [] : [{ operation, reply }],
  );
  const refused = answered.filter(({ operation, reply }) => isClientUnknown(operation, reply));
  // An operation without body and token has nothing else to refuse. The others may check those first.
  const plain = answered.filter(({ operation }) => operation.body === undefined && !operation.signedIn);
  if (plain.length === 0) return refused.length > 0 && refused.length >= answered.length / 2;
  const isRefused = plain.every((one) => refused.includes(one));
  return isRefused && refused.length >= Math.min(2, answered.length);
}

/** The rest of a sentence that begins with "The" or "the". */
function unknownClient(clientId: string, dialect: string): string {
  const header = codecOf(dialect).clientIdHeader;
  const advice = "pass the id of an application that it knows with --client-id";
  return `target does not know the client id ${clientId} of ${header}: ${advice}`;
}
