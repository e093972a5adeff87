/** Faults that are not documented errors: any status, any body, latency. Also their journal entries. */
import { expect, test } from "vitest";
import type { MockOptions } from "../../../mocks/index.ts";
import { api, stillMock } from "../../support/mock/api.ts";
import { controlHttp } from "../../support/mock/control-http.ts";
import { lastExchange } from "../../support/mock/journal.ts";
import { sleeper } from "../../support/mock/manual-sleep.ts";

/** Schedules a fault of getCaptcha and calls getCaptcha. */
async function met(fault: object, options: MockOptions = {}) {
  const mock = stillMock(options);
  await controlHttp(mock).done("addFault", { body: { operation: "getCaptcha", ...fault } });
  const response = await mock.fetch("http://ciam.test/api/v2/sdk/captcha", {
    headers: { "x-client-id": mock.clientId },
  });
  const { status, headers } = response;
  return { mock, status, type: headers.get("content-type"), text: await response.text() };
}

const TEXT = "text/plain; charset=utf-8";
const JSON_TYPE = "application/json";

test.each([
  [{ status: 503 }, 503, null, ""],
  [{ body: "down" }, 200, TEXT, "down"],
  [{ status: 502, body: "<h1>Bad Gateway</h1>" }, 502, TEXT, "<h1>Bad Gateway</h1>"],
  [{ status: 500, body: { error_code: "X", nested: [1] } }, 500, JSON_TYPE, '{"error_code":"X","nested":[1]}'],
  [{ status: 200, body: [] }, 200, JSON_TYPE, "[]"],
  [{ status: 200, body: null }, 200, JSON_TYPE, "null"],
  [{ status: 200, body: 0 }, 200, JSON_TYPE, "0"],
  [{ status: 200, body: false }, 200, JSON_TYPE, "false"],
  [{ status: 500, body: "" }, 500, TEXT, ""],
  [{ status: 200, body: "正在维护 \u0000" }, 200, TEXT, "正在维护 \u0000"],
  [{ status: 599 }, 599, null, ""],
  [{ status: 204 }, 204, null, ""],
])("the fault %j is returned as scheduled", async (fault, status, type, text) => {
  expect(await met(fault)).toMatchObject({ status, type, text });
});

test.each([204, 205, 304])("a fault with status %i and a body returns this status", async (status) => {
  expect(await met({ status, body: "a body that this status cannot have" })).toMatchObject({ status });
});

test("a delay waits for the given time and does not change the response", async () => {
  const waited: number[] = [];
  const sleep = async (ms: number) => void waited.push(ms);
  const { status, text, mock } = await met({ delay_ms: 1_234 }, { sleep });
  expect(waited).toEqual([1_234]);
  expect(status).toBe(400);
  expect(text).toContain("IDAAS.SDK.PARAM.0001");
  expect(await lastExchange(mock)).toMatchObject({ injected: false, decidedBy: "device-incomplete" });
});

test("a delay works with any other fault, once per occurrence", async () => {
  const waited: number[] = [];
  const sleep = async (ms: number) => void waited.push(ms);
  const { status, mock } = await met({ status: 503, delay_ms: 50, times: 2 }, { sleep });
  expect(status).toBe(503);
  expect(await api(mock)("captcha")).toMatchObject({ status: 503 });
  expect(await api(mock)("captcha")).toMatchObject({ status: 200 });
  expect(waited).toEqual([50, 50]);
});

test("without a delay the mock does not wait", async () => {
  const sleep = () => Promise.reject(new Error("slept"));
  expect(await met({ status: 503, delay_ms: 0 }, { sleep })).toMatchObject({ status: 503 });
});

test("a delayed response does not delay other requests", async () => {
  const { sleep, sleeps, asleep } = sleeper();
  const mock = stillMock({ sleep });
  await mock.faults.add({ operation: "getCaptcha", status: 503, delayMs: 600_000 });
  const delayed = api(mock)("captcha");
  await asleep();
  expect(await api(mock)("captcha")).toMatchObject({ status: 200 });
  sleeps[0]?.end();
  expect(await delayed).toMatchObject({ status: 503 });
});

test("a delay range is drawn from the seed, stays in range and varies", async () => {
  const drawn = async (seed: string) => {
    const waited: number[] = [];
    const mock = stillMock({ seed, sleep: async (ms) => void waited.push(ms) });
    const delay_ms = { min: 100, max: 200 };
    await controlHttp(mock).done("addFault", { body: { operation: "getCaptcha", status: 503, delay_ms, times: 20 } });
    for (let count = 0; count < 20; count++) await api(mock)("captcha");
    return waited;
  };
  const waited = await drawn("a");
  expect(waited).toHaveLength(20);
  expect(Math.min(...waited)).toBeGreaterThanOrEqual(100);
  expect(Math.max(...waited)).toBeLessThanOrEqual(200);
  expect(new Set(waited).size).toBeGreaterThan(5);
  expect(await drawn("a")).toEqual(waited);
  expect(await drawn("b")).not.toEqual(waited);
});

test("the journal marks an injected response with its check and the fault", async () => {
  const { mock } = await met({ check: "client-unknown" });
  expect(await lastExchange(mock)).toMatchObject({
    operation: "getCaptcha",
    decidedBy: "client-unknown",
    why: "fault 1",
    injected: true,
    response: { status: 400, body: { error_code: "IDAAS.SDK.PARAM.0003" } },
  });
});

test("the journal marks a custom response as a fault", async () => {
  const { mock } = await met({ status: 500, body: { trouble: true } });
  expect(await lastExchange(mock)).toMatchObject({
    operation: "getCaptcha",
    decidedBy: "fault",
    why: "fault 1",
    injected: true,
    response: { status: 500, body: { trouble: true } },
  });
});

test("a request decided without a fault is not marked as injected", async () => {
  const mock = stillMock();
  await api(mock)("captcha");
  await api(mock)("captcha", undefined, { "x-agent": "" });
  const decisions = (await mock.requests.list()).map(({ injected, decidedBy }) => ({ injected, decidedBy }));
  expect(decisions).toEqual([
    { injected: false, decidedBy: "passed" },
    { injected: false, decidedBy: "device-incomplete" },
  ]);
});

test("a request with an unknown client id gets no fault", async () => {
  const { mock } = await met({ status: 503, times: 2 });
  expect(await api(mock)("captcha", undefined, { "x-client-id": "nobody" })).toMatchObject({ status: 400 });
  expect(await api(mock)("captcha")).toMatchObject({ status: 503 });
});

test("in process a fault has the same fields in camel case, and its body stays unchanged", async () => {
  const mock = stillMock();
  const body = { camelCase: 1, snake_case: 2 };
  expect(await mock.faults.add({ operation: "getCaptcha", status: 418, body })).toBe("1");
  expect(await api(mock)("captcha")).toEqual({ status: 418, body });
});
