/** Everything that openapi.yaml documents has a case, and the coverage of a run shows each result. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { allCases } from "../../../contracts/all-cases.ts";
import { coverageOf } from "../../../contracts/runner/coverage.ts";
import { packagedSpec } from "../../../contracts/spec/spec-file.ts";
import type { Case } from "../../../contracts/world/case.ts";

const spec = packagedSpec();

/** Read independently of contracts/spec/read-spec.ts, so that its omissions show. */
interface Documented {
  readonly operationId: string;
  readonly "x-ciam-checks": readonly string[];
  /** The codes of the page's own table. */
  readonly "x-ciam-printed": readonly string[];
}

const documented = documentedOperations();

function documentedOperations(): readonly Documented[] {
  const text = readFileSync(new URL("../../../openapi.yaml", import.meta.url), "utf8");
  const { paths } = parse(text) as {
    paths: Record<string, Record<string, Documented & { "x-ciam-variants"?: Documented[] }>>;
  };
  return Object.values(paths)
    .flatMap((item) => Object.values(item))
    .flatMap((operation) => [operation, ...(operation["x-ciam-variants"] ?? [])]);
}

/** Entries of openapi.yaml without a case. */
function uncovered(cases: readonly Case[]): readonly string[] {
  return documented.flatMap(({ operationId, ...its }) => {
    const own = cases.filter(({ operation }) => operation === operationId);
    const checks = new Set(own.map(({ check }) => check));
    const errors = spec.operations.find(({ id }) => id === operationId)?.errors ?? new Map();
    const codes = new Set([...checks].map((check = "") => errors.get(check)?.code));
    const hasSuccess = own.some(({ category, check }) => category === "success" && check === undefined);
    return [
      ...(hasSuccess ? [] : [`${operationId}: success`]),
      ...its["x-ciam-checks"].filter((check) => !checks.has(check)).map((check) => `${operationId}: ${check}`),
      ...its["x-ciam-printed"].filter((code) => !codes.has(code)).map((code) => `${operationId}: ${code}`),
    ];
  });
}

test("every operation, check and printed error has a case", () => {
  expect(uncovered(allCases)).toEqual([]);
});

test("removing a case leaves a gap that is named", () => {
  const gap = (id: string) =>
    uncovered(allCases.filter((one) => one.id !== id)).filter((one) => !uncovered(allCases).includes(one));
  expect(gap("updateMobile/success")).toEqual(["updateMobile: success"]);
  expect(gap("updateMobile/code-used")).toEqual(["updateMobile: code-used"]);
  expect(gap("updateMobile/mobile-unverified")).toEqual([
    "updateMobile: mobile-unverified",
    "updateMobile: IDAAS.SDK.MOBILE.0002",
  ]);
});

test("the suite's spec has the operations and checks of the file, in the same order", () => {
  const read = spec.operations.map(({ id, checks }) => [id, checks]);
  expect(read).toEqual(documented.map((operation) => [operation.operationId, operation["x-ciam-checks"]]));
});

const all = documented.map(({ operationId }) => operationId);
const passed = allCases.map((one) => ({
  ...one,
  axis: one.category,
  check: one.check ?? null,
  outcome: "passed" as const,
}));

test("the coverage of a whole run has one row per success and per check, with its code", () => {
  const rows = coverageOf(spec, all, passed);
  const updateMobile = rows.filter(({ operation }) => operation === "updateMobile");
  const { checks = [], errors } = spec.operations.find(({ id }) => id === "updateMobile") ?? {};
  expect(updateMobile).toEqual(
    [null, ...checks].map((check) => ({
      operation: "updateMobile",
      check,
      error: check === null ? null : errors?.get(check)?.code,
      outcome: "passed",
    })),
  );
});

test("a row has the outcome of its check's own case, not of another case for it", () => {
  const about = { operation: "updateMobile", check: "mobile-taken" };
  const rows = coverageOf(
    spec,
    ["updateMobile"],
    [
      { ...about, axis: "error", outcome: "failed" },
      { operation: "updateMobile", check: null, axis: "order", outcome: "finding" },
      { operation: "updateMobile", check: null, axis: "success", outcome: "known" },
      { ...about, operation: "updateEmail", axis: "error", outcome: "error" },
    ],
  );
  expect(rows).toEqual([
    { operation: "updateMobile", check: null, error: null, outcome: "known" },
    { ...about, error: "IDAAS.SDK.USER.0035", outcome: "failed" },
  ]);
});

test("an operation that the target does not claim has no row", () => {
  expect(coverageOf(spec, ["sendSms"], passed).some(({ operation }) => operation !== "sendSms")).toBe(false);
  expect(coverageOf(spec, [], passed)).toEqual([]);
});
