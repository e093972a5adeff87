/**
 * Declared capabilities are checked before the first case. A control call that is wrong blocks the cases that need it;
 * one that has no effect in the API is named in a hint. In both cases the matrix is made.
 */
import fc from "fast-check";
import { expect, test } from "vitest";
import { allCases } from "../../contracts/all-cases.ts";
import { exitCode } from "../../contracts/reports/exit-code.ts";
import { openRun } from "../../contracts/runner/run.ts";
import { runAll } from "../../contracts/runner/run-all.ts";
import { packagedSpec } from "../../contracts/spec/spec-file.ts";
import { controlTarget } from "../../contracts/target/control-target.ts";
import type { Sandbox, Target } from "../../contracts/target/target.ts";
import { createMock } from "../../mocks/index.ts";
import { brokenCalls } from "../support/contracts/broken-calls.ts";
import { callsWithoutEffect, constantCodes } from "../support/contracts/calls-without-effect.ts";
import type { Falsify } from "../support/contracts/falsify.ts";

const spec = packagedSpec();

/** The mock as a target, and the API paths that were requested. */
async function mockTarget() {
  const mock = createMock();
  const requests: string[] = [];
  const target = await controlTarget({
    baseUrl: "http://ciam.test",
    fetch(url, init) {
      if (!url.includes("/__testkit")) requests.push(url.replace("http://ciam.test/api/v2/sdk/", ""));
      return mock.fetch(url, init);
    },
  });
  return { target, requests };
}

/** The target with this false capability, in each sandbox too. */
function falsified(target: Target, falsify: Falsify): Target {
  const { openSandbox } = target;
  if (openSandbox === undefined) return { ...target, ...falsify(target) };
  const openLying = async (): Promise<Sandbox> => {
    const sandbox = await openSandbox();
    return { ...sandbox, ...falsify(sandbox), clientId: sandbox.clientId, close: sandbox.close };
  };
  return { ...target, openSandbox: openLying, ...falsify(target) };
}

async function factsOf(target: Target) {
  return (await openRun(spec, target, { seed: "probes" })).facts;
}

const broken = Object.entries(brokenCalls).flatMap(([capability, some]) => some.map((one) => ({ capability, ...one })));

test.each(broken)(
  "$capability that $what: the message names it and says so",
  async ({ capability, falsify, words }) => {
    const { target } = await mockTarget();
    const { openSandbox: _, ...plain } = (await mockTarget()).target;
    for (const whole of capability === "sandboxes" ? [target] : [target, plain]) {
      expect((await factsOf(falsified(whole, falsify))).inconclusive).toContain(`The target declares ${words}`);
    }
  },
);

test("a capability that does not work blocks its cases, and the others run", async () => {
  const [, cannotBeMoved] = brokenCalls.clock;
  const target = falsified((await mockTarget()).target, (cannotBeMoved as { falsify: Falsify }).falsify);
  const report = await runAll(spec, target, { seed: "s", version: "0", only: ["updateMobile/*"] });
  const reason = 'the target declares "clock", but it does not work: refused';
  expect(report.inconclusive).toBe(reason.replace("the", "The"));
  expect(exitCode(report)).toBe(3);
  const blocked = report.cases.filter(({ outcome }) => outcome === "blocked");
  expect(blocked.length).toBeGreaterThan(0);
  for (const one of blocked) expect(one).toMatchObject({ reason, missing: expect.arrayContaining(["clock"]) });
  for (const one of report.cases.filter(({ needs }) => needs.includes("clock"))) expect(one.outcome).toBe("blocked");
  expect(report.cases.length - blocked.length).toBeGreaterThan(50);
  expect(report.summary.failed + report.summary.errors).toBe(0);
});

test("sandboxes that do not work are left out, and the cases run one after the other", async () => {
  const [same] = brokenCalls.sandboxes;
  const target = falsified((await mockTarget()).target, (same as { falsify: Falsify }).falsify);
  const report = await runAll(
    spec,
    { ...target, ...same?.falsify(target) },
    {
      seed: "s",
      version: "0",
      only: ["updateMobile/success", "updateMobile/mobile-taken", "updateMobile/code-expired"],
    },
  );
  expect(report.summary).toMatchObject({ passed: 3, total: 3 });
  expect(exitCode(report)).toBe(3);
});

const effectless = Object.entries(callsWithoutEffect).flatMap(([capability, some]) =>
  some.map((one) => ({ capability, ...one })),
);

/** No documented success, or too few of them, relies on these. */
const NOT_IN_A_SUCCESS: ReadonlySet<string> = new Set(["clock", "faults", "messages"]);

test.each(effectless)("$capability that $what: its cases fail, and a hint names it", async (lie) => {
  const { capability, falsify, words } = lie;
  const { target } = await mockTarget();
  const users = allCases.filter(({ requires }) => requires.includes(capability)).map(({ id }) => id);
  const only = ["*/success", ...(NOT_IN_A_SUCCESS.has(capability) ? users : [])];
  const report = await runAll(spec, falsified(target, falsify), { seed: "effect", version: "0", only });
  expect(report.inconclusive).toBeNull();
  expect(report.hints).toContain(words);
  expect(exitCode(report)).not.toBe(0);
});

test("an honest target passes with any subset of the functions, without a hint", async () => {
  const { target } = await mockTarget();
  expect(await factsOf(target)).toMatchObject({ inconclusive: null, hints: [] });
  const report = await runAll(spec, target, { seed: "honest", version: "0", only: ["*/success"] });
  expect(report.hints).toEqual([]);
  const functions = Object.keys(target).filter((name) => typeof target[name as keyof Target] === "function");
  const property = fc.asyncProperty(fc.subarray(functions), async (left) => {
    const whole = Object.entries((await mockTarget()).target);
    const some = Object.fromEntries(whole.filter(([name]) => name === "fetch" || !left.includes(name)));
    // The functions that are left make a target: all but "fetch" are optional.
    expect(await factsOf(some as unknown as Target)).toMatchObject({ inconclusive: null, hints: [] });
  });
  await fc.assert(property, { numRuns: 30 });
});

test("codes that are all the same: one hint, and the cases that need different codes are blocked", async () => {
  const { target } = await mockTarget();
  const only = ["updateMobile/code-*", "updateMobile/success"];
  const report = await runAll(spec, falsified(target, constantCodes), { seed: "s", version: "0", only });
  expect(report).toMatchObject({
    inconclusive: null,
    hints: [expect.stringContaining('Then set code_semantics to "fixed" in the description')],
    summary: { failed: 0, errors: 0 },
  });
  const used = report.cases.find(({ id }) => id === "updateMobile/code-used");
  expect(used).toMatchObject({ outcome: "blocked", reason: "unique-codes: all codes of the target are the same" });
  const declared = await factsOf({ ...falsified(target, constantCodes), codeSemantics: "fixed" });
  expect(declared.hints).toEqual([]);
});

test("a target gets no requests for an operation that it does not claim", async () => {
  const { target, requests } = await mockTarget();
  expect(await factsOf({ ...target, operations: ["updateMobile"] })).toMatchObject({ inconclusive: null });
  expect(new Set(requests)).toEqual(new Set(["profile/update-mobile"]));
  requests.length = 0;
  expect(await factsOf({ ...target, operations: [] })).toMatchObject({ inconclusive: null });
  expect(requests).toEqual([]);
});

test("no number, address or password of a check is in the message", async () => {
  const { target } = await mockTarget();
  let seen = {};
  const createAccount = async (seed: object) => {
    seen = seed;
    throw new Error(`cannot create ${JSON.stringify(seed)}`);
  };
  const { inconclusive } = await factsOf(falsified(target, () => ({ createAccount })));
  expect(inconclusive).toContain('cannot create {"mobile":"<mobile>');
  const { mobile = "", email = "", password = "" }: Record<string, string> = seen;
  for (const secret of [mobile.slice(-11), email, password]) {
    expect(secret).not.toBe("");
    expect(inconclusive).not.toContain(secret);
  }
});
