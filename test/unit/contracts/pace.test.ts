/** The pace of a run: an even one if asked for, and a slower one for a target that answers 429 or 503. */
import { expect, test } from "vitest";
import { openRun, type RunOptions } from "../../../contracts/runner/run.ts";
import { sideBySide } from "../../../contracts/runner/side-by-side.ts";
import { packagedSpec } from "../../../contracts/spec/spec-file.ts";
import { controlTarget } from "../../../contracts/target/control-target.ts";
import type { Target } from "../../../contracts/target/target.ts";
import { createMock, type Mock } from "../../../mocks/index.ts";
import { virtualTime } from "../../support/contracts/virtual-time.ts";

const spec = packagedSpec();
const URL_OF_API = "http://ciam.test";
const SECOND_MS = 1_000;

interface Asked {
  readonly method: string;
  readonly path: string;
  readonly at: number;
}

/** Answers in place of the mock; undefined leaves it to the mock. */
type Gateway = (asked: Asked) => Response | undefined;

interface Options extends Partial<RunOptions> {
  readonly mock?: Mock;
  readonly atOnce?: number;
  /** Stands before the mock once the run is open. */
  readonly gateway?: Gateway;
  /** The same, from the start. */
  readonly firstGateway?: Gateway;
  /** Changes the target before the run. */
  change?(target: Target): Target;
}

async function ran(only: readonly string[], options: Options = {}) {
  const { mock = createMock(), atOnce = 16, gateway, firstGateway, change = (target) => target, ...others } = options;
  const { pause, watched, now, waits } = virtualTime();
  const asked: Asked[] = [];
  let current = firstGateway;
  const fetchIt = watched(async (url, init) => {
    const one = { method: init.method ?? "", path: new URL(url).pathname, at: now() };
    asked.push(one);
    return current?.(one) ?? mock.fetch(url, init);
  });
  const source = async () => change(await controlTarget({ baseUrl: URL_OF_API, fetch: fetchIt }));
  const run = await openRun(spec, source, { seed: "pace", only, pause, ...others });
  const [asksToOpen, waitsToOpen] = [asked.length, waits.length];
  current = gateway ?? firstGateway;
  const cases = await sideBySide(run.entries, atOnce, (entry) => run.outcome(entry.case));
  return {
    facts: run.facts,
    passed: cases.filter(({ outcome }) => outcome === "passed").length,
    cases,
    /** The requests of the cases. */
    asked: asked.slice(asksToOpen),
    waits: waits.slice(waitsToOpen),
    all: { asked, waits, ends: now() },
  };
}

function busy(status: number, headers: Record<string, string> = {}): Response {
  return new Response("slow down", { status, headers });
}

/** A gateway that lets so many requests through in each second. */
function limited(perSecond: number, headers: Record<string, string> = {}): Gateway {
  const inSecond = new Map<number, number>();
  return ({ at }) => {
    const second = Math.floor(at / SECOND_MS);
    const count = (inSecond.get(second) ?? 0) + 1;
    inSecond.set(second, count);
    return count > perSecond ? busy(429, headers) : undefined;
  };
}

/** Refuses the requests of this path while `isBusy` says so. */
function refusing(path: string, response: (count: number) => Response | undefined): Gateway {
  let count = 0;
  return (asked) => (asked.path.endsWith(path) ? response(++count) : undefined);
}

const reasons = ({ cases }: Awaited<ReturnType<typeof ran>>) => [
  ...new Set(cases.filter(({ outcome }) => outcome !== "passed").map((one) => `${one.outcome}: ${one.reason}`)),
];

test.each([
  ["with Retry-After", { "retry-after": "1" }],
  ["without Retry-After", {}],
])("behind a gateway that answers 429 above 40 requests a second, %s, every case passes", async (_how, headers) => {
  const run = await ran(["updateMobile/*", "sendSms/*"], { firstGateway: limited(40, headers) });
  expect(run.facts.inconclusive).toBeNull();
  expect(reasons(run)).toEqual([]);
  expect(run.passed).toBeGreaterThan(60);
  // Not slower than it must be: at least a quarter of what the gateway lets through.
  expect(run.all.asked.length / (run.all.ends / SECOND_MS)).toBeGreaterThan(10);
});

test("a target that is never busy is not slowed down", async () => {
  const { all } = await ran(["updateMobile/*"]);
  expect(all).toMatchObject({ waits: [], ends: 0 });
});

test("with a rate, the requests and control calls are that far apart", async () => {
  const { passed, all } = await ran(["updateMobile/success"], { rate: 20 });
  expect(passed).toBe(1);
  expect(all.asked.some(({ path }) => path.startsWith("/__testkit/"))).toBe(true);
  const apart = all.asked.slice(1).map(({ at }, index) => at - (all.asked[index]?.at ?? 0));
  expect(apart.length).toBeGreaterThan(10);
  expect(Math.min(...apart)).toBe(50);
});

test("a rate that is not above 0 is refused", async () => {
  await expect(ran(["updateMobile/success"], { rate: 0 })).rejects.toThrow("The rate must be above 0, not 0");
});

test.each([
  [429, "returned 429 (too many requests), also after waiting; --rate makes the run slower"],
  [503, "returned 503 (unavailable), also after waiting"],
])("a request that is answered %s each time is sent four times, and the case is an error", async (status, words) => {
  const gateway = refusing("/update-mobile", () => busy(status));
  const run = await ran(["updateMobile/success"], { gateway });
  expect(reasons(run)).toEqual([`error: ${URL_OF_API} ${words}`]);
  const [first = 0, ...later] = changesIn(run.asked).map(({ at }) => at);
  expect(later.map((at) => at - first)).toEqual([500, 1_500, 3_500]);
  expect(run.cases[0]?.exchanges.at(-1)).toMatchObject({ response: { status, body: "slow down" } });
});

test("a limit of requests in the API's own form is an error for a request that must succeed", async () => {
  const limit = JSON.stringify({ error_code: "LIMIT.0001", error_msg: "Too many requests" });
  const headers = { "content-type": "application/json" };
  const gateway = refusing("/update-mobile", () => new Response(limit, { status: 429, headers }));
  const run = await ran(["updateMobile/success"], { gateway });
  const words = "returned 429 (too many requests), also after waiting; --rate makes the run slower";
  expect(reasons(run)).toEqual([`error: ${URL_OF_API} ${words}`]);
});

function changesIn(asked: readonly Asked[]): readonly Asked[] {
  return asked.filter(({ path }) => path.endsWith("/update-mobile"));
}

test("after three such requests in a row, the others of the operation are sent once", async () => {
  const gateway = refusing("/update-mobile", () => busy(503));
  const only = ["updateMobile/device-*", "updateMobile/client-*", "updateMobile/id-token-*"];
  const run = await ran(only, { gateway, atOnce: 1 });
  const errors = run.cases.filter(({ outcome }) => outcome === "error");
  expect(errors.length).toBeGreaterThan(4);
  expect(changesIn(run.asked)).toHaveLength(3 * 4 + (errors.length - 3));
});

test("an operation that is unavailable keeps no other waiting", async () => {
  const gateway = refusing("/update-mobile", () => busy(503));
  const { asked } = await ran(["updateMobile/success", "updateEmail/success"], { gateway });
  expect(new Set(asked.filter(({ path }) => path.endsWith("/update-email")).map(({ at }) => at))).toEqual(new Set([0]));
});

test("an operation that is unavailable from the start does not end the run", async () => {
  const run = await ran(["updateMobile/success", "updateEmail/success"], {
    firstGateway: refusing("/update-mobile", () => busy(503)),
  });
  expect(run.facts.inconclusive).toBeNull();
  expect(run.cases.map(({ outcome }) => outcome).sort()).toEqual(["error", "passed"]);
});

test("a date in Retry-After is compared with the date of the response", async () => {
  const headers = { date: "Tue, 01 Dec 2026 08:00:00 GMT", "retry-after": "Tue, 01 Dec 2026 08:00:07 GMT" };
  const gateway = refusing("/update-mobile", (count) => (count === 1 ? busy(503, headers) : undefined));
  const run = await ran(["updateMobile/success"], { gateway });
  expect(reasons(run)).toEqual([]);
  expect(run.waits).toEqual([7_000]);
});

test.each([["21"], ["3600"]])("a target that asks to wait %s s is not waited for", async (seconds) => {
  const gateway = refusing("/update-mobile", () => busy(503, { "retry-after": seconds }));
  const run = await ran(["updateMobile/success"], { gateway });
  expect(reasons(run)).toEqual([`error: ${URL_OF_API} returned 503 (unavailable), and asks to wait longer than 20 s`]);
  expect(run.waits).toEqual([]);
});

test("a request waits for 20 s at most, over all its tries", async () => {
  const gateway = refusing("/update-mobile", () => busy(503, { "retry-after": "8" }));
  const run = await ran(["updateMobile/success"], { gateway });
  expect(run.waits).toEqual([8_000, 8_000]);
});

test("a control call that is refused for a moment is sent again", async () => {
  const responses = [429, 503, undefined, 503, undefined];
  const gateway = refusing("/__testkit/accounts", (count) => {
    const status = responses[count - 1];
    return status === undefined ? undefined : busy(status);
  });
  const run = await ran(["updateMobile/success"], { gateway });
  expect(reasons(run)).toEqual([]);
  expect(run.asked.filter(({ method, path }) => method === "POST" && path.endsWith("/accounts"))).toHaveLength(5);
});

test("a control call that stays unavailable is named in the error", async () => {
  const gateway = refusing("/__testkit/codes", () => busy(503));
  const run = await ran(["updateMobile/success"], { gateway });
  expect(reasons(run)).toEqual([
    `error: POST ${URL_OF_API}/__testkit/codes returned 503 (unavailable), also after waiting`,
  ]);
});

test("a description that is refused with 429 is asked for again", async () => {
  const firstGateway = refusing("/__testkit", (count) => (count < 3 ? busy(429) : undefined));
  const run = await ran(["updateMobile/success"], { firstGateway });
  expect(run).toMatchObject({ facts: { inconclusive: null }, passed: 1 });
});

test("a refusal that the documents name is not sent again, whatever its status", async () => {
  const mock = createMock();
  await mock.policy.patch({ genauth_http_status: "mirror" });
  // In the default sandbox, which has this policy.
  const change = ({ openSandbox: _, ...target }: Target) => target;
  const run = await ran(["genauthSendSms/*"], { mock, change, atOnce: 1 });
  expect(run.passed).toBeGreaterThan(20);
  expect(reasons(run).filter((reason) => !reason.startsWith("blocked"))).toEqual([]);
  expect(run.all.waits).toEqual([]);
});

test("a run that is ended early waits no more", async () => {
  const stop = new AbortController();
  const gateway = refusing("/update-mobile", (count) => {
    if (count === 1) setImmediate(() => stop.abort());
    return busy(429, { "retry-after": "20" });
  });
  const pause: RunOptions["pause"] = (_ms, signal) =>
    new Promise((resolve) => signal?.addEventListener("abort", () => resolve()));
  const run = await ran(["updateMobile/*"], { gateway, pause, signal: stop.signal });
  expect(run.cases.filter(({ outcome }) => outcome === "error").length).toBeGreaterThan(20);
});

test("the usual timer paces a run, too", async () => {
  const run = await openRun(spec, () => controlTarget({ baseUrl: URL_OF_API, fetch: createMock().fetch }), {
    seed: "pace",
    only: ["updateMobile/success"],
    rate: 1_000,
  });
  const [entry] = run.entries;
  expect(entry && (await run.outcome(entry.case))).toMatchObject({ outcome: "passed" });
});
