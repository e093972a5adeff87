/** Scheduling connection faults and delays: valid combinations, number of occurrences, duration. */
import { expect, test } from "vitest";
import type { FaultOrder, Mock, MockOptions, Sandbox } from "../../../mocks/index.ts";
import { api, DEVICE, MOBILE, sendSms, stillMock } from "../../support/mock/api.ts";
import { controlHttp } from "../../support/mock/control-http.ts";
import { sleeper } from "../../support/mock/manual-sleep.ts";

const TRANSPORTS = ["reset", "empty", "truncate", "hang"] as const;

/** The result of a captcha request: its status, or its failure. */
async function outcome(mock: Mock, { clientId }: Sandbox = mock): Promise<number | string> {
  const headers = { ...DEVICE, "x-client-id": clientId };
  const response = await mock.fetch("http://ciam.test/api/v2/sdk/captcha", { headers }).catch(() => undefined);
  if (response === undefined) return "no response";
  return response.text().then(
    () => response.status,
    () => "half a response",
  );
}

async function outcomes(mock: Mock, count: number): Promise<(number | string)[]> {
  const found = [];
  for (let asked = 0; asked < count; asked++) found.push(await outcome(mock));
  return found;
}

/** A mock that records its sleeps without sleeping. */
function restless(options: MockOptions = {}) {
  const waited: number[] = [];
  const sleep = async (ms: number) => void waited.push(ms);
  return { mock: stillMock({ sleep, ...options }), waited };
}

test("faults occur as often as scheduled, in the scheduled order, and then stop", async () => {
  const mock = stillMock();
  const schedule = (fault: Partial<FaultOrder>) => mock.faults.add({ operation: "getCaptcha", ...fault });
  await schedule({ transport: "reset", times: 2 });
  await schedule({ transport: "truncate" });
  await schedule({ status: 503 });
  await schedule({ transport: "empty", times: 3 });
  const failures = ["no response", "no response", "half a response", 503, "no response", "no response", "no response"];
  expect(await outcomes(mock, 9)).toEqual([...failures, 200, 200]);
});

test("of a hundred concurrent requests exactly as many fail as were scheduled", async () => {
  const mock = stillMock();
  await mock.faults.add({ operation: "sendSms", transport: "reset", times: 37 });
  const asked = Array.from({ length: 100 }, () => api(mock)("sms/send", {}).catch(() => "no response"));
  const all = await Promise.all(asked);
  expect(all.filter((one) => one === "no response")).toHaveLength(37);
});

test("a fault does not affect another sandbox or another operation", async () => {
  const mock = stillMock();
  const other = await mock.sandboxes.create({ clientId: "other" });
  await mock.faults.add({ operation: "getCaptcha", transport: "reset" });
  expect(await outcome(mock, other)).toBe(200);
  expect(await sendSms(mock, MOBILE, "REGISTER_SMS")).toMatchObject({ status: 200 });
  expect(await outcomes(mock, 2)).toEqual(["no response", 200]);
});

test("clearing and a reset both remove scheduled faults", async () => {
  const mock = stillMock();
  for (const forget of [() => mock.faults.clear(), () => mock.reset()]) {
    await mock.faults.add({ operation: "getCaptcha", transport: "reset", times: 100 });
    expect(await outcome(mock)).toBe("no response");
    await forget();
    expect(await outcome(mock)).toBe(200);
  }
});

test.each(TRANSPORTS)("%s can be scheduled over HTTP and in process, also with a delay", async (transport) => {
  const mock = stillMock();
  const { done } = controlHttp(mock);
  const body = { operation: "getCaptcha", transport, delay_ms: 5, times: 2 };
  expect(await done("addFault", { body })).toEqual({ id: "1" });
  expect(await mock.faults.add({ operation: "getCaptcha", transport, delayMs: { min: 1, max: 2 } })).toBe("2");
  const { records } = await done("takeSnapshot");
  expect(records.faults).toEqual({
    getCaptcha: [
      { id: "1", transport, delay_ms: { min: 5, max: 5 }, remaining: 2 },
      { id: "2", transport, delay_ms: { min: 1, max: 2 }, remaining: 1 },
    ],
  });
});

const responses = [
  { check: "client-missing" },
  { error: "IDAAS.SDK.PARAM.0002" },
  { status: 503 },
  { body: "down" },
  { body: null },
  { status: 200, body: {} },
];

test.each(["reset", "empty", "hang"].flatMap((transport) => responses.map((response) => ({ transport, ...response }))))(
  "%j is refused: no such response can be sent",
  async (fault) => {
    const mock = stillMock();
    const body = { operation: "getCaptcha", ...fault };
    const problem = await controlHttp(mock).refused("addFault", { body });
    const detail = expect.stringContaining(`transport ${fault.transport} sends no response`);
    expect(problem).toMatchObject({ status: 400, detail });
    expect(await outcome(mock)).toBe(200);
  },
);

test.each(responses)("truncate works with %j", async (response) => {
  const mock = stillMock();
  await controlHttp(mock).done("addFault", { body: { operation: "getCaptcha", transport: "truncate", ...response } });
  expect(await outcomes(mock, 2)).toEqual(["half a response", 200]);
});

test.each([204, 205, 304])("truncate is refused with status %i, which has no body to cut", async (status) => {
  const mock = stillMock();
  const body = { operation: "getCaptcha", transport: "truncate", status };
  expect(await controlHttp(mock).refused("addFault", { body })).toMatchObject({ status: 400 });
});

test.each([
  [{ transport: "explode" }, "transport"],
  [{ transport: "RESET" }, "transport"],
  [{ transport: null }, "transport"],
  [{ transport: ["reset"] }, "transport"],
  [{ delay_ms: -1 }, "delay_ms"],
  [{ delay_ms: 1.5 }, "delay_ms"],
  [{ delay_ms: 600_001 }, "delay_ms"],
  [{ delay_ms: "5" }, "delay_ms"],
  [{ delay_ms: null }, "delay_ms"],
  [{ delay_ms: [1, 2] }, "delay_ms"],
  [{ delay_ms: {} }, "delay_ms"],
  [{ delay_ms: { min: 1 } }, "delay_ms"],
  [{ delay_ms: { max: 1 } }, "delay_ms"],
  [{ delay_ms: { min: 1, max: 2, mean: 1 } }, "delay_ms"],
  [{ delay_ms: { min: -1, max: 2 } }, "delay_ms"],
  [{ delay_ms: { min: 0, max: 600_001 } }, "delay_ms"],
  [{ delay_ms: { min: 2, max: 1 } }, "min must not exceed max"],
  [{ transport: "reset", times: 0 }, "times"],
  [{}, ""],
  [{ times: 2 }, "a fault needs"],
])("%j is not a valid fault", async (fault, detail) => {
  const mock = stillMock();
  const problem = await controlHttp(mock).refused("addFault", { body: { operation: "getCaptcha", ...fault } });
  expect(problem).toMatchObject({ status: 400, detail: expect.stringContaining(detail) });
  expect(await outcome(mock)).toBe(200);
});

test("a delay range is drawn anew for each request, and both ends can occur", async () => {
  const { mock, waited } = restless();
  await mock.faults.add({ operation: "getCaptcha", status: 418, delayMs: { min: 10, max: 13 }, times: 200 });
  await outcomes(mock, 201);
  expect(waited).toHaveLength(200);
  expect(new Set(waited)).toEqual(new Set([10, 11, 12, 13]));
});

test("the same seed gives the same delays, another seed or sandbox gives others", async () => {
  async function delays(options: MockOptions, clientId?: string): Promise<number[]> {
    const { mock, waited } = restless(options);
    const sandbox = clientId === undefined ? mock : await mock.sandboxes.create({ clientId });
    await sandbox.faults.add({ operation: "getCaptcha", status: 418, delayMs: { min: 0, max: 600_000 }, times: 5 });
    for (let asked = 0; asked < 5; asked++) await outcome(mock, sandbox);
    return waited;
  }
  const first = await delays({ seed: "a" });
  expect(new Set(first).size).toBe(5);
  expect(await delays({ seed: "a" })).toEqual(first);
  expect(await delays({ seed: "b" })).not.toEqual(first);
  expect(await delays({ seed: "a" }, "other")).not.toEqual(first);
});

test.each([
  ["a fixed delay", 1_234],
  ["a range of one", { min: 1_234, max: 1_234 }],
])("%s is waited for each time, and the response stays the same", async (_what, delayMs) => {
  const { mock, waited } = restless();
  await mock.faults.add({ operation: "getCaptcha", delayMs, times: 2 });
  expect(await outcomes(mock, 3)).toEqual([200, 200, 200]);
  expect(waited).toEqual([1_234, 1_234]);
  expect(await mock.requests.list()).toMatchObject(Array(3).fill({ injected: false, decidedBy: "passed" }));
});

test("without a delay the mock does not sleep", async () => {
  const { mock, waited } = restless();
  await mock.faults.add({ operation: "getCaptcha", delayMs: { min: 0, max: 0 } });
  expect(await outcome(mock)).toBe(200);
  expect(waited).toEqual([]);
});

test("a connection is reset after the delay, and other requests do not wait", async () => {
  const { sleep, sleeps, asleep } = sleeper();
  const mock = stillMock({ sleep });
  await mock.faults.add({ operation: "getCaptcha", transport: "reset", delayMs: 7 });
  let ended = false;
  const late = outcome(mock).finally(() => {
    ended = true;
  });
  await asleep();
  expect(await outcome(mock)).toBe(200);
  expect(ended).toBe(false);
  sleeps[0]?.end();
  expect(await late).toBe("no response");
  expect(sleeps.map(({ ms }) => ms)).toEqual([7]);
});
