/** Declared capabilities are checked before the first case; a false one ends the run with a message that names it. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { allCases } from "../../contracts/all-cases.ts";
import { openRun } from "../../contracts/runner/run.ts";
import { packagedSpec } from "../../contracts/spec/spec-file.ts";
import { controlTarget } from "../../contracts/target/control-target.ts";
import type { Sandbox, Target } from "../../contracts/target/target.ts";
import { createMock } from "../../mocks/index.ts";
import { type Falsify, lyingTargets } from "../support/contracts/lying-targets.ts";

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

async function verdictOn(target: Target): Promise<string | null> {
  return (await openRun(spec, target, { seed: "probes" })).facts.inconclusive;
}

const table = Object.entries(lyingTargets).flatMap(([capability, some]) => some.map((one) => ({ capability, ...one })));

test.each(table)("$capability that $what: the message names it and says so", async ({ capability, falsify, words }) => {
  const { target } = await mockTarget();
  const { openSandbox: _, ...plain } = (await mockTarget()).target;
  for (const whole of capability === "sandboxes" ? [target] : [target, plain]) {
    const verdict = await verdictOn(falsified(whole, falsify));
    expect(verdict).toMatch(new RegExp(`^The target declares .*"${capability}".* but it does not work: `));
    expect(verdict).toContain(words);
  }
});

test("an honest target passes with any subset of the functions", async () => {
  const { target } = await mockTarget();
  expect(await verdictOn(target)).toBeNull();
  const functions = Object.keys(target).filter((name) => typeof target[name as keyof Target] === "function");
  const property = fc.asyncProperty(fc.subarray(functions), async (left) => {
    const whole = Object.entries((await mockTarget()).target);
    const some = Object.fromEntries(whole.filter(([name]) => name === "fetch" || !left.includes(name)));
    expect(await verdictOn(some as unknown as Target)).toBeNull();
  });
  await fc.assert(property, { numRuns: 30 });
});

test("codes declared as fixed need not differ", async () => {
  const { target } = await mockTarget();
  const [constant] = lyingTargets["unique-codes"];
  if (constant === undefined) throw new Error("there is no such lie");
  expect(await verdictOn({ ...falsified(target, constant.falsify), codeSemantics: "fixed" })).toBeNull();
});

test("a target gets no requests for an operation that it does not claim", async () => {
  const { target, requests } = await mockTarget();
  expect(await verdictOn({ ...target, operations: ["sendSms"] })).toBeNull();
  expect(requests).toEqual([]);
  expect(await verdictOn({ ...target, operations: ["sendEmail"] })).toBeNull();
  expect(new Set(requests)).toEqual(new Set(["email/send"]));
});

test("after a false capability each case is an error with one message, and no request is sent", async () => {
  const { target, requests } = await mockTarget();
  const [still] = lyingTargets.clock;
  const run = await openRun(spec, falsified(target, (still as { falsify: Falsify }).falsify), { seed: "probes" });
  const before = requests.length;
  for (const one of allCases.slice(0, 20)) {
    expect(await run.outcome(one)).toMatchObject({ outcome: "error", reason: run.facts.inconclusive });
  }
  expect(requests).toHaveLength(before);
});

test("no number, address or password of a check is in the message", async () => {
  const { target } = await mockTarget();
  let seen = {};
  const createAccount = async (seed: object) => {
    seen = seed;
    throw new Error(`cannot create ${JSON.stringify(seed)}`);
  };
  const verdict = await verdictOn(falsified(target, () => ({ createAccount })));
  expect(verdict).toContain('cannot create {"mobile":"<mobile>');
  const { mobile = "", email = "", password = "" }: Record<string, string> = seen;
  for (const secret of [mobile.slice(-11), email, password]) {
    expect(secret).not.toBe("");
    expect(verdict).not.toContain(secret);
  }
});
