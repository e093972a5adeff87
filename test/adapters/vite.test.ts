/** `ciam-testkit/vite`: what a page gets at its own origin, in the dev server and in the preview. */
import { createServer as createHttpServer } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { networkInterfaces } from "node:os";
import { createServer, type InlineConfig } from "vite";
import { expect, onTestFinished, test } from "vitest";
import { visitor } from "../support/browser/browser.ts";
import { MOBILE } from "../support/mock/api.ts";
import { appFolder, ask, built, configOf, dev, PAGE, printing, started } from "../support/mock/dev-server.ts";
import { listening } from "../support/mock/event-listener.ts";

const CLIENT_ID = "nTo1eRIub60vPb54WeE6aojPwYwImtl4";
const UPDATE = "/api/v2/sdk/profile/update-mobile";
const both = [dev, built];

/** Changes the demo account's number through the API, with the code from the inbox. */
async function changesItsNumber({ ask }: Pick<Awaited<ReturnType<typeof started>>, "ask">) {
  const { captcha_token } = (await ask("/__testkit/captcha-tokens", { sender: MOBILE })).body;
  await ask("/api/v2/sdk/sms/send", { mobile: MOBILE, type: "UPDATE_MOBILE_SMS", captcha_token });
  const [message] = (await ask(`/__testkit/messages?to=${MOBILE}`)).body.messages;
  const { id_token } = (await ask("/__testkit/accounts/demo/tokens", {})).body;
  const change = { mobile: MOBILE, verify_code: message.code };
  return ask(UPDATE, change, { authorization: `Bearer ${id_token}` });
}

test.each(both)("in $name the demo account changes its number at the page's origin", async (kind) => {
  const server = await started(kind);
  expect(await server.ask("/")).toMatchObject({ status: 200, body: expect.stringContaining("<p>Hello.</p>") });
  expect(await changesItsNumber(server)).toEqual({ status: 200, body: "" });
  expect((await server.ask("/__testkit/accounts/demo")).body).toMatchObject({ mobile: `+86-${MOBILE}` });
});

test.each(both)(
  "$name prints the inspector's address, the demo account and each message in Vite's log",
  async (kind) => {
    const server = await started(kind);
    await changesItsNumber(server);
    const [address, id, account, token] = server.printed().split("\n").slice(-8);
    expect(address).toBe(`  ➜  ciam-testkit: ${server.url()}/__testkit/`);
    expect(id).toBe(`  client id     ${CLIENT_ID}`);
    expect(account).toBe(
      "  demo account  mobile +86-13800000000, e-mail demo@example.com, user name demo, password Passer-by-42",
    );
    expect(token).toMatch(/^ {2}id_token {6}eyJ/);
    expect(server.printed()).toMatch(
      /\nsms {2}\+86-15201657312 {2}UPDATE_MOBILE_SMS {2}code \d{6} {2}\(good for 300 s\)\n$/,
    );
  },
);

test("with quiet no message is printed", async () => {
  const server = await started(dev, { quiet: true });
  await changesItsNumber(server);
  expect(server.printed()).toContain("demo account");
  expect(server.printed()).not.toContain("UPDATE_MOBILE_SMS");
});

test("configured accounts replace the demo account, and policy and seed apply", async () => {
  const accounts = [{ id: "ada", mobile: "13900000000" }];
  const server = await started(dev, { accounts, policy: { code_length: 9 }, seed: "vite" });
  expect(server.printed()).not.toContain("demo account");
  expect((await server.ask("/__testkit/accounts/demo")).status).toBe(404);
  expect((await server.ask("/__testkit/accounts/ada")).body).toMatchObject({ mobile: "+86-13900000000" });
  expect((await server.ask("/__testkit/policy")).body).toMatchObject({ code_length: 9, magic_values: true });
});

test.each(both)("in $name an unknown path below the API gets the mock's 404; any other is Vite's", async (kind) => {
  const { ask } = await started(kind);
  expect(await ask("/api/v2/sdk/sms/sendd", {})).toMatchObject({
    status: 404,
    body: { closest: "POST /api/v2/sdk/sms/send" },
  });
  expect(await ask("/__testkit/clok")).toMatchObject({ status: 404, body: { title: expect.stringContaining("clok") } });
  // Vite returns the page for paths of a single-page app, and an empty 404 for others.
  expect(await ask("/api/v2/sdkk/captcha")).toMatchObject({ status: 200, body: expect.stringContaining("Hello") });
  expect(await ask("/api/v1/other", {})).toEqual({ status: 404, body: "" });
});

test.each(both)("in $name the API stays at the root for any base of Vite", async (kind) => {
  const server = await started(kind, {}, (config) => ({ ...config, base: "/app/" }));
  expect(await server.ask("/app/")).toMatchObject({ status: 200, body: expect.stringContaining("Hello") });
  expect(await changesItsNumber(server)).toEqual({ status: 200, body: "" });
  expect(server.printed()).toContain(`ciam-testkit: ${server.url()}/__testkit/\n`);
});

test.for(both)(
  "the inspector of $name shows a new message, and Vite serves none of its files",
  async (kind, context) => {
    const server = await started(kind, {}, (config) => ({ ...config, base: "/app/" }));
    const { newPage } = await visitor(context);
    const page = await newPage();
    const failed: string[] = [];
    page.on("response", (response) => response.ok() || failed.push(`${response.status()} ${response.url()}`));
    await page.goto(`${server.url()}/__testkit/`);
    await changesItsNumber(server);
    await page.getByText("UPDATE_MOBILE_SMS").first().waitFor();
    expect(failed).toEqual([]);
    expect(await page.content()).not.toContain("@vite/client");
  },
);

test("a body arrives complete, and one over the limit is refused", async () => {
  const { ask } = await started(dev);
  const body = '{ "mobile": "界é😀",\n"note": "as it is" }';
  expect((await ask(UPDATE, body)).status).toBe(400);
  expect((await ask("/__testkit/requests")).body.requests[0].request.body).toEqual(JSON.parse(body));
  expect((await ask(UPDATE, JSON.stringify({ mobile: "x".repeat(70_000) }))).status).toBe(413);
});

test.each(both)("in $name a scheduled fault breaks a connection, and the server continues", async (kind) => {
  const { ask } = await started(kind);
  for (const transport of ["reset", "empty", "truncate"]) {
    await ask("/__testkit/faults", { operation: "updateMobile", transport });
    await expect(ask(UPDATE, {}), transport).rejects.toThrow(/fetch failed|terminated/);
  }
  expect((await ask(UPDATE, {})).status).toBe(400);
});

test.each(both)("events are sent through $name and end when it is closed", async (kind) => {
  const { server, url, ask } = await started(kind);
  const events = await listening(url(), fetch, CLIENT_ID);
  await ask("/__testkit/clock", { advance_seconds: 60 });
  expect(await events.next()).toMatchObject({ event: "clock" });
  await server.close();
  expect(await events.next()).toBeUndefined();
});

test("a hanging request does not block closing the server", async () => {
  const { server, ask } = await started(dev);
  await ask("/__testkit/faults", { operation: "updateMobile", transport: "hang" });
  const hanging = ask(UPDATE, {}).catch(() => "closed");
  await expect.poll(async () => (await ask("/__testkit/requests")).body.requests.length).toBe(1);
  await server.close();
  expect(await hanging).toBe("closed");
});

/** An address of this machine that other machines can reach. */
const outside = Object.values(networkInterfaces())
  .flat()
  .find((address) => address?.family === "IPv4" && !address.internal)?.address;

const everywhere = (config: InlineConfig): InlineConfig => ({ ...config, server: { ...config.server, host: true } });

test("on the network the API is open, and the control API accepts only this machine", async ({ skip }) => {
  if (outside === undefined) return skip("this machine has no address but its own");
  const { url, printed } = await started(dev, {}, everywhere);
  const { port } = new URL(url());
  const there = `http://${outside}:${port}`;
  expect((await ask(there, "/api/v2/sdk/captcha")).status).toBe(200);
  expect(await ask(there, "/__testkit/clock")).toMatchObject({ status: 403 });
  const pretending = `GET /__testkit/clock HTTP/1.1\r\nhost: localhost:${port}\r\nconnection: close\r\n\r\n`;
  expect(await firstLine(outside, Number(port), pretending)).toBe("HTTP/1.1 403 Forbidden");
  expect(await firstLine("127.0.0.1", Number(port), pretending)).toBe("HTTP/1.1 200 OK");
  expect(printed()).toContain("control API   for this machine only");
});

test("with a control token other machines may use the control API, and only with it", async ({ skip }) => {
  if (outside === undefined) return skip("this machine has no address but its own");
  const { url, printed } = await started(dev, { controlToken: "a token" }, everywhere);
  const there = `http://${outside}:${new URL(url()).port}`;
  for (const origin of [there, url()]) {
    expect((await ask(origin, "/__testkit/clock")).status).toBe(401);
    expect((await ask(origin, "/__testkit/clock", undefined, { authorization: "Bearer a token" })).status).toBe(200);
  }
  expect(printed()).not.toContain("this machine only");
});

/** Over a raw socket, because a client library does not let the Host header be set. */
function firstLine(host: string, port: number, bytes: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    let received = "";
    const socket = connect(port, host, () => socket.write(bytes));
    socket.setEncoding("utf8").on("data", (text: string) => {
      received += text;
    });
    socket.on("close", () => resolve(received.split("\r\n")[0]));
  });
}

test("a page from another site may not use the control API", async () => {
  const { ask } = await started(dev);
  expect((await ask("/__testkit/clock", undefined, { origin: "https://evil.example" })).status).toBe(403);
});

test("Vite refuses a host that it does not know", async () => {
  const { url } = await started(dev);
  const { port } = new URL(url());
  const asked = "GET /api/v2/sdk/captcha HTTP/1.1\r\nhost: evil.example\r\nconnection: close\r\n\r\n";
  expect(await firstLine("127.0.0.1", Number(port), asked)).toBe("HTTP/1.1 403 Forbidden");
});

/** Vite as middleware of another server, after that server's own middleware. */
async function insideAnother(first: (request: AsyncIterable<unknown>) => Promise<void> = async () => {}) {
  const log = printing();
  const config = configOf(await appFolder(), log, {});
  const vite = await createServer({ ...config, server: { middlewareMode: true, ws: false, watch: null } });
  const server = createHttpServer(async (request, response) => {
    await first(request);
    vite.middlewares(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(async () => {
    await vite.close();
    server.close();
  });
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { printed: log.printed, ask: (path: string, body?: unknown) => ask(origin, path, body) };
}

test("in middleware mode the mock responds and prints the demo account", async () => {
  const { ask, printed } = await insideAnother();
  expect(printed()).toContain(`ciam-testkit\n  client id     ${CLIENT_ID}\n  demo account  mobile`);
  expect((await ask("/__testkit/accounts/demo")).status).toBe(200);
  expect((await ask(UPDATE, {})).body).toMatchObject({ error_code: "IDAAS.SDK.PARAM.0015" });
  expect(await ask("/")).toMatchObject({ status: 200, body: expect.stringContaining(PAGE.slice(-15)) });
});

test("behind a body parser the mock reports the problem and does not wait for the body", async () => {
  const { ask, printed } = await insideAnother(async (request) => {
    for await (const _chunk of request);
  });
  expect(await ask(UPDATE, {})).toMatchObject({
    status: 500,
    body: {
      title: "The mock failed",
      detail: expect.stringContaining("put the mock before any middleware that parses bodies"),
    },
  });
  expect(printed()).toContain("ciam-testkit failed: Error: The body was already read");
});
