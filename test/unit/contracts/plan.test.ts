/** The cases of a run and their obstacles, and facts about every existing case. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { allCases } from "../../../contracts/all-cases.ts";
import { planOf, type Selection, selected } from "../../../contracts/runner/plan.ts";
import { packagedSpec } from "../../../contracts/spec/spec-file.ts";
import type { Capability, Target } from "../../../contracts/target/target.ts";
import type { Case } from "../../../contracts/world/case.ts";
import { everyCapability } from "../../support/contracts/capabilities.ts";

const spec = packagedSpec();
const operations = new Map(spec.operations.map((operation) => [operation.id, operation]));

function aCase(id: string, given: Partial<Case> = {}): Case {
  const operation = id.slice(0, id.indexOf("/"));
  return { id, operation, category: "error", title: id, requires: [], run: async () => undefined, ...given };
}

/** Each case with the reason why it does not run: not applicable, or a missing capability. */
function obstacles(cases: readonly Case[], target: Partial<Target>, selection: Selection = {}) {
  const whole = { name: "bare", baseUrl: "http://ciam.test", ...target };
  const entries = planOf(spec, cases, whole, selection);
  return Object.fromEntries(entries.map((entry) => [entry.case.id, entry.notApplicable ?? entry.missing]));
}

test("a case runs when the target claims its operation and offers its requirements", () => {
  const clock = aCase("sendSms/late", { requires: ["clock"] });
  const target = { advanceClock: async () => undefined };
  expect(obstacles([aCase("sendSms/plain"), clock], target)).toEqual({ "sendSms/plain": [], "sendSms/late": [] });
});

test("a case with unmet requirements names the smallest addition", () => {
  const cases = [aCase("sendSms/a", { requires: ["accounts", "codes|messages+clock"] })];
  expect(obstacles(cases, { readCode: async () => undefined })).toEqual({ "sendSms/a": ["accounts", "codes|clock"] });
});

test("a case of an unclaimed operation is not applicable, whatever else is missing", () => {
  const cases = [
    aCase("sendSms/own", { requires: ["clock"] }),
    aCase("updateMobile/other"),
    aCase("sendSms/calling", { calls: ["updateMobile"] }),
  ];
  expect(obstacles(cases, { operations: ["sendSms"] })).toEqual({
    "sendSms/own": ["clock"],
    "updateMobile/other": "the target does not claim updateMobile",
    "sendSms/calling": "the target does not claim updateMobile",
  });
  expect(obstacles(cases, { operations: [] })["sendSms/own"]).toBe("the target does not claim sendSms");
  expect(obstacles(cases, { dialects: ["genauth"] })["sendSms/own"]).toBe(
    "the target does not claim the dialect bamboocloud",
  );
  expect(obstacles(cases, { dialects: [] })["sendSms/own"]).toBe("the target does not claim the dialect bamboocloud");
});

test("a case of an unselected dialect is not applicable", () => {
  const cases = [aCase("sendSms/a")];
  expect(obstacles(cases, {}, { dialects: ["bamboocloud"] })).toEqual({ "sendSms/a": [] });
  expect(obstacles(cases, {}, { dialects: ["genauth"] })).toEqual({
    "sendSms/a": "dialect bamboocloud is not selected",
  });
});

test.each<[readonly string[] | undefined, readonly string[]]>([
  [undefined, ["a/b", "a/b-c", "b/a.c", "b/axc"]],
  [[], ["a/b", "a/b-c", "b/a.c", "b/axc"]],
  [["a/b"], ["a/b"]],
  [["a/*"], ["a/b", "a/b-c"]],
  [["*c"], ["a/b-c", "b/a.c", "b/axc"]],
  [["*-*"], ["a/b-c"]],
  [["b/a.c"], ["b/a.c"]],
  [
    ["b/axc", "a/b", "b/*"],
    ["a/b", "b/a.c", "b/axc"],
  ],
  [["A/B"], []],
  [["a"], []],
  [["a/(b|c)"], []],
  [[""], []],
])("--only %j selects %j, in the order of the cases", (only, ids) => {
  const cases = ["a/b", "a/b-c", "b/a.c", "b/axc"].map((id) => aCase(id));
  expect(selected(cases, only).map(({ id }) => id)).toEqual(ids);
});

test("case ids are unique, and each is its operation and a kebab-case name", () => {
  const ids = allCases.map(({ id }) => id);
  expect(ids.filter((id, index) => ids.indexOf(id) < index)).toEqual([]);
  for (const { id, operation } of allCases) expect(id).toMatch(new RegExp(`^${operation}/[a-z0-9]+(-[a-z0-9]+)*$`));
});

test("the cases are in the order of the operations", () => {
  const order = [...operations.keys()];
  const met = [...new Set(allCases.map(({ operation }) => operation))];
  expect(met).toEqual(order.filter((id) => met.includes(id)));
});

test.each(allCases.map((one): [string, Case] => [one.id, one]))(
  "the error for %s lists the valid values",
  (_id, one) => {
    for (const id of [one.operation, ...(one.calls ?? [])]) expect([...operations.keys()]).toContain(id);
    if (one.check !== undefined) expect(operations.get(one.operation)?.checks).toContain(one.check);
    const capabilities = one.requires.flatMap((need) => need.split(/[|+]/));
    expect(capabilities.filter((name) => !everyCapability.includes(name as Capability))).toEqual([]);
    expect(one.title.trim()).toMatch(/^\S.*[^.\s]$/);
  },
);

/** Capabilities that no case needs: client and inspector tests do. */
const NOT_FOR_THE_SUITE = [
  ...["requests", "snapshot", "reset", "events"],
  ...["account-list", "account-update", "sandbox-list", "fault-list", "catalogue"],
];
/** Parts of another capability in the control protocol. */
const WITHIN_ANOTHER: readonly Capability[] = ["account-deletion", "policy-read", "unique-codes"];

test("the capabilities are those of control.yaml", () => {
  const control = parse(readFileSync(new URL("../../../contracts/control.yaml", import.meta.url), "utf8"));
  const calls = Object.values(control.paths as Record<string, Record<string, Record<string, string>>>).flatMap((item) =>
    Object.values(item).flatMap((call) => call["x-ciam-capability"] ?? []),
  );
  const known = everyCapability.filter((name) => !WITHIN_ANOTHER.includes(name));
  expect([...new Set(calls)].sort()).toEqual([...known, ...NOT_FOR_THE_SUITE].sort());
});
