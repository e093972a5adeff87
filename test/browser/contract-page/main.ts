/** The contract suite inside a page, against the mock behind msw's worker. */
import { createMock, manualClock } from "ciam-testkit";
import { handlers } from "ciam-testkit/msw";
import { setupWorker } from "msw/browser";
import type { CaseResult } from "../../../contracts/runner/outcome.ts";
import { inRunningOrder } from "../../../contracts/runner/plan.ts";
import { openRun } from "../../../contracts/runner/run.ts";
import { sideBySide } from "../../../contracts/runner/side-by-side.ts";
import { readSpec } from "../../../contracts/spec/read-spec.ts";
import { controlTarget } from "../../../contracts/target/control-target.ts";
import openapi from "../../../openapi.yaml?raw";

declare global {
  /** The result of each of these cases. */
  var runContract: (seed: string, only: readonly string[]) => Promise<readonly CaseResult[]>;
}

const mock = createMock({ clock: manualClock(Date.parse("2026-01-01")) });

globalThis.runContract = async (seed, only) => {
  await setupWorker(...handlers(mock)).start({ quiet: true });
  const source = () => controlTarget({ baseUrl: location.origin, fetch: ask });
  const run = await openRun(readSpec(openapi), source, { seed, strictOrder: true, only });
  const inOrder = inRunningOrder(run.entries.map((entry) => entry.case));
  const results = await sideBySide(inOrder, 16, (one) => run.outcome(one));
  await run.close();
  return results;
};

/** API calls go through the worker. Control calls are four of five requests, so they take the direct way. */
async function ask(url: string, init: RequestInit): Promise<Response> {
  return url.startsWith(`${location.origin}/__testkit`) ? mock.fetch(url, init) : fetch(url, init);
}
