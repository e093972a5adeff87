/** The server's life: its address, shared state and end. */
import { once } from "node:events";
import { connect } from "node:net";
import { expect, onTestFinished, test, vi } from "vitest";
import { DEFAULT_PORT, serve } from "../../mocks/adapters/node/server.ts";
import type { Mock } from "../../mocks/index.ts";
import { api, stillMock } from "../support/mock/api.ts";
import { sleeper } from "../support/mock/manual-sleep.ts";
import { exchange, requestText, served, statusesOf } from "../support/mock/served.ts";

test("the server returns its address, by default on this machine", async () => {
  const { url, port } = await served(stillMock());
  expect(url).toBe(`http://127.0.0.1:${port}`);
  expect((await fetch(`${url}/__testkit`)).status).toBe(200);
  expect(DEFAULT_PORT).toBe(4010);
});

test("a port in use rejects", async () => {
  const { port } = await served(stillMock());
  await expect(serve(stillMock(), { port })).rejects.toMatchObject({ code: "EADDRINUSE" });
});

test("two servers over one mock share its state", async () => {
  const mock = stillMock();
  const [first, second] = [await served(mock), await served(mock)];
  const created = await fetch(`${first.url}/__testkit/accounts`, { method: "POST", body: '{"mobile":"13800000001"}' });
  const { id } = (await created.json()) as { id: string };
  const read = await fetch(`${second.url}/__testkit/accounts/${id}`);
  expect(await read.json()).toMatchObject({ id, mobile: "+86-13800000001" });
  expect(await mock.accounts.read(id)).toMatchObject({ id });
});

test("two servers over two mocks share nothing", async () => {
  const [first, second] = [stillMock(), stillMock()];
  const { url } = await served(first);
  await served(second);
  await fetch(`${url}/__testkit/clock`, { method: "POST", body: '{"advance_seconds":60}' });
  expect((await first.clock.read()).offsetSeconds).toBe(60);
  expect((await second.clock.read()).offsetSeconds).toBe(0);
});

test("in-process changes show through the server, and the other way round", async () => {
  const mock = stillMock();
  const { url } = await served(mock);
  await mock.faults.add({ operation: "getCaptcha", status: 503, times: 2 });
  const headers = { "x-client-id": mock.clientId };
  expect((await fetch(`${url}/api/v2/sdk/captcha`, { headers })).status).toBe(503);
  expect(await api(mock)("captcha")).toMatchObject({ status: 503 });
  expect(await mock.requests.list()).toHaveLength(2);
});

test("a closed server accepts no connection", async () => {
  const server = await serve(stillMock(), { port: 0 });
  await fetch(`${server.url}/__testkit`);
  await server.close();
  await expect(fetch(`${server.url}/__testkit`)).rejects.toThrow();
});

test("an idle connection stays open until the server closes, and closing waits for none", async () => {
  const mock = stillMock();
  const server = await serve(mock, { port: 0 });
  const clients = Array.from({ length: 20 }, () => connect(server.port, "127.0.0.1"));
  const closed = Promise.all(clients.map((client) => once(client, "close")));
  for (const client of clients) {
    client.write(requestText(mock, "GET /nothing", { last: false }));
    const [head] = String(await once(client, "data")).split("\r\n\r\n");
    expect(head).toMatch(/^connection: keep-alive$/im);
    // The header Keep-Alive would announce when the server closes the connection.
    expect(head).not.toMatch(/^keep-alive:/im);
  }
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  onTestFinished(() => void vi.useRealTimers());
  await server.close();
  await closed;
});

const poll = (mock: Mock) => requestText(mock, "GET /__testkit/messages?wait=60");

test("a server can be closed while a client waits for a message", async () => {
  const { sleep, sleeps, asleep } = sleeper();
  const mock = stillMock({ sleep });
  const server = await serve(mock, { port: 0 });
  const waiting = exchange(server.port, poll(mock));
  await asleep();
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  onTestFinished(() => void vi.useRealTimers());
  const closing = server.close();
  vi.advanceTimersByTime(2_000);
  await closing;
  expect(await waiting).toBe("");
  expect(sleeps[0]?.signal?.aborted).toBe(true);
});

test("closing lets a running request finish", async () => {
  const { sleep, sleeps, asleep } = sleeper();
  const mock = stillMock({ sleep });
  await mock.faults.add({ operation: "getCaptcha", status: 418, delayMs: 1_000 });
  const server = await serve(mock, { port: 0 });
  const answer = exchange(server.port, requestText(mock, "GET /api/v2/sdk/captcha"));
  await asleep();
  const closing = server.close();
  sleeps[0]?.end();
  expect(statusesOf(await answer)).toEqual([418]);
  await closing;
});

test("when a waiting client disconnects, its wait ends", async () => {
  const { sleep, sleeps, asleep } = sleeper();
  const mock = stillMock({ sleep });
  const { port } = await served(mock);
  const client = connect(port, "127.0.0.1");
  client.write(poll(mock));
  await asleep();
  const aborted = new Promise((resolve) => sleeps[0]?.signal?.addEventListener("abort", resolve, { once: true }));
  client.destroy();
  await aborted;
});

test("an internal error is a 500 and is reported, and the server continues", async () => {
  const mock = stillMock();
  const reported: unknown[] = [];
  let broken = true;
  const answer: Mock["answer"] = (request) => (broken ? Promise.reject(new Error("broken")) : mock.answer(request));
  const server = await serve({ ...mock, answer }, { port: 0, onError: (error) => reported.push(error) });
  onTestFinished(() => server.close());
  const failed = await fetch(`${server.url}/__testkit`);
  expect(failed.status).toBe(500);
  expect(failed.headers.get("content-type")).toBe("application/problem+json");
  expect(await failed.json()).toMatchObject({ title: "The mock failed", detail: "Error: broken" });
  expect(reported).toEqual([new Error("broken")]);
  broken = false;
  expect((await fetch(`${server.url}/__testkit`)).status).toBe(200);
});
