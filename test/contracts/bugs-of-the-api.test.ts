/** A bug of the API is never blamed on the control protocol: the matrix is made, and cases fail by name. */
import { expect, test } from "vitest";
import { exitCode } from "../../contracts/reports/exit-code.ts";
import { matrixText } from "../../contracts/reports/terminal/matrix.ts";
import { runAll } from "../../contracts/runner/run-all.ts";
import { packagedSpec } from "../../contracts/spec/spec-file.ts";
import { controlTarget } from "../../contracts/target/control-target.ts";
import { createMock, type Mock } from "../../mocks/index.ts";
import { unreadBodies } from "../support/contracts/unread-body.ts";

/** Changes the response to a request of the API. */
type Spoil = (path: string, response: Response) => Promise<Response>;

async function ranWith(spoil: Spoil, only: readonly string[], mock: Mock = createMock()) {
  const fetch = async (url: string, init: RequestInit) => {
    const response = await mock.fetch(url, init);
    return url.includes("/__testkit") ? response : spoil(new URL(url).pathname, response);
  };
  const source = async () => {
    const { openSandbox: _, ...target } = await controlTarget({ baseUrl: "http://ciam.test", fetch });
    return target;
  };
  return runAll(packagedSpec(), source, { seed: "bugs", version: "0", only });
}

test.each<[string, Spoil, readonly string[]]>([
  [
    "refusals with status 200",
    async (_path, response) => new Response(response.ok ? null : await response.text(), { status: 200 }),
    ["updateMobile/mobile-taken", "updateEmail/code-wrong"],
  ],
  [
    "error codes without their prefix",
    async (_path, response) => {
      const text = (await response.text()).replace("IDAAS.SDK.", "");
      return new Response(text === "" ? null : text, { status: response.status });
    },
    ["updateMobile/mobile-taken", "updateEmail/code-wrong"],
  ],
  [
    "a broken updateEmail",
    async (path, response) => (path.endsWith("/update-email") ? new Response("", { status: 500 }) : response),
    ["updateEmail/success", "updateEmail/code-wrong"],
  ],
])("%s: the cases fail, and the control protocol is not blamed", async (_what, spoil, found) => {
  const report = await ranWith(spoil, [...found, "getCaptcha/success"]);
  expect(report.inconclusive).toBeNull();
  for (const id of found) expect(report.cases.find((one) => one.id === id)).toMatchObject({ id, outcome: "failed" });
  expect(exitCode(report)).toBe(1);
  expect(matrixText(report)).toMatch(/^updateEmail {2}\d+ case/m);
});

test("codes that never expire fail the case about their lifetime", async () => {
  const mock = createMock();
  // The policy says five minutes.
  await mock.policy.patch({ code_ttl_seconds: 86_400 });
  const fetch = mock.fetch.bind(mock);
  const stated: typeof fetch = async (url, init) => {
    const response = await fetch(url, init);
    if (!String(url).endsWith("/__testkit/policy")) return response;
    return Response.json({ ...(await response.json()), code_ttl_seconds: 300 });
  };
  const only = ["updateMobile/code-lifetime", "updateMobile/success"];
  const report = await ranWith(async (_path, response) => response, only, { ...mock, fetch: stated } as Mock);
  expect(report.inconclusive).toBeNull();
  expect(report.cases.map(({ id, outcome }) => [id, outcome])).toEqual([
    ["updateMobile/success", "passed"],
    ["updateMobile/code-lifetime", "failed"],
  ]);
});

test("a body that the API leaves unread fails cases of the API, and no control call", async () => {
  const url = await unreadBodies();
  const only = ["updateMobile/device-incomplete", "updateMobile/client-missing", "updateMobile/success"];
  const report = await runAll(packagedSpec(), () => controlTarget({ baseUrl: url }), {
    seed: "unread",
    version: "0",
    only,
    atOnce: 1,
  });
  expect(report.inconclusive).toBeNull();
  expect(report.summary).toMatchObject({ blocked: 0, errors: 0 });
  const failed = report.cases.filter(({ outcome }) => outcome === "failed");
  expect(failed.length).toBeGreaterThan(0);
  expect(failed[0]?.reason).toContain("expected no server error (status below 500), got 501");
});
