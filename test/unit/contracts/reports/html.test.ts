/** The page, read back by a strict reader: data stays text, nothing is loaded, and it works without its script. */
import { createHash } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { htmlPage } from "../../../../contracts/reports/html/html.ts";
import type { Outcome, Report, ReportedCase } from "../../../../contracts/reports/report.ts";
import { visible } from "../../../../contracts/reports/shared/visible-text.ts";
import { anyReport } from "../../../support/contracts/arbitrary-report.ts";
import {
  casesOfOneCause,
  everyOutcome,
  hostileReport,
  outcomes,
  sampleCase,
  sampleReport,
  sampleViolation,
} from "../../../support/contracts/sample-report.ts";
import { elements, parseXml, textOf, type XmlElement } from "../../../support/contracts/xml.ts";

const ourElements = new Set(
  `html head meta link title style body header h1 h2 h3 h4 fieldset legend label input main p strong dl dt dd table caption
   thead tbody tr th td section article ul li a code span details summary pre div button script`.split(/\s+/),
);
const ourAttributes = new Set(
  `lang charset http-equiv content name rel href class type id autocomplete checked data-verdict data-outcome data-count scope
   tabindex open hidden role aria-hidden`.split(/\s+/),
);

function read(report: Report): XmlElement {
  return parseXml(htmlPage(report));
}

function only(root: XmlElement, name: RegExp): XmlElement {
  const [found, ...more] = elements(root, name);
  if (found === undefined || more.length > 0) throw new Error(`not one ${name}`);
  return found;
}

function expectOurMarkupOnly(root: XmlElement): void {
  for (const { name, attributes } of elements(root)) {
    expect(ourElements).toContain(name);
    for (const [attribute, value] of Object.entries(attributes)) {
      expect(ourAttributes).toContain(attribute);
      if (attribute === "href") expect(value).toMatch(/^(#case-\d+|data:,)$/);
    }
  }
  expect(elements(root, /^(script|style)$/)).toHaveLength(2);
}

test("no text of a report becomes markup, and every case shows its own id and title", () => {
  const property = fc.property(anyReport, (report) => {
    const root = read(report);
    expectOurMarkupOnly(root);
    const told = elements(root, /^tr$/).filter(({ attributes }) => "data-outcome" in attributes);
    expect(
      told.map((row) =>
        elements(row, /^(th|td)$/)
          .slice(0, 2)
          .map(textOf),
      ),
    ).toEqual(report.cases.map(({ id, title }) => [visible(id), visible(title)]));
  });
  fc.assert(property, { numRuns: 50 });
});

test("the page loads nothing, and runs only its own style and script", () => {
  const root = read(hostileReport());
  expectOurMarkupOnly(root);
  const policy = elements(root, /^meta$/).find(({ attributes }) => "http-equiv" in attributes)?.attributes["content"];
  const hash = (name: RegExp) =>
    `'sha256-${createHash("sha256")
      .update(textOf(only(root, name)))
      .digest("base64")}'`;
  expect(policy?.split("; ")).toEqual([
    "default-src 'none'",
    `style-src ${hash(/^style$/)}`,
    `script-src ${hash(/^script$/)}`,
    "img-src data:",
    "base-uri 'none'",
    "form-action 'none'",
  ]);
  expect(textOf(only(root, /^style$/))).not.toMatch(/url\(|@import/);
  expect(textOf(only(root, /^script$/))).not.toMatch(/innerHTML|insertAdjacentHTML|document\.write|eval|fetch\(/);
});

test("every link leads to exactly one place on the page", () => {
  const property = fc.property(anyReport, (report) => {
    const root = read(report);
    const ids = elements(root).flatMap(({ attributes }) => attributes["id"] ?? []);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { attributes } of elements(root, /^a$/)) expect(ids).toContain(attributes["href"]?.slice(1));
  });
  fc.assert(property, { numRuns: 30 });
});

test("each English text has a Chinese one beside it", () => {
  const spans = elements(read(everyOutcome()), /^span$/).filter(({ attributes }) =>
    /^(en|zh)$/.test(attributes["class"] ?? ""),
  );
  const classes = spans.map(({ attributes }) => `${attributes["class"]} ${attributes["lang"]}`);
  expect(classes.length).toBeGreaterThan(100);
  expect(classes).toEqual(classes.map((_, index) => (index % 2 === 0 ? "en en" : "zh zh-CN")));
  const chinese = spans.filter((_, index) => index % 2 === 1).map(textOf);
  for (const text of chinese) expect(text).toMatch(/\p{Script=Han}|openapi\.yaml/u);
});

test("without the script the page is English, shows all outcomes and has no dead button", () => {
  const root = read(everyOutcome());
  const boxes = elements(root, /^input$/).map(({ attributes }) => [attributes["id"], "checked" in attributes]);
  expect(Object.fromEntries(boxes)).toEqual({
    "language-en": true,
    "language-zh": false,
    ...Object.fromEntries(outcomes.map((outcome) => [`show-${outcome}`, true])),
  });
  for (const { attributes } of elements(root, /^button$/)) expect(attributes).toHaveProperty("hidden");
  const style = textOf(only(root, /^style$/));
  for (const outcome of outcomes) {
    expect(style).toContain(
      `:root:has(#show-${outcome}:not(:checked)) main [data-outcome="${outcome}"] { display: none; }`,
    );
  }
});

test("a failure shows the expected and received value, the exchange, and the command that repeats it", () => {
  const failed = sampleCase("updateMobile", "mobile-taken", { outcome: "failed" });
  const article = only(read(sampleReport([failed])), /^article$/);
  const blocks = elements(article, /^pre$/).map(textOf);
  expect(textOf(article)).toContain("IDAAS.SDK.USER.0035");
  expect(blocks).toEqual([
    failed.exchanges[0]?.curl,
    expect.stringContaining("authorization: Bearer ***"),
    expect.stringContaining("HTTP 400\n"),
  ]);
});

test("failures with the same cause are one card with all ids, and the exchange that shows it is open", () => {
  const root = read(sampleReport(casesOfOneCause(40)));
  const article = only(root, /^article$/);
  expect(textOf(article)).toContain("40 cases");
  for (let index = 0; index < 40; index++) expect(textOf(article)).toMatch(new RegExp(`case-${index}\\b`));
  expect(textOf(article)).toContain('differs at character 6: expected "，" (U+FF0C, fullwidth), got "," (U+002C)');
  expect(textOf(article)).toContain('第 6 个字符处不同：期望 "，" (U+FF0C，全角)，实际 "," (U+002C)');
  expect(textOf(article)).toContain("page user-self-service/update-mobile.html");
  const exchanges = elements(article, /^details$/).filter((one) => textOf(one).includes("curl"));
  expect(exchanges.map(({ attributes }) => "open" in attributes)).toEqual([false, true, false]);
  expect(textOf(elements(exchanges[1] as XmlElement, /^summary$/)[0] as XmlElement)).toMatch(/X-L: zh.*shows it/);
  for (const { attributes } of elements(root, /^a$/)) expect(attributes["href"]).toBe("#case-1");
});

test("a card names the shared causes of its case, with a link", () => {
  const [first, second] = casesOfOneCause(2) as [ReportedCase, ReportedCase];
  const both = { ...first, violations: [sampleViolation(), ...first.violations] };
  const [shared, own] = elements(read(sampleReport([both, second])), /^article$/) as [XmlElement, XmlElement];
  const link = only(own, /^a$/);
  expect(link.attributes["href"]).toBe(`#${shared.attributes["id"]}`);
  expect(textOf(link)).toContain("2 cases");
});

test("open choices are a table, and a finding is a card with its basis", () => {
  const choices = [{ choice: "updateMobile/mobile-own", mock: "IDAAS.SDK.USER.0035", target: "success" }];
  const root = read(sampleReport([sampleCase("updateMobile", "mobile-own", { outcome: "finding", choices })]));
  const row = elements(root, /^tr$/).map(textOf);
  expect(row).toContain("updateMobile/mobile-ownsuccessIDAAS.SDK.USER.00351");
  expect(textOf(only(root, /^article$/))).toContain("inferred: 推断：The page does not print the order of the checks.");
});

test("a case shows its reason unless its violations say the same", () => {
  const sentences = (outcome: Outcome) =>
    elements(only(read(sampleReport([sampleCase("sendSms", "x", { outcome })])), /^article$/), /^p$/).map(textOf);
  expect(sentences("stale")).toEqual(["A request that x refuses changes nothing", "listed as known, but passes"]);
  expect(sentences("failed")).toEqual(["A request that x refuses changes nothing"]);
});

test("the matrix links a failed check to its failure", () => {
  const root = read(sampleReport([sampleCase("updateMobile", "mobile-taken", { outcome: "failed" })]));
  expect(only(root, /^a$/).attributes).toEqual({ href: "#case-1" });
  expect(textOf(only(root, /^a$/))).toBe("mobile-taken");
  expect(only(root, /^article$/).attributes["id"]).toBe("case-1");
});

test("blocked cases are grouped by what is missing, and errors by reason", () => {
  const cases = ["a", "b", "c"].flatMap((name) => [
    sampleCase("sendSms", `blocked-${name}`, {
      outcome: "blocked",
      missing: name === "c" ? ["codes|messages"] : ["clock"],
    }),
    sampleCase("sendSms", `error-${name}`, { outcome: "error" }),
  ]);
  const cards = elements(read(sampleReport(cases)), /^article$/).map(textOf);
  expect(cards).toHaveLength(3);
  expect(cards[0]).toContain("3 cases");
  expect(cards[1]).toContain("2 cases need clock");
  expect(cards[2]).toContain("1 case needs codes or messages");
});

test("tables have header scopes, and headings skip no level", () => {
  const root = read(everyOutcome());
  for (const { attributes } of elements(root, /^th$/)) expect(attributes["scope"]).toMatch(/^(row|col)$/);
  let level = 0;
  for (const { name } of elements(root, /^h[1-6]$/)) {
    expect(Number(name[1])).toBeLessThanOrEqual(level + 1);
    level = Number(name[1]);
  }
});

test("a very long body is cut with a note, and a command is never cut", () => {
  const long = "x".repeat(30_000);
  const failed = sampleCase("sendSms", "long", { outcome: "failed" });
  const [exchange] = failed.exchanges;
  if (exchange === undefined || exchange.response === null) throw new Error("a failure has an exchange");
  const exchanges = [{ ...exchange, curl: long, response: { ...exchange.response, body: long } }];
  const violations = [sampleViolation({ what: "body", expected: "empty", got: long })];
  const root = read(sampleReport([{ ...failed, exchanges, violations }]));
  const [command, , response] = elements(root, /^pre$/).map(textOf);
  expect(command).toBe(long);
  expect(response).toMatch(/x … \(10000 more characters\)$/);
  expect(textOf(root).match(/x{20000} … \(10000 more characters\)/g)).toHaveLength(2);
});
