/** One mistake of a target is one cause in the reports, however many cases show it, and a choice is not a mistake. */
import { expect, test } from "vitest";
import { controlTarget } from "../../contracts/index.ts";
import type { Report, Violation } from "../../contracts/reports/report.ts";
import { type RunAllOptions, runAll } from "../../contracts/runner/run-all.ts";
import { packagedSpec } from "../../contracts/spec/spec-file.ts";
import { createMock } from "../../mocks/index.ts";

/** Changes the error code and the text of a refusal of the BambooCloud API. */
type Spoil = (refusal: Refusal, request: Request) => Refusal;

interface Refusal {
  readonly error_code: string;
  readonly error_msg: string;
}

/** A run of these cases against the mock, whose refusals are spoiled. */
async function run(only: readonly string[], spoil: Spoil, options: Partial<RunAllOptions> = {}): Promise<Report> {
  const mock = createMock();
  const target = await controlTarget({
    baseUrl: "http://ciam.test",
    async fetch(url, init) {
      const response = await mock.fetch(url, init);
      if (url.includes("/__testkit") || response.ok) return response;
      return Response.json(spoil(await response.json(), new Request(url, init)), { status: response.status });
    },
  });
  return runAll(packagedSpec(), target, { seed: "causes", version: "0", only, ...options });
}

function failures({ causes }: Report) {
  return causes.filter(({ verdict }) => verdict === "failed");
}

/** The violations of the case, each with the language of the request that shows it. */
function shown({ cases }: Report, id: string): [Violation, string | undefined][] {
  const found = cases.find((one) => one.id === id);
  if (found === undefined) throw new Error(`no case ${id}`);
  return found.violations.map((violation) => {
    const exchange = violation.exchange === null ? undefined : found.exchanges[violation.exchange];
    return [violation, exchange?.request.headers["X-L"]];
  });
}

test("a wrong comma in every text is one cause in all operations and both languages", async () => {
  const report = await run(["*/client-unknown", "*/password-too-simple"], (refusal) => ({
    ...refusal,
    error_msg: refusal.error_msg.replaceAll(",", "，"),
  }));
  expect(report.summary.failed).toBeGreaterThan(10);
  expect(failures(report)).toMatchObject([{ likeness: "characters", cases: { length: report.summary.failed } }]);
});

test("a violation names the request that shows it, and so its language", async () => {
  const report = await run(["updateMobile/code-wrong"], (refusal, { headers }) =>
    headers.get("X-L") === "zh" ? { ...refusal, error_msg: "Incorrect verification code" } : refusal,
  );
  expect(shown(report, "updateMobile/code-wrong")).toMatchObject([[{ what: "text in Chinese (code-wrong)" }, "zh"]]);
});

test("an effect that is missing names the request before it", async () => {
  const mock = createMock();
  const target = await controlTarget({
    baseUrl: "http://ciam.test",
    fetch: async (url, init) =>
      url.endsWith("/profile/update-mobile") ? new Response(null, { status: 200 }) : mock.fetch(url, init),
  });
  const only = ["updateMobile/success"];
  const report = await runAll(packagedSpec(), target, { seed: "causes", version: "0", only });
  const [{ violations, exchanges } = { violations: [], exchanges: [] }] = report.cases;
  const [missing] = violations;
  expect(exchanges[missing?.exchange ?? -1]?.operation).toBe("updateMobile");
});

test("another error for an inferred check is an open choice with the mock's and the target's behaviour", async () => {
  const report = await run(["updateMobile/mobile-own"], (refusal) => ({
    error_code: refusal.error_code.replace("USER.0035", "USER.0001"),
    error_msg: refusal.error_msg,
  }));
  expect(report.choices).toEqual([
    {
      choice: "updateMobile/mobile-own",
      mock: "IDAAS.SDK.USER.0035",
      target: "IDAAS.SDK.USER.0001",
      cases: ["updateMobile/mobile-own"],
    },
  ]);
  expect(report.summary.failed).toBe(0);
});

test("another error for a documented check is a failure, and no choice", async () => {
  const report = await run(["updateMobile/code-wrong"], (refusal) => ({
    ...refusal,
    error_code: "IDAAS.SDK.USER.0001",
  }));
  expect(report.choices).toEqual([]);
  expect(report.summary.failed).toBe(1);
});

test("another order of checks is a choice of the order, not of the error", async () => {
  const report = await run(["updateMobile/code-missing-before-new-mobile-missing"], (refusal) => ({
    ...refusal,
    error_code: "IDAAS.SDK.USER.0020",
  }));
  expect(report.choices).toMatchObject([
    {
      choice: "updateMobile/order",
      mock: "code-missing before new-mobile-missing",
      target: "new-mobile-missing before code-missing",
    },
  ]);
});

test("strict turns each finding into a failure, also one about order", async () => {
  const only = ["updateMobile/mobile-own", "updateMobile/code-missing-before-new-mobile-missing"];
  const spoil: Spoil = (refusal) => ({ ...refusal, error_code: "IDAAS.SDK.USER.0001" });
  expect((await run(only, spoil)).summary).toMatchObject({ findings: 2, failed: 0 });
  expect((await run(only, spoil, { strict: true })).summary).toMatchObject({ findings: 0, failed: 2 });
});
