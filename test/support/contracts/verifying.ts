/** `ciam-testkit verify` as a process, and mocks with one bug in their responses. */
import { join } from "node:path";
import { createMock, type Mock } from "../../../mocks/index.ts";
import { type FakeRequest, type FakeResponse, fakeServer, responseOf } from "../mock/fake-server.ts";
import { PROJECT, plainEnvironment, running } from "../package/scratch.ts";

const CLI = join(PROJECT, "cli/main.ts");

export interface Verified {
  readonly exitCode: number | null;
  /** Standard output and standard error. */
  readonly printed: string;
}

/** Runs it to its end, without the variables of a CI system, except the given ones. */
export async function verified(args: readonly string[], variables: NodeJS.ProcessEnv = {}): Promise<Verified> {
  const kept = Object.entries(plainEnvironment()).filter(([name]) => !name.startsWith("GITHUB_"));
  const env = { ...Object.fromEntries(kept), ...variables };
  const child = running(process.execPath, [CLI, "verify", ...args], { cwd: PROJECT, env });
  const exitCode = await child.ended;
  return { exitCode, printed: child.printed() };
}

/** Changes a response of the mock; undefined leaves it. */
export type Bug = (requests: FakeRequest, response: FakeResponse) => FakeResponse | "drop" | undefined;

/** A server with a mock that has this bug; `requests` has the API requests. The bug can be fixed. */
export async function buggyMock(bug: Bug = () => undefined, mock: Mock = createMock()) {
  const requests: FakeRequest[] = [];
  let current = bug;
  const url = await fakeServer(async (request) => {
    if (!request.path.startsWith("/__testkit")) requests.push(request);
    const response = await responseOf(mock, request);
    return current(request, response) ?? response;
  });
  return {
    url,
    requests,
    mend: () => {
      current = () => undefined;
    },
  };
}

/** Removes this capability from the target description. */
export function without(capability: string): Bug {
  return ({ path }, { body = "" }) =>
    path === "/__testkit" ? { ...described(body), body: body.replace(`"${capability}",`, "") } : undefined;
}

function described(body: string): FakeResponse {
  return { status: 200, headers: { "content-type": "application/json" }, body };
}

/** Replaces each refusal with this code by one with the other code. */
export function mistaken(code: string, other: string): Bug {
  return (_asked, response) =>
    response.body?.includes(code) ? { ...response, body: response.body.replace(code, other) } : undefined;
}

/** The first of the bugs that applies. */
export function both(...bugs: readonly Bug[]): Bug {
  return (requests, response) => {
    for (const bug of bugs) {
      const changed = bug(requests, response);
      if (changed !== undefined) return changed;
    }
    return undefined;
  };
}
