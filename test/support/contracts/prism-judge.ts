/**
 * `prism proxy --errors` in front of a server, as an independent judge of the traffic. It knows openapi.yaml, and neither the
 * suite nor the mock.
 */
import { join } from "node:path";
import type { Target } from "../../../contracts/index.ts";
import type { Recorded } from "../../../contracts/world/world.ts";
import { PROJECT, plainEnvironment, running } from "../package/scratch.ts";

interface Judge {
  readonly fetch: NonNullable<Target["fetch"]>;
  /** The number of requests it received, and the number it passed on with their responses. */
  readonly tally: { asked: number; letThrough: number };
}

/** A violation as Prism reports it. */
interface Violation {
  /** Starts with `request` or `response`. */
  readonly location: readonly string[];
  readonly message: string;
}

/** Prism's header with its findings. */
const FOUND = "sl-violations";

/**
 * API requests go through the judge. Requests that it stops go through a second Prism without `--errors`, which reports and
 * passes everything on, so that the case continues. Control calls go straight to the server.
 */
export async function judgeOf(server: string): Promise<Judge> {
  const [judge, recorder] = await Promise.all([prismProxy(server, ["--errors"]), prismProxy(server)]);
  const tally = { asked: 0, letThrough: 0 };
  return {
    tally,
    async fetch(url, init) {
      const path = url.slice(server.length);
      if (path.startsWith("/__testkit")) return fetch(url, init);
      tally.asked++;
      const response = await fetch(`${judge}${path}`, init);
      const stopped = await problemOf(response);
      if (stopped !== undefined) return withFindings(await fetch(`${recorder}${path}`, init), stopped);
      tally.letThrough++;
      return response;
    },
  };
}

/** The judge's findings for the exchange, without the intended mistakes of the request. */
export function unintended({ operation, response, broken }: Recorded): readonly string[] {
  return findingsIn(response?.headers[FOUND] ?? null)
    .filter(({ location: [side] }) => side !== "request" || broken === undefined)
    .map(({ location, message }) => `${operation} ${location.join(".")}: ${message}`);
}

/** The address of a Prism that forwards to the server. */
async function prismProxy(server: string, options: readonly string[] = []): Promise<string> {
  const cli = join(PROJECT, "node_modules/@stoplight/prism-cli/dist/index.js");
  const address = ["--port", "0", "--host", "127.0.0.1"];
  const prism = running(process.execPath, [cli, "proxy", "openapi.yaml", server, ...address, ...options], {
    cwd: PROJECT,
    env: { ...plainEnvironment(), SCARF_ANALYTICS: "false" },
  });
  await prism.until("Prism is listening on");
  const [, url] = /Prism is listening on (\S+)/.exec(prism.printed()) ?? [];
  if (url === undefined) throw new Error(`Prism does not say where it listens:\n${prism.printed()}`);
  return url;
}

interface PrismProblem {
  readonly type: string;
  readonly title: string;
  readonly validation?: readonly Violation[];
}

/** Prism's problem document in place of the server's response. */
async function problemOf(response: Response): Promise<PrismProblem | undefined> {
  if (!response.headers.get("content-type")?.startsWith("application/problem+json")) return undefined;
  const problem: Partial<PrismProblem> = await response.clone().json();
  return problem.type?.startsWith("https://stoplight.io/prism/errors#") ? (problem as PrismProblem) : undefined;
}

/** The response with all findings, also when the judge withheld it. */
async function withFindings(response: Response, { type, title, validation = [] }: PrismProblem): Promise<Response> {
  const withheld = type.endsWith("#VIOLATIONS") ? validation : [];
  const found = [...withheld, ...findingsIn(response.headers.get(FOUND))];
  const findings = found.length > 0 ? found : [{ location: ["request"], message: title }];
  const headers = new Headers(response.headers);
  headers.set(FOUND, JSON.stringify(findings));
  return new Response(await response.text(), { status: response.status, headers });
}

function findingsIn(header: string | null): readonly Violation[] {
  return header === null ? [] : JSON.parse(header);
}
