/** The summary of a CI step is readable and small, and no text of a target becomes Markdown or HTML. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { markdownText } from "../../../../contracts/reports/markdown.ts";
import type { Report } from "../../../../contracts/reports/report.ts";
import { anyReport } from "../../../support/contracts/arbitrary-report.ts";
import {
  casesOfOneCause,
  everyOutcome,
  hostileReport,
  sampleCase,
  sampleExchange,
  sampleFinding,
  sampleReport,
  sampleViolation,
} from "../../../support/contracts/sample-report.ts";

/** The lines outside code blocks, which are all that Markdown interprets; throws for an open block. */
function markdownLines(text: string): string[] {
  const lines: string[] = [];
  let fence: string | undefined;
  for (const line of text.split("\n")) {
    const [run] = line.match(/^ {0,3}`{3,}/) ?? [];
    if (fence === undefined && run === undefined) lines.push(line);
    if (fence === undefined) fence = run;
    else if (run !== undefined && run.trim().length >= fence.length && line.trim() === run.trim()) fence = undefined;
  }
  if (fence !== undefined) throw new Error("a code block has no end");
  return lines;
}

const ourTags = /<\/?(?:details|summary|code)>/g;
const tableLine = /^\| .* \|$/;
const ourBeginnings =
  /^$|^#{2,3} |^\| |^- (?:\S+ )?<code>|^- \d+ cases?: |^- Hint: |^<\/?details>|^<summary>|^(?:Target|In the tables below|Cases): |^The rest \(|^Example: <code>|^Request .*:$|^Fails also with \d+ cases: /;

function expectOurMarkdownOnly(report: Report): void {
  for (const line of markdownLines(markdownText(report))) {
    expect(line).toMatch(ourBeginnings);
    const text = line.replace(ourTags, "").replace(/&#\d+;/g, "");
    expect(text).not.toMatch(/[<>"`*_[\]\\~$@&]|[^\P{Cc}]|[\p{Cf}\p{Cs}]|www\./u);
    if (tableLine.test(line)) expect([4, 5, 10]).toContain(text.split("|").length - 1);
    else expect(text).not.toContain("|");
  }
}

test("no text of a report becomes Markdown or HTML", () => {
  expectOurMarkdownOnly(hostileReport());
  fc.assert(fc.property(anyReport, expectOurMarkdownOnly));
});

test("every opened element is closed, also when the rest is left out", () => {
  for (const report of [everyOutcome(), hostileReport(), manyFailures(900)]) {
    const lines = markdownLines(markdownText(report));
    const count = (start: string) => lines.filter((line) => line.startsWith(start)).length;
    expect(count("<details>")).toBe(count("</details>"));
    expect(count("<details>")).toBe(count("<summary>"));
  }
});

test("the headline states the result", () => {
  const first = (report: Report) => markdownText(report).split("\n")[0];
  const passed = sampleCase("sendSms", "a");
  expect(first(sampleReport([passed]))).toBe("## ✅ Contract: no violation in the executed cases");
  expect(first(sampleReport([passed, sampleCase("sendSms", "b", { outcome: "failed" })]))).toMatch(/^## ❌ .*1 failed/);
  expect(first(sampleReport([passed], { inconclusive: "unreachable" }))).toBe("## ⚠️ Inconclusive: unreachable");
});

test("the matrix is a table of operation, error and checks", () => {
  const cases = [
    sampleCase("updateMobile", "success", { axis: "success", check: null, error: null }),
    sampleCase("updateMobile", "code-wrong"),
    sampleCase("updateMobile", "code-used", { outcome: "failed" }),
    sampleCase("updateMobile", "long", { axis: "boundary" }),
  ];
  expect(markdownText(sampleReport(cases))).toContain(
    [
      "| operation | error | checks |",
      "| --- | --- | --- |",
      "| <code>updateMobile</code>, 4 cases | success | ✅ |",
      "|  | <code>IDAAS.SDK.CAPTCHA.0007</code> | ❌ code-used ✅ code-wrong |",
      "|  | boundary | ✅ 1 |",
      "",
    ].join("\n"),
  );
});

test("a failure is folded and has the exchange and the literal command", () => {
  const failed = sampleCase("updateMobile", "mobile-taken", { outcome: "failed" });
  const text = markdownText(sampleReport([failed]));
  expect(text).toContain("<summary>❌ <code>updateMobile/mobile-taken</code> A request that mobile-taken refuses");
  expect(text).toContain(`\`\`\`sh\n${failed.exchanges[0]?.curl}\n\`\`\``);
  expect(text).toContain("expected  IDAAS.SDK.USER.0035\n  got       IDAAS.SDK.USER.0001");
  expect(text).toContain('HTTP 400\ncontent-type: application/json\n\n{"error_code"');
});

test("failures with the same cause are one block with all their ids and one example with its request", () => {
  const text = markdownText(sampleReport(casesOfOneCause(40)));
  expect(text).toContain("<summary>❌ 40 cases: text in Chinese &#40;x&#41;</summary>");
  for (let index = 0; index < 40; index++) expect(text).toContain(`<code>sendSms/case-${index}</code>`);
  expect(text).toContain("Example: <code>sendSms/case-0</code> A request that case-0 refuses changes nothing\n");
  expect(text).toContain(
    'differs at character 6: expected "，" (U+FF0C, fullwidth), got "," (U+002C)\n' +
      "  documented: page user-self-service/update-mobile.html\n```\n\n" +
      'Request 2 of 3 with X-L&#58; zh:\n\n```sh\ncurl -H "X-L: zh"\n```',
  );
  expect(text.match(/^curl /gm)).toHaveLength(1);
});

test("open choices are a table, and findings have all ids and their basis", () => {
  const choices = [{ choice: "updateMobile/mobile-own", mock: "IDAAS.SDK.USER.0035", target: "success" }];
  const given = { outcome: "finding", reason: "", violations: [sampleFinding()], choices } as const;
  const text = markdownText(sampleReport(["a", "b"].map((name) => sampleCase("updateMobile", name, given))));
  expect(text).toContain("### Open choices, where no page decides\n\n| choice | this target | mock | cases |\n");
  expect(text).toContain(
    "| <code>updateMobile/mobile-own</code> | <code>success</code> | <code>IDAAS.SDK.USER.0035</code> | 2 |",
  );
  expect(text).toContain("- 💡 <code>updateMobile/a</code>, <code>updateMobile/b</code> error&#95;code&#58; expected ");
  expect(text).toContain("(inferred&#58; The page does not print the order of the checks.)");
});

test("a stale case is folded among the failures", () => {
  const text = markdownText(sampleReport([sampleCase("updateMobile", "mobile-taken", { outcome: "stale" })]));
  expect(text).toContain("### Failures\n\n<details>\n<summary>⌛ <code>updateMobile/mobile-taken</code>");
  expect(text).toContain("```text\nlisted as known, but passes\n```");
});

test("GitHub creates no issue, person or address link from a target's text", () => {
  const reason = "see #17 @team a@b.example www.b.example https://b.example";
  const text = markdownText(sampleReport([sampleCase("sendSms", "x", { outcome: "finding", reason })]));
  expect(text).toContain(
    "see &#35;&#8203;17 &#64;&#8203;team a&#64;&#8203;b.example www&#46;b.example https&#58;//b.example",
  );
});

test("a text that contains a code fence gets a longer one", () => {
  const curl = "curl -d '\n`````\n# owned\n'";
  const exchanges = [sampleExchange("sendSms", { curl })];
  const text = markdownText(sampleReport([sampleCase("sendSms", "x", { outcome: "failed", exchanges })]));
  expect(text).toContain(`\`\`\`\`\`\`sh\n${curl}\n\`\`\`\`\`\`\n`);
});

test("blocked cases are grouped by what is missing", () => {
  const blocked = sampleCase("updateMobile", "code-expired", {
    outcome: "blocked",
    missing: ["clock", "codes|messages"],
  });
  expect(markdownText(sampleReport([blocked, sampleCase("sendSms", "x")]))).toContain(
    "<summary>🔒 1 case needs <code>clock and &#40;codes or messages&#41;</code></summary>\n\n- <code>updateMobile</code>: code-expired\n",
  );
});

test("an unreachable target is one cause, listed once", () => {
  const cases = Array.from({ length: 300 }, (_, index) => sampleCase("sendSms", `case-${index}`, { outcome: "error" }));
  const text = markdownText(sampleReport(cases, { inconclusive: "unreachable" }));
  expect(text).toContain("⚠️ 300 cases: connect ECONNREFUSED");
  expect(text).toContain("and 295 more");
  expect(text.length).toBeLessThan(3_000);
});

/** Each with a cause of its own. */
function manyFailures(count: number): Report {
  const body = "验".repeat(5_000);
  const exchanges = [sampleExchange("sendSms", { response: { status: 400, headers: {}, body } })];
  const failed = Array.from({ length: count }, (_, index) => {
    const violations = [sampleViolation({ got: `X.${index}` })];
    return sampleCase("sendSms", `case-${index}`, { outcome: "failed", exchanges, violations });
  });
  return sampleReport([...failed, sampleCase("sendSms", "last", { outcome: "blocked" })]);
}

test("text that does not fit is left out with a note, and the parts after the failures remain", () => {
  const text = markdownText(manyFailures(900));
  expect(new TextEncoder().encode(text).length).toBeLessThan(1_048_576);
  expect(text).toMatch(/^The rest \(\d+ parts\) is not shown, /m);
  expect(text).toContain("### Blocked");
  expect(text).toContain("### To list these failures as known");
  const told = text.match(/^<summary>❌/gm)?.length ?? 0;
  expect(told + Number(text.match(/^The rest \((\d+)/m)?.[1])).toBe(900);
});

test("the summary stays below 1 MiB for any report", () => {
  const names = Array.from({ length: 20_000 }, (_, index) => `check-number-${index}-with-a-long-name`);
  const report = sampleReport(names.map((name) => sampleCase("sendSms", name, { outcome: "finding" })));
  expect(new TextEncoder().encode(markdownText(report)).length).toBeLessThan(1_048_576);
});
