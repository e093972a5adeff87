/** What the terminal says about blocked cases: their names while they are few, and what to add next. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { matrixText } from "../../../../contracts/reports/terminal/matrix.ts";
import { CALLS, nextStep } from "../../../../contracts/reports/terminal/next-step.ts";
import { everyCapability } from "../../../support/contracts/capabilities.ts";
import { sampleCase, sampleReport } from "../../../support/contracts/sample-report.ts";

function blocked(name: string, missing: readonly string[], reason = `needs ${missing.join(", ")}`) {
  return sampleCase("updateMobile", name, { outcome: "blocked", missing, reason });
}

/** So many cases that lack the same. */
function several(count: number, ...missing: readonly string[]) {
  return Array.from({ length: count }, (_, index) => blocked(`${missing.join("-")}-${index}`, missing));
}

function firstLine(...cases: ReturnType<typeof several>[]): string | undefined {
  return nextStep(sampleReport(cases.flat()))[0]?.split("\n")[0];
}

test("the next step is the capability that lets the most cases run", () => {
  expect(firstLine(several(2, "clock"), several(5, "policy"))).toBe(
    "Next: add the capability policy. Then 5 more cases can run.",
  );
  expect(firstLine(several(1, "clock"))).toBe("Next: add the capability clock. Then 1 more case can run.");
});

test("capabilities that cases need together are one step, if they are worth it", () => {
  expect(firstLine(several(3, "clock"), several(20, "accounts", "tokens", "codes"))).toBe(
    "Next: add the capabilities accounts, tokens and codes. Then 20 more cases can run.",
  );
  expect(firstLine(several(9, "clock"), several(10, "accounts", "tokens"))).toBe(
    "Next: add the capability clock. Then 9 more cases can run.",
  );
});

test("of alternatives the smaller one counts", () => {
  expect(firstLine(several(4, "codes|messages+captcha-tokens"))).toBe(
    "Next: add the capability codes. Then 4 more cases can run.",
  );
});

test("the calls are named, and the description first for a target without any capability", () => {
  const report = sampleReport(several(4, "accounts", "tokens"));
  expect(nextStep(report)[0]).toContain(
    "\n  Control calls: POST /__testkit/accounts, POST /__testkit/accounts/{id}/tokens\n",
  );
  const bare = { ...report, target: { ...report.target, capabilities: [] } };
  expect(nextStep(bare)[0]).toContain("\n  Control calls: GET /__testkit, POST /__testkit/accounts, POST ");
  expect(matrixText(bare).trimEnd().split("\n").slice(-3)[0]).toMatch(/^Next: /);
});

test("the report names no next step if no case is blocked, or if the run has another problem first", () => {
  expect(nextStep(sampleReport([sampleCase("updateMobile", "a")]))).toEqual([]);
  expect(nextStep(sampleReport([blocked("a", ["unique-codes"])]))).toEqual([]);
  expect(nextStep(sampleReport(several(4, "clock"), { inconclusive: "unreachable" }))).toEqual([]);
});

test("each capability has a call, and control.yaml has the call", () => {
  expect(Object.keys(CALLS).sort()).toEqual(everyCapability.filter((name) => name !== "unique-codes").sort());
  const control = parse(readFileSync(new URL("../../../../contracts/control.yaml", import.meta.url), "utf8"));
  for (const [capability, call] of Object.entries(CALLS)) {
    const [method = "", path = ""] = call.split(" ");
    const declared = control.paths[path]?.[method.toLowerCase()]?.["x-ciam-capability"];
    expect([capability, declared]).toEqual([capability, WHOLE[capability] ?? capability]);
  }
});

/** These are parts of another capability. */
const WHOLE: Readonly<Record<string, string>> = { "account-deletion": "accounts", "policy-read": "policy" };

function blockedSection(cases: ReturnType<typeof several>): readonly string[] {
  const [, section = ""] = /\nBlocked:\n(.*?)\n\n/s.exec(matrixText(sampleReport(cases))) ?? [];
  return section.split("\n");
}

test("a few blocked cases have their names, many have only numbers", () => {
  expect(blockedSection(several(2, "clock"))).toEqual(["  2 cases need clock:", "    updateMobile: clock-0, clock-1"]);
  const names = everyCapability.filter((name) => name !== "clock" && name !== "unique-codes");
  const many = [
    ...several(30, "clock"),
    ...names.flatMap((name) => [...several(4, name, "clock"), ...several(3, name)]),
  ];
  expect(blockedSection(many)).toEqual([
    expect.stringMatching(/^ {2}121 cases lack one or more of: clock \(82\), sandboxes \(7\), accounts \(7\), /),
    expect.stringMatching(/^ {33}.*, and others$/),
    "  Each report that --report writes has their names.",
  ]);
});

test("a declared capability that does not work is a reason of its own", () => {
  const reason = 'the target declares "clock", but it does not work: POST clock returned 404';
  expect(
    blockedSection([...several(1, "clock"), blocked("a", ["clock"], reason), blocked("b", ["clock"], reason)]),
  ).toEqual([`  2 cases: ${reason}`, "    updateMobile: a, b", "  1 case needs clock:", "    updateMobile: clock-0"]);
});

test("hints stand before the sum, one on each line", () => {
  const text = matrixText(sampleReport([sampleCase("updateMobile", "a")], { hints: ["set it", "mend\nit"] }));
  expect(text).toMatch(/\n\nHINT: set it\nHINT: mend\\nit\n\n1 case: /);
});
