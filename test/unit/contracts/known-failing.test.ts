/** The list of known failures: its format, and its effect on the results of a run. */
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Outcome } from "../../../contracts/reports/report.ts";
import { type KnownFailure, ListError, readKnownFailing, reconciled } from "../../../contracts/runner/known-failing.ts";
import { outcomes } from "../../support/contracts/sample-report.ts";

const TODAY = "2026-11-21";
const YESTERDAY = "2026-11-20";

function found(id: string, outcome: Outcome) {
  return { id, outcome, reason: outcome === "passed" ? "" : `because ${outcome}` };
}

function entry(pattern: string, given: Partial<KnownFailure> = {}): KnownFailure {
  return { pattern, reason: "CIAM-812", until: undefined, ...given };
}

/** The results with this list, when the whole suite has only these cases. */
function reconciledCases(
  cases: readonly ReturnType<typeof found>[],
  list: readonly KnownFailure[],
  more: readonly string[] = [],
) {
  return reconciled(cases, list, [...cases.map(({ id }) => id), ...more], TODAY);
}

test.each<[string, KnownFailure]>([
  ["updateMobile/mobile-taken # CIAM-812", entry("updateMobile/mobile-taken")],
  ["updateMobile/mobile-taken# CIAM-812", entry("updateMobile/mobile-taken")],
  ["\t updateMobile/mobile-taken   #CIAM-812  ", entry("updateMobile/mobile-taken")],
  ["updateMobile/* # CIAM-812", entry("updateMobile/*")],
  ["a/b # bug #17, see #18", entry("a/b", { reason: "bug #17, see #18" })],
  ["a/b until=2027-01-31 # CIAM-812", entry("a/b", { until: "2027-01-31" })],
  ["a/b # CIAM-812 until=2027-01-31", entry("a/b", { until: "2027-01-31" })],
  ["a/b # until=2027-01-31 CIAM-812", entry("a/b", { until: "2027-01-31" })],
  ["a/b until=2028-02-29 # CIAM-812", entry("a/b", { until: "2028-02-29" })],
  ["a/b until=2000-02-29 # CIAM-812", entry("a/b", { until: "2000-02-29" })],
  ["\ufeffa/b # CIAM-812", entry("a/b")],
])("%j is an entry", (line, read) => {
  expect(readKnownFailing(line)).toEqual([read]);
});

test("blank lines and comment lines are ignored, with any line ending", () => {
  const text = "# known\r\n\r\na/b # one\n   \n  # and\nc/d # two\n";
  expect(readKnownFailing(text)).toEqual([entry("a/b", { reason: "one" }), entry("c/d", { reason: "two" })]);
  expect(readKnownFailing("")).toEqual([]);
});

test.each([
  ["a/b", "a/b has no reason; write one after #"],
  ["a/b until=2027-01-31", "a/b has no reason; write one after #"],
  ["a/b #", "a/b has no reason; write one after #"],
  ["a/b # until=2027-01-31", "a/b has no reason; write one after #"],
  ["a/b c/d # two at once", 'unexpected "c/d"; expected a case id, an optional until=YYYY-MM-DD, and a reason after #'],
  [
    "a/b 2027-01-31 # bare date",
    'unexpected "2027-01-31"; expected a case id, an optional until=YYYY-MM-DD, and a reason after #',
  ],
  ["a/b until=2027-01-31 # why until=2027-02-28", "a/b has more than one until=; keep one"],
  ["a/b until=tomorrow # why", 'invalid date "tomorrow"; write it like 2027-01-31'],
  ["a/b until= # why", 'invalid date ""; write it like 2027-01-31'],
  ["a/b until=2027-1-31 # why", 'invalid date "2027-1-31"; write it like 2027-01-31'],
  ["a/b until=31.01.2027 # why", 'invalid date "31.01.2027"; write it like 2027-01-31'],
  ["a/b until=2027-13-01 # why", 'invalid date "2027-13-01"; write it like 2027-01-31'],
  ["a/b until=2027-00-01 # why", 'invalid date "2027-00-01"; write it like 2027-01-31'],
  ["a/b until=2027-04-31 # why", 'invalid date "2027-04-31"; write it like 2027-01-31'],
  ["a/b until=2027-01-00 # why", 'invalid date "2027-01-00"; write it like 2027-01-31'],
  ["a/b until=2027-02-29 # why", 'invalid date "2027-02-29"; write it like 2027-01-31'],
  ["a/b until=2100-02-29 # why", 'invalid date "2100-02-29"; write it like 2027-01-31'],
  ["a/b # why until=2027-02-30", 'invalid date "2027-02-30"; write it like 2027-01-31'],
  ["until=2027-01-31 # why", "the case id is missing; write it first"],
])("%j cannot be used, and the message tells the line", (line, message) => {
  expect(() => readKnownFailing(`# a comment\r\n\r\nx/y # fine\n${line}`)).toThrow(new ListError(`line 4: ${message}`));
});

test("a listed failure is known, with both reasons; an unlisted one stays a failure", () => {
  const { cases, stale } = reconciledCases([found("a/b", "failed"), found("a/c", "failed")], [entry("a/b")]);
  expect(cases).toEqual([
    { id: "a/b", outcome: "known", reason: "CIAM-812: because failed" },
    { id: "a/c", outcome: "failed", reason: "because failed" },
  ]);
  expect(stale).toEqual([]);
});

test("a listed case that passes is stale", () => {
  const { cases } = reconciledCases([found("a/b", "passed")], [entry("a/b")]);
  expect(cases).toEqual([{ id: "a/b", outcome: "stale", reason: "listed as a known failure (CIAM-812), but passes" }]);
});

test.each<Outcome>(["blocked", "not-applicable", "finding", "error"])(
  "a listed case that %s keeps its outcome",
  (outcome) => {
    const { cases, stale } = reconciledCases([found("a/b", outcome)], [entry("a/b")]);
    expect(cases).toEqual([found("a/b", outcome)]);
    expect(stale).toEqual([]);
  },
);

test("an entry is valid on its last day, and red from the next day on", () => {
  const failed = [found("a/b", "failed")];
  expect(reconciledCases(failed, [entry("a/b", { until: TODAY })])).toMatchObject({
    cases: [{ outcome: "known" }],
    stale: [],
  });
  const { cases, stale } = reconciledCases(failed, [entry("a/b", { until: YESTERDAY })]);
  expect(cases).toMatchObject([
    { outcome: "stale", reason: "the entry in the list expired after 2026-11-20: because failed" },
  ]);
  expect(stale).toEqual([{ pattern: "a/b", reason: "CIAM-812", why: "expired after 2026-11-20" }]);
});

test("an expired entry is red even when its case is blocked or not selected", () => {
  const expired = entry("a/b", { until: YESTERDAY });
  expect(reconciledCases([found("a/b", "blocked")], [expired]).stale).toMatchObject([{ pattern: "a/b" }]);
  expect(reconciledCases([], [expired], ["a/b"]).stale).toMatchObject([{ pattern: "a/b" }]);
});

test("a new entry replaces an expired one for the same case, in any order", () => {
  const [old, renewed] = [entry("a/b", { until: YESTERDAY }), entry("a/*", { reason: "renewed" })];
  for (const list of [
    [old, renewed],
    [renewed, old],
  ]) {
    const { cases, stale } = reconciledCases([found("a/b", "failed")], list);
    expect(cases).toMatchObject([{ outcome: "known", reason: "renewed: because failed" }]);
    expect(stale).toMatchObject([{ pattern: "a/b" }]);
  }
});

test("a pattern applies to every case that it matches, and only failed ones become known", () => {
  const { cases } = reconciledCases(
    [found("a/b", "failed"), found("a/c", "passed"), found("b/a", "failed")],
    [entry("a/*")],
  );
  expect(cases.map(({ outcome }) => outcome)).toEqual(["known", "stale", "failed"]);
});

test("an entry that matches nothing is stale", () => {
  const { stale } = reconciledCases(
    [found("a/b", "passed")],
    [entry("a/gone"), entry("a"), entry("a.b"), entry("A/B")],
  );
  expect(stale).toEqual(
    ["a/gone", "a", "a.b", "A/B"].map((pattern) => ({ pattern, reason: "CIAM-812", why: "matches no case" })),
  );
});

test("an entry for a case outside this run is not stale", () => {
  expect(reconciledCases([found("a/b", "passed")], [entry("c/d"), entry("c/*")], ["c/d"])).toEqual({
    cases: [found("a/b", "passed")],
    stale: [],
  });
});

const ids = ["a/b", "a/c", "b/a", "b/a-left-out", "c/d"];
const anyUntil = fc.constantFrom(undefined, YESTERDAY, TODAY, "2027-01-31");
const anyEntry = fc
  .tuple(fc.constantFrom(...ids, "a/*", "*", "*/a*", "c", "z/*"), anyUntil)
  .map(([pattern, until]) => entry(pattern, { until }));
const anyCases = fc
  .tuple(fc.subarray(ids), fc.array(fc.constantFrom(...outcomes), { minLength: 5, maxLength: 5 }))
  .map(([picked, drawn]) => picked.map((id, index) => found(id, drawn[index] ?? "passed")));

test("a list never removes or adds a case, and only failures become known", () => {
  const property = fc.property(anyCases, fc.array(anyEntry), (cases, list) => {
    const after = reconciled(cases, list, ids, TODAY);
    expect(after.cases.map(({ id }) => id)).toEqual(cases.map(({ id }) => id));
    for (const [index, { outcome }] of after.cases.entries()) {
      const before = cases[index]?.outcome ?? "passed";
      const allowed: Partial<Record<Outcome, Outcome[]>> = {
        failed: ["failed", "known", "stale"],
        passed: ["passed", "stale"],
      };
      expect(allowed[before] ?? [before]).toContain(outcome);
    }
    const old = list.filter(({ until, pattern }) => until === YESTERDAY || pattern === "c" || pattern === "z/*");
    expect(after.stale.map(({ pattern }) => pattern)).toEqual(old.map(({ pattern }) => pattern));
  });
  fc.assert(property);
});

const word = fc.stringMatching(/^[a-zA-Z0-9/*._-]{1,12}$/);
const written = fc
  .record({ pattern: word, reason: word, until: fc.constantFrom(undefined, "2027-01-31"), behind: fc.boolean() })
  .map(({ behind, ...read }) => {
    const until = read.until === undefined ? "" : ` until=${read.until}`;
    return {
      read,
      line: behind ? `${read.pattern} # ${read.reason}${until}` : `${read.pattern}${until} # ${read.reason}`,
    };
  });

test("every list in the documented form is read back", () => {
  const property = fc.property(fc.array(written), fc.constantFrom("\n", "\r\n", "\n\n# more\n"), (lines, end) => {
    expect(readKnownFailing(lines.map(({ line }) => line).join(end))).toEqual(lines.map(({ read }) => read));
  });
  fc.assert(property);
});

test("any other text is a list, or an error that starts with the line", () => {
  const property = fc.property(
    fc.string({ unit: fc.constantFrom("a", "/", "*", " ", "#", "\n", "until=", "2027-01-31", "\0") }),
    (text) => {
      try {
        for (const { pattern, reason } of readKnownFailing(text))
          expect([pattern.trim(), reason.trim()]).not.toContain("");
      } catch (error) {
        expect(error).toBeInstanceOf(ListError);
        expect(String(error)).toMatch(/line \d+: /);
      }
    },
  );
  fc.assert(property);
});
