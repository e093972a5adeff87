/** `ciam-testkit verify` while it runs: the progress on a terminal, and an early end. */
import { join } from "node:path";
import { expect, test } from "vitest";
import { run } from "../../cli/run.ts";
import { createMock, type Mock } from "../../mocks/index.ts";
import { type Bug, buggyMock, mistaken, without } from "../support/contracts/verifying.ts";
import { fakeServer, responseOf } from "../support/mock/fake-server.ts";
import { PROJECT, type Running, running } from "../support/package/scratch.ts";

const SOME = ["--only", "updateMobile/mobile-*", "--only", "updateMobile/success", "--seed", "verify-test"];
const CLEAR = "\r\u001B[K";

async function errorOutputOf(url: string, isTTY: boolean, env: NodeJS.ProcessEnv = {}): Promise<readonly string[]> {
  const written: string[] = [];
  await run(["verify", url, ...SOME], {
    out: { write: () => undefined },
    err: { isTTY, write: (text: string) => written.push(text) },
    env,
    stopped: new Promise(() => undefined),
  });
  return written;
}

test("on a terminal one line shows the progress, and the line is gone at the end", async () => {
  const { url } = await buggyMock(mistaken("IDAAS.SDK.USER.0035", "IDAAS.SDK.USER.0001"));
  const written = await errorOutputOf(url, true);
  const total = Number(/ of (\d+) cases/.exec(written.join(""))?.[1]);
  expect(total).toBeGreaterThan(3);
  expect(written).toHaveLength(total + 1);
  for (const [index, text] of written.slice(0, -1).entries())
    expect(text).toMatch(new RegExp(`^\r\u001B\\[K${index + 1} of ${total} cases(, \\d+ failed)?$`));
  expect(written.at(-2)).toMatch(/ [1-9] failed$/);
  expect(written.at(-1)).toBe(CLEAR);
});

test.each([
  ["in a file", false, {}],
  ["on a terminal that cannot go back in a line", true, { TERM: "dumb" }],
])("%s verify prints no progress", async (_where, isTTY, env) => {
  const { url } = await buggyMock();
  expect(await errorOutputOf(url, isTTY, env)).toEqual([]);
});

/**
 * The mock behind a server that calls `first` with the first request of a case of updateMobile, and holds those requests
 * until `then`.
 */
async function holding(mock: Mock, first: () => void, then: () => Promise<void>, more: Bug = () => undefined) {
  let changes = 0;
  return fakeServer(async (request) => {
    if (request.path.endsWith("/update-mobile")) {
      changes += 1;
      // The request before the first case finds out whether the operation is there.
      if (changes === 2) first();
      if (changes > 1) await then();
    }
    const response = await responseOf(mock, request);
    return more(request, response) ?? response;
  });
}

function started(url: string): Running {
  return running(process.execPath, [join(PROJECT, "cli/main.ts"), "verify", url, ...SOME], { cwd: PROJECT });
}

test.each([
  ["SIGINT", "with sandboxes", undefined],
  ["SIGTERM", "with sandboxes", undefined],
  ["SIGINT", "without sandboxes", without("sandboxes")],
] as const)("after %s no case starts, and a target %s is left as it was", async (signal, _what, description) => {
  const mock = createMock();
  // The requests wait until the command knows of the signal.
  const url = await holding(
    mock,
    () => child.signal(signal),
    () => child.until("stopping"),
    description,
  );
  const child = started(url);
  expect(await child.ended).toBe(130);
  expect(child.printed()).toMatch(/^INCONCLUSIVE: the run was interrupted after \d+ of \d+ cases$/m);
  expect(child.printed()).toMatch(/^ERROR {2}\d+ cases: the run was interrupted$/m);
  expect(await mock.sandboxes.list()).toEqual([mock.clientId]);
  expect(await mock.accounts.list()).toEqual([]);
});

test("a second signal ends verify at once", async () => {
  const url = await holding(
    createMock(),
    () => child.signal("SIGINT"),
    () => new Promise(() => undefined),
  );
  const child = started(url);
  await child.until("stopping");
  child.signal("SIGINT");
  expect(await child.ended).toBeNull();
});
