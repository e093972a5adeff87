/** An exchange in the usual text form of HTTP. */
import { expect, test } from "vitest";
import { requestText, responseText } from "../../../../contracts/reports/shared/exchange-text.ts";
import { sampleExchange } from "../../../support/contracts/sample-report.ts";

const exchange = sampleExchange("sendSms");

test("a request has its line, its headers, and its body after an empty line", () => {
  expect(requestText(exchange, 20)).toBe(
    "POST http://127.0.0.1:4010/api/v2/sdk/sendSms\nauthorization: Bearer ***\ncontent-type: application/json\n" +
      '\n{"new_mobile":"***", … (20 more characters)',
  );
});

test("a message without a body ends after its headers", () => {
  const request = { ...exchange.request, headers: { accept: "*/*" }, body: null };
  expect(requestText({ ...exchange, request }, 20)).toMatch(/\naccept: \*\/\*$/);
  expect(responseText({ ...exchange, response: { status: 200, headers: {}, body: "" } }, 20)).toBe("HTTP 200");
});

test("an exchange without a response shows the failure", () => {
  expect(responseText({ ...exchange, response: null, failure: "timed out after 10 s" }, 20)).toBe(
    "no response: timed out after 10 s",
  );
  expect(responseText({ ...exchange, response: null, failure: null }, 20)).toBe("no response: unknown reason");
});

test("a failure in the middle of a response is shown below the received part", () => {
  const response = { status: 200, headers: {}, body: '{"a' };
  expect(responseText({ ...exchange, response, failure: "cut off" }, 20)).toBe('HTTP 200\n\n{"a\n\n(cut off)');
});
