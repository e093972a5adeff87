/** The runner of `verify`: how many cases run side by side, what it counts, and how a run ends early. */
import { expect, test } from "vitest";
import { type Progress, type RunAllOptions, runAll } from "../../../contracts/runner/run-all.ts";
import { packagedSpec } from "../../../contracts/spec/spec-file.ts";
import { controlTarget } from "../../../contracts/target/control-target.ts";
import type { Target } from "../../../contracts/target/target.ts";
import { createMock } from "../../../mocks/index.ts";

const spec = packagedSpec();
const OPTIONS = { seed: "run-all", version: "0", only: ["updateMobile/mobile-*"] };

/** The mock in process. `taken` is the error code of a number that another account has. */
function target({ taken = "IDAAS.SDK.USER.0035" } = {}): Promise<Target> {
  const mock = createMock();
  return controlTarget({
    baseUrl: "http://ciam.test",
    async fetch(url, init) {
      const response = await mock.fetch(url, init);
      const text = (await response.text()).replace("IDAAS.SDK.USER.0035", taken);
      const { status, headers } = response;
      return new Response(text === "" ? null : text, { status, headers });
    },
  });
}

async function ran(source: () => Promise<Target>, options: Partial<RunAllOptions> = {}) {
  const progress: Progress[] = [];
  const report = await runAll(spec, source, { ...OPTIONS, onProgress: (one) => progress.push(one), ...options });
  return { report, progress };
}

/** The greatest number of sandboxes that are open at one time. */
async function mostOpen(atOnce: number | undefined): Promise<number> {
  let [open, most] = [0, 0];
  const counted = async (): Promise<Target> => {
    const whole = await target();
    return {
      ...whole,
      async openSandbox() {
        open += 1;
        most = Math.max(most, open);
        const sandbox = await (whole.openSandbox as NonNullable<Target["openSandbox"]>)();
        return {
          ...sandbox,
          async close() {
            open -= 1;
            await sandbox.close();
          },
        };
      },
    };
  };
  await ran(counted, { only: ["updateMobile/mobile-*", "sendSms/*"], ...given(atOnce) });
  return most;
}

function given(atOnce: number | undefined): Partial<RunAllOptions> {
  return atOnce === undefined ? {} : { atOnce };
}

test.each([
  [undefined, 16],
  [3, 3],
])("with atOnce %s, at most %s cases run side by side", async (atOnce, most) => {
  expect(await mostOpen(atOnce)).toBe(most);
});

test("the progress counts each case, and known failures are not among the failed", async () => {
  const wrong = () => target({ taken: "IDAAS.SDK.USER.0001" });
  const { report, progress } = await ran(wrong);
  expect(report.summary.failed).toBeGreaterThan(0);
  expect(progress.map(({ done }) => done)).toEqual(report.cases.map((_, index) => index + 1));
  expect(progress.at(-1)).toEqual({
    done: report.summary.total,
    total: report.summary.total,
    failed: report.summary.failed,
    errors: 0,
  });

  const knownFailing = [{ pattern: "updateMobile/*", reason: "ours", until: undefined }];
  const known = await ran(wrong, { knownFailing });
  // The other cases pass, although the list has them.
  expect(known.progress.at(-1)).toMatchObject({ failed: known.report.summary.stale });
  expect(known.report.summary).toMatchObject({ failed: 0, known: report.summary.failed });
});

test("the report has the cases in the order of the plan, whatever ends first", async () => {
  const [one, side] = await Promise.all([ran(target, { atOnce: 1 }), ran(target)]);
  expect(side.report.cases.map(({ id }) => id)).toEqual(one.report.cases.map(({ id }) => id));
});

test("a run that is ended early has a result for each case, and says so", async () => {
  const stop = new AbortController();
  const { report } = await ran(target, {
    atOnce: 1,
    signal: stop.signal,
    onProgress: ({ done }) => done === 2 && stop.abort(),
  });
  expect(report.inconclusive).toBe(`the run was interrupted after 2 of ${report.cases.length} cases`);
  const [first, second, ...rest] = report.cases.map(({ outcome, reason }) => `${outcome} ${reason}`.trim());
  expect([first, second]).toEqual(["passed", "passed"]);
  expect(rest.length).toBeGreaterThan(0);
  expect(new Set(rest)).toEqual(new Set(["error the run was interrupted"]));
});

test("a run that is ended before its first case is not blamed on the target", async () => {
  const { report } = await ran(target, { signal: AbortSignal.abort() });
  expect(report.inconclusive).toBe("the run was interrupted");
  expect(report.cases.length).toBeGreaterThan(0);
});

test("a target that cannot be closed makes the run inconclusive", async () => {
  const close = async () => {
    throw new Error("still busy");
  };
  const { report } = await ran(async () => ({ ...(await target()), close }));
  expect(report).toMatchObject({ inconclusive: "The target could not be closed: still busy", summary: { errors: 0 } });
});
