/** `ciam-testkit/client`: each call over HTTP has the same result or error as in process. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { build } from "vite";
import { expect, onTestFinished, test } from "vitest";
import { type Client, connect } from "../../mocks/client/client.ts";
import { createMock, type Mock, manualClock, type Sandbox } from "../../mocks/index.ts";
import { controlCalls } from "../../mocks/spec/control.gen.ts";
import { visitor } from "../support/browser/browser.ts";
import { DEVICE, MOBILE, START, stillMock } from "../support/mock/api.ts";
import { served } from "../support/mock/served.ts";

type Either = Pick<Client, "sandboxes" | "sandbox"> & Sandbox;
type Step = (sandbox: Either, memory: Record<string, string>) => Promise<unknown>;

const SCENE = "UPDATE_MOBILE_SMS";

/** Each call of a sandbox, in an order in which each finds data; `memory` keeps values of earlier steps. */
const steps: Record<string, Step> = {
  "creates an account": async (to, memory) => {
    const account = await to.accounts.create({ mobile: MOBILE, password: "Old-Moon-17" });
    memory["ada"] = account.id;
    return account;
  },
  "creates one of which nothing is said": (to) => to.accounts.create(),
  "creates one of a taken number": (to) => to.accounts.create({ mobile: `+86-${MOBILE}` }),
  "creates one of no number": (to) => to.accounts.create({ mobile: "12" }),
  "reads an account": (to, { ada = "" }) => to.accounts.read(ada),
  "reads an unknown account": (to) => to.accounts.read("nobody/at all?"),
  "lists accounts": (to) => to.accounts.list(),
  "searches for one": (to) => to.accounts.list({ search: MOBILE.slice(3) }),
  "changes an account": (to, { ada = "" }) => to.accounts.update(ada, { username: "ada", mobile: null }),
  "changes it to nothing that is known": (to, { ada = "" }) => to.accounts.update(ada, { name: "" }),
  "checks a password": (to, { ada = "" }) => to.accounts.hasPassword(ada, "Old-Moon-17"),
  "issues tokens": (to, { ada = "" }) => to.accounts.issueTokens(ada, { expiresIn: 60 }),
  "issues tokens for an unknown account": (to) => to.accounts.issueTokens("nobody"),
  "issues a captcha token": (to) => to.captcha.issueToken({ sender: MOBILE, expiresIn: 60 }),
  "solves an unknown captcha": (to) => to.captcha.solve("none"),
  "plants a code": (to) => to.codes.plant({ to: MOBILE, scene: SCENE, expiresIn: 60 }),
  "plants a code of no scene": (to) => to.codes.plant({ to: MOBILE, scene: "NO_SCENE" }),
  "lists messages": (to) => to.messages.list(),
  "lists the messages of one receiver": (to) => to.messages.list({ to: MOBILE, scene: SCENE }),
  "waits for a message": (to) => to.messages.wait({ to: MOBILE }),
  "waits for a message that does not arrive": (to) => to.messages.wait({ to: "nobody@example.com", seconds: 0 }),
  "waits longer than the limit": (to) => to.messages.wait({ to: "nobody@example.com", seconds: 61 }),
  "reads the clock": (to) => to.clock.read(),
  "moves the clock": (to) => to.clock.advance({ minutes: 6 }),
  "sets the clock": (to) => to.clock.set("2031-02-03T04:05:06Z"),
  "sets the clock to no time": (to) => to.clock.set("soon"),
  "freezes the clock": (to) => to.clock.freeze(),
  "thaws the clock": (to) => to.clock.thaw(),
  "orders a fault": async (to, memory) => {
    memory["fault"] = await to.faults.add({ operation: "sendSms", error: "IDAAS.SDK.CAPTCHA.0006", times: 2 });
    return memory["fault"];
  },
  "schedules a slow response": (to) => to.faults.add({ operation: "sendSms", delayMs: { min: 1, max: 2 } }),
  "orders what cannot be": (to) => to.faults.add({ operation: "sendSms", check: "mobile-taken" }),
  "lists the faults": (to) => to.faults.list(),
  "removes a fault": (to, { fault = "" }) => to.faults.remove(fault),
  "removes it again": (to, { fault = "" }) => to.faults.remove(fault),
  "forgets the faults": (to) => to.faults.clear(),
  "reads the policy": (to) => to.policy.read(),
  "changes the policy": (to) => to.policy.patch({ code_length: 9, genauth: { code_ttl_seconds: 30 } }),
  "sends an invalid policy": (to) => to.policy.patch({ code_length: 900 }),
  "lists requests": (to) => to.requests.list(),
  "lists those of an operation": (to) => to.requests.list({ operation: "sendSms" }),
  "reads the catalogue": (to) => to.catalogue.read(),
  "takes a snapshot and restores it": async (to) => to.snapshot.restore(await to.snapshot.take()),
  "restores an invalid snapshot": async (to) => to.snapshot.restore({ ...(await to.snapshot.take()), version: 2 as 1 }),
  "deletes an account": (to, { ada = "" }) => to.accounts.delete(ada),
  "deletes it again": (to, { ada = "" }) => to.accounts.delete(ada),
  "opens a sandbox": async (to) => (await to.sandboxes.create()).clientId,
  "opens one by name": async (to) => (await to.sandboxes.create({ clientId: "mine" })).clientId,
  "opens one by a taken name": (to) => to.sandboxes.create({ clientId: "mine" }),
  "sees nothing of one in another": (to) => to.sandbox("mine").accounts.list(),
  "lists sandboxes": async (to) => [...(await to.sandboxes.list())].sort(),
  "closes a sandbox": (to) => to.sandboxes.delete("mine"),
  "closes it again": (to) => to.sandboxes.delete("mine"),
  "closes the default one": (to) => to.sandboxes.delete(to.clientId),
  "uses a closed one": (to) => to.sandbox("mine").clock.read(),
  resets: (to) => to.reset(),
};

/** A mock with one message and one refused request. */
async function eventful(): Promise<Mock> {
  const mock = createMock({ clock: manualClock(Date.parse(START)), seed: "client" });
  const captcha_token = await mock.captcha.issueToken({ sender: MOBILE });
  for (const body of [{ mobile: MOBILE, type: SCENE, captcha_token }, {}]) {
    await mock.fetch("http://ciam.test/api/v2/sdk/sms/send", {
      method: "POST",
      headers: { ...DEVICE, "x-client-id": mock.clientId },
      body: JSON.stringify(body),
    });
  }
  return mock;
}

/** The result of a step: its value, or its error with all fields. */
async function outcome(step: Step, sandbox: Either, memory: Record<string, string>) {
  try {
    return { value: await step(sandbox, memory) };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const { problem } = error as { problem?: unknown };
    return { error: `${error.name}: ${error.message}`, problem };
  }
}

test("each call has the same result over HTTP and in process, and so has each refusal", async () => {
  const inProcess = await eventful();
  const { url } = await served(await eventful());
  const overHttp = connect({ url: `${url}/` });
  expect(overHttp.clientId).toBe(inProcess.clientId);
  const memories: [Record<string, string>, Record<string, string>] = [{}, {}];
  let refused = 0;
  for (const [name, step] of Object.entries(steps)) {
    const wanted = await outcome(step, inProcess, memories[0]);
    expect({ name, ...(await outcome(step, overHttp, memories[1])) }).toEqual({ name, ...wanted });
    refused += "error" in wanted ? 1 : 0;
  }
  expect(refused).toBeGreaterThan(15);
});

test("the steps above make every call of a sandbox", async () => {
  const asked = new Set<string>();
  const mock = await eventful();
  const { url } = await served({
    ...mock,
    answer(request) {
      for (const [id, { method, path }] of Object.entries(controlCalls)) {
        const pattern = new RegExp(`^${path.replace(/\{\w+\}/g, "[^/]+")}$`);
        if (request.method === method && pattern.test(request.path)) asked.add(id);
      }
      return mock.answer(request);
    },
  });
  const memory = {};
  for (const step of Object.values(steps)) await outcome(step, connect({ url }), memory);
  const unasked = Object.keys(controlCalls).filter((id) => !asked.has(id));
  expect(unasked).toEqual(["describeTarget", "readKeys", "listenToEvents"]);
});

test("the client solves a captcha over HTTP", async () => {
  const mock = stillMock();
  const { url } = await served(mock);
  const headers = { ...DEVICE, "x-client-id": mock.clientId };
  const { token } = await (await fetch(`${url}/api/v2/sdk/captcha`, { headers })).json();
  expect(await connect({ url }).captcha.solve(token)).toEqual(await mock.captcha.solve(token));
});

test("the client waits for a message over HTTP", async () => {
  const mock = stillMock();
  const { url } = await served(mock);
  const waiting = connect({ url }).messages.wait({ to: MOBILE });
  const captcha_token = await mock.captcha.issueToken({ sender: MOBILE });
  await mock.fetch(`${url}/api/v2/sdk/sms/send`, {
    method: "POST",
    headers: { ...DEVICE, "x-client-id": mock.clientId },
    body: JSON.stringify({ mobile: MOBILE, type: SCENE, captcha_token }),
  });
  expect(await waiting).toMatchObject({ to: `+86-${MOBILE}`, scene: SCENE });
});

test("a configured client id selects the sandbox", async () => {
  const mock = createMock({ clientId: "my-app", accounts: [{ id: "ada" }] });
  const { url } = await served(mock);
  expect(await connect({ url, clientId: "my-app" }).accounts.read("ada")).toMatchObject({ id: "ada" });
  await expect(connect({ url }).accounts.read("ada")).rejects.toMatchObject({ problem: { status: 404 } });
});

test("the client sends the control token, and reports when one is missing", async () => {
  const { url } = await served(stillMock(), { controlToken: "a token" });
  expect(await connect({ url, controlToken: "a token" }).clock.read()).toMatchObject({ frozen: false });
  await expect(connect({ url }).clock.read()).rejects.toThrow("The control API needs its token");
});

test.each(["", ".", ".."])("an id that no URL can contain, such as %j, is refused without a request", async (id) => {
  const mock = stillMock();
  const { url } = await served(mock);
  await expect(connect({ url }).accounts.read(id)).rejects.toMatchObject({ name: "ControlError" });
  await expect(mock.accounts.read(id)).rejects.toMatchObject({ name: "ControlError" });
});

test("when no server listens, the error names the address", async () => {
  await expect(connect({ url: "http://127.0.0.1:1" }).clock.read()).rejects.toThrow(
    "http://127.0.0.1:1 cannot be reached",
  );
});

test.each([
  [200, "text/html", "<p>Another server</p>"],
  [502, "text/plain", "no"],
  [200, "", "no"],
])("an unexpected response, %i %j, is reported as such", async (status, type, body) => {
  const other = createServer((_request, response) => response.writeHead(status, { "content-type": type }).end(body));
  await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void other.close());
  const url = `http://127.0.0.1:${(other.address() as AddressInfo).port}`;
  await expect(connect({ url }).clock.read()).rejects.toThrow(
    `GET ${url}/__testkit/clock returned ${status} ${type}, which is not the control protocol of ciam-testkit`,
  );
});

/** The client as a page loads it: one script, whose exports are in `testkit`. */
async function clientScript(): Promise<string> {
  const entry = fileURLToPath(new URL("../../mocks/client/client.ts", import.meta.url));
  const lib = { entry, formats: ["iife" as const], name: "testkit", fileName: "client" };
  const built = await build({ configFile: false, logLevel: "silent", build: { write: false, lib } });
  const [result] = [built].flat();
  if (result === undefined || !("output" in result)) throw new Error("Vite has not built the client");
  return result.output[0].code;
}

test("a page controls the mock through the client as well", async (context) => {
  const { url } = await served(stillMock());
  const { newPage } = await visitor(context);
  const page = await newPage();
  await page.goto(`${url}/__testkit/jwks.json`);
  await page.addScriptTag({ content: await clientScript() });
  const found = await page.evaluate(async (address) => {
    // The script tag has defined it in the page, where no type reaches.
    const { testkit } = globalThis as unknown as { testkit: { connect: typeof connect } };
    const client = testkit.connect({ url: address });
    await client.accounts.create({ username: "ada" });
    const refusal = await client.accounts.create({ mobile: "1" }).catch((error: Error) => error.name);
    return { accounts: await client.accounts.list(), refusal };
  }, url);
  expect(found).toMatchObject({ accounts: [{ username: "ada" }], refusal: "ControlError" });
});
