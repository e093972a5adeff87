/** The first ten minutes with `ciam-testkit verify`: a backend without control calls, a wrong URL, a misspelt name. */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createMock } from "../../mocks/index.ts";
import { startUnreachable } from "../support/contracts/always-wrong.ts";
import { fourCalls } from "../support/contracts/four-calls.ts";
import { verified } from "../support/contracts/verifying.ts";
import { fakeServer, json, responseOf } from "../support/mock/fake-server.ts";
import { scratchFolder } from "../support/package/scratch.ts";

const SEED = ["--seed", "first"];

function linesOf(printed: string): readonly string[] {
  return printed.trimEnd().split("\n");
}

test("the first run of a backend with four operations fits 60 lines, and ends with the next step", async () => {
  const { url, clientId } = await fourCalls();
  const { exitCode, printed } = await verified([url, "--client-id", clientId, ...SEED]);
  const lines = linesOf(printed);
  expect(lines.length).toBeLessThanOrEqual(60);
  expect(lines.slice(-3)).toEqual([
    expect.stringMatching(/^Next: add the capabilities .*accounts.*\. Then \d+ more cases can run\.$/),
    expect.stringMatching(/^ {2}Control calls: GET \/__testkit, POST \/__testkit\/accounts, /),
    "  How: docs/contracts/README.md in the package ciam-testkit",
  ]);
  expect(printed).toMatch(/^Not applicable: .*sendEmail \(\d+ cases\)/m);
  expect(printed).toMatch(/^ {2}\d+ cases: sendEmail answers every request with 404: the target does not have it$/m);
  expect(printed).not.toMatch(/^(FAIL|ERROR|INCONCLUSIVE)/m);
  for (const line of lines) expect(line.length).toBeLessThanOrEqual(130);
  expect(exitCode).toBe(0);
});

test("a wrong client id is said in one sentence", async () => {
  const { url } = await fourCalls();
  const { exitCode, printed } = await verified([url, ...SEED]);
  expect(linesOf(printed)[0]).toMatch(
    /^INCONCLUSIVE: The target does not know the client id \w+ of X-client-id: pass the id of an application that it knows with --client-id$/,
  );
  expect(linesOf(printed).length).toBeLessThan(20);
  expect(exitCode).toBe(3);
});

test("a wrong base URL is said in one sentence", async () => {
  const { url, clientId } = await fourCalls();
  const { exitCode, printed } = await verified([`${url}/api/v2/sdk`, "--client-id", clientId, ...SEED]);
  expect(linesOf(printed)[0]).toBe(
    `INCONCLUSIVE: Every request to ${url}/api/v2/sdk was answered 404: is the base URL right? It must be the URL before /api/v2/sdk/... and /api/v3/...`,
  );
  expect(linesOf(printed).length).toBeLessThan(20);
  expect(exitCode).toBe(3);
});

test.each([
  [
    "that Node does not use",
    {},
    /refuses connections: no server listens there; HTTP_PROXY is set, but Node uses it only/,
  ],
  [
    "that is dead",
    { NODE_USE_ENV_PROXY: "1" },
    /cannot be reached through the proxy http:\/\/127\.0\.0\.1:\d+ of HTTP_PROXY: /,
  ],
])("an unreachable target and a proxy %s", async (_what, variables, words) => {
  const { url } = await startUnreachable();
  const { exitCode, printed } = await verified([url, ...SEED], { HTTP_PROXY: url, ...variables });
  expect(linesOf(printed)[0]).toMatch(words);
  expect(exitCode).toBe(3);
});

test.each([
  [
    { operations: ["updateMobil"] },
    '"operations" has the unknown operation "updateMobil"; did you mean "updateMobile"?',
  ],
  [{ capabilities: ["acounts"] }, '"capabilities" has the unknown capability "acounts"; did you mean "accounts"?'],
  [{ dialects: ["bambocloud"] }, '"dialects" has the unknown dialect "bambocloud"; did you mean "bamboocloud"?'],
  [{ code_semantics: "constant" }, '"code_semantics" has the unknown value "constant"; expected one of unique, fixed'],
])("a description with %j is wrong usage", async (mistake, words) => {
  const mock = createMock();
  const description = { protocol: "1", name: "ours", version: "1", capabilities: [], ...mistake };
  const url = await fakeServer((request) =>
    request.path === "/__testkit" ? json(description) : responseOf(mock, request),
  );
  const { exitCode, printed } = await verified([url, ...SEED]);
  expect(printed).toMatch(/^ciam-testkit: the (description at|target) .*\n$/);
  expect(printed).toContain(words);
  expect(exitCode).toBe(2);
});

test("a misspelt function of a target module is wrong usage", async () => {
  const file = join(await scratchFolder(), "ours.mjs");
  await writeFile(file, 'export default { name: "ours", baseUrl: "http://127.0.0.1:1", createAcount() {} };');
  const { exitCode, printed } = await verified(["--target", file, ...SEED]);
  expect(printed).toBe('ciam-testkit: the target ours: unknown field "createAcount"; did you mean "createAccount"?\n');
  expect(exitCode).toBe(2);
});
