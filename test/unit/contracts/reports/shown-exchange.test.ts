/** The exchange that a report shows for a violation, and what it says about it. */
import { expect, test } from "vitest";
import { requestLabel, shownExchange } from "../../../../contracts/reports/shared/shown-exchange.ts";
import { sampleCase, sampleExchange, sampleViolation } from "../../../support/contracts/sample-report.ts";

function inLanguage(headers: Readonly<Record<string, string>>) {
  const exchange = sampleExchange("sendSms");
  return { ...exchange, request: { ...exchange.request, headers } };
}

const exchanges = [inLanguage({ "X-L": "en" }), inLanguage({ "X-L": "zh" }), inLanguage({})];
const failed = sampleCase("sendSms", "x", { outcome: "failed", exchanges });

function label(exchange: number | null, about = failed): string | undefined {
  const shown = shownExchange(about, sampleViolation({ exchange }));
  return shown && requestLabel(shown);
}

test("it is the exchange that the violation names, with its place and its language", () => {
  expect(shownExchange(failed, sampleViolation({ exchange: 1 }))?.exchange).toBe(exchanges[1]);
  expect([label(0), label(1), label(2)]).toEqual([
    "request 1 of 3 with X-L: en",
    "request 2 of 3 with X-L: zh",
    "request 3 of 3",
  ]);
});

test("without such an exchange it is the last one", () => {
  expect([label(null), label(99)]).toEqual(["request 3 of 3", "request 3 of 3"]);
  expect(label(0, { ...failed, exchanges: [] })).toBeUndefined();
});

test("the header of each API counts, in any letter case; an only request needs no place", () => {
  const only = (headers: Readonly<Record<string, string>>) => label(0, { ...failed, exchanges: [inLanguage(headers)] });
  expect(only({ "X-Authing-Lang": "zh-CN" })).toBe("request with X-Authing-Lang: zh-CN");
  expect(only({ "x-l": "fr" })).toBe("request with x-l: fr");
  expect(only({ "accept-language": "fr" })).toBe("");
});
