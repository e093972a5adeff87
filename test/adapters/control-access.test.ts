/** The same requests to the control API of every adapter that listens. One table says which are accepted. */
import { connect as connectHttp2, type IncomingHttpHeaders } from "node:http2";
import { expect, onTestFinished, test } from "vitest";
import { servePrism } from "../../mocks/adapters/prism.ts";
import { stillMock } from "../support/mock/api.ts";
import { ACCEPTED, type Lines, LOCAL, PAGE, REFUSED } from "../support/mock/control-requests.ts";
import { encryptedAdapters, listeningAdapters } from "../support/mock/listening-adapters.ts";
import { exchange, statusesOf } from "../support/mock/served.ts";

const TOKEN = "a control token";
function told([lines, version = "1.1"]: Lines, target = "/__testkit/accounts"): string {
  const body = '{"username":"intruder"}';
  const length = `content-length: ${body.length}`;
  return `POST ${target} HTTP/${version}\r\n${lines}\r\n${length}\r\nconnection: close\r\n\r\n${body}`;
}

/** The status of each request. The accounts that the accepted ones create are deleted. */
async function statusesAt(url: string, all: readonly Lines[]): Promise<Record<string, number | undefined>> {
  const statuses: Record<string, number | undefined> = {};
  for (const lines of all) {
    const received = await exchange(Number(new URL(url).port), told(lines));
    const [status] = statusesOf(received);
    statuses[lines.join(" HTTP/")] = status;
    const [, id] = /"id":"([^"]+)"/.exec(received) ?? [];
    if (status === 201) await fetch(`${url}/__testkit/accounts/${id}`, { method: "DELETE" });
  }
  return statuses;
}

const named = (all: readonly Lines[], status: unknown) =>
  Object.fromEntries(all.map((one) => [one.join(" HTTP/"), status]));

test.for(listeningAdapters)("$name accepts control requests of this machine", async ({ open }) => {
  expect(await statusesAt(await open(), ACCEPTED)).toEqual(named(ACCEPTED, 201));
});

test.for(listeningAdapters)("$name refuses foreign hosts, pages and proxies at the control API", async ({ open }) => {
  const url = await open();
  expect(await statusesAt(url, REFUSED)).toEqual(named(REFUSED, expect.toBeOneOf([400, 403])));
  const { accounts } = await (await fetch(`${url}/__testkit/accounts`)).json();
  expect(accounts).not.toContainEqual(expect.objectContaining({ username: "intruder" }));
});

test.for(listeningAdapters)("$name refuses an absolute address with a foreign host", async ({ open }) => {
  const port = Number(new URL(await open()).port);
  const received = await exchange(port, told([LOCAL], "http://evil.example/__testkit/accounts"));
  // Vite handles absolute addresses itself, with a 404 or its page.
  expect(received).not.toContain("intruder");
  expect(statusesOf(received)).not.toEqual([201]);
});

test.for(listeningAdapters)("with a control token, $name accepts requests with the token only", async ({ open }) => {
  const url = await open(TOKEN);
  const ask = (lines: string) => exchange(Number(new URL(url).port), told([`${LOCAL}\r\n${lines}`]));
  for (const wrong of ["x: y", "authorization: Bearer", `authorization: ${TOKEN}`, `authorization: Bearer ${TOKEN}x`])
    expect(statusesOf(await ask(wrong)), wrong).toEqual([401]);
  const right = `authorization: Bearer ${TOKEN}\r\norigin: https://app.example\r\nsec-fetch-site: cross-site`;
  expect(statusesOf(await ask(`${right}\r\nx-forwarded-for: 1.2.3.4`))).toEqual([201]);
});

test.for(listeningAdapters)("control responses of $name are not sniffed, cached or embedded", async ({ open }) => {
  const url = await open();
  const safe = {
    "x-content-type-options": "nosniff",
    "cache-control": "no-store",
    "cross-origin-resource-policy": "same-origin",
  };
  const visits = [
    ["", {}, 200],
    ["/", { accept: "text/html" }, 200],
    ["/jwks.json", {}, 200],
    ["/events", {}, 200],
    ["/nothing", {}, 404],
    ["/accounts/demo/tokens", { origin: "https://evil.example" }, 403],
  ] as const;
  for (const [path, headers, status] of visits) {
    const response = await fetch(`${url}/__testkit${path}`, { headers });
    expect({ status: response.status, ...Object.fromEntries(response.headers) }).toMatchObject({ status, ...safe });
    await response.body?.cancel();
  }
});

test.for(listeningAdapters)("a local page may read the control responses of $name", async ({ open }) => {
  const response = await fetch(`${await open()}/__testkit`, { headers: { origin: PAGE } });
  expect(response.headers.get("access-control-allow-origin")).toBe(PAGE);
});

test.for(listeningAdapters)("a link of another site opens the inspector of $name", async ({ open }) => {
  const headers = { accept: "text/html", "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate" };
  expect((await fetch(`${await open()}/__testkit/`, { headers })).status).toBe(200);
});

test.for(listeningAdapters)("$name refuses a body that is too large", async ({ open }) => {
  const ask = { method: "POST", headers: { "content-type": "application/json" }, body: "x".repeat(70_000) };
  expect((await fetch(`${await open()}/api/v2/sdk/sms/send`, ask)).status).toBe(413);
});

test.for(listeningAdapters)("$name refuses headers that are too large", async ({ open }) => {
  const port = Number(new URL(await open()).port);
  const lines = `${LOCAL}\r\nx-large: ${"x".repeat(20_000)}`;
  expect(statusesOf(await exchange(port, told([lines])))).toEqual([431]);
});

test.each(["", " ", " a", "a\n", "é"])("no adapter takes the control token %j", async (token) => {
  for (const { open } of listeningAdapters) await expect(open(token)).rejects.toThrow("the control token");
});

test("Prism on another interface needs a control token", async () => {
  const starting = servePrism(stillMock(), { port: 0, host: "0.0.0.0" });
  await expect(starting).rejects.toThrow("the control API needs a control token there");
});

/** Sends the headers over HTTP/2; resolves to the status. A protocol error counts as 400. */
function overHttp2(url: string, headers: Record<string, string>): Promise<number> {
  const session = connectHttp2(url, { rejectUnauthorized: false });
  onTestFinished(() => session.destroy());
  return new Promise((resolve) => {
    const stream = session.request({ ":path": "/__testkit/clock", ...headers });
    stream.on("response", (received: IncomingHttpHeaders) => resolve(Number(received[":status"])));
    stream.on("error", () => resolve(400));
    stream.resume().end();
  });
}

const OVER_HTTP2: readonly (readonly [headers: Record<string, string>, status: number])[] = [
  [{}, 200],
  [{ ":authority": "localhost:4010" }, 200],
  [{ ":authority": "localhost", origin: PAGE, "sec-fetch-site": "cross-site" }, 200],
  [{ ":authority": "localhost", host: "localhost" }, 200],
  [{ ":authority": "evil.example" }, 403],
  [{ ":authority": "evil.example", host: "localhost" }, 403],
  [{ ":authority": "localhost", host: "evil.example" }, 403],
  [{ ":authority": "localhost." }, 403],
  [{ ":authority": "2130706433" }, 403],
  [{ ":authority": "localhost", origin: "https://evil.example" }, 403],
  [{ ":authority": "localhost", "sec-fetch-site": "cross-site" }, 403],
  [{ ":authority": "localhost", "x-forwarded-for": "1.2.3.4" }, 403],
];

test.for(encryptedAdapters)("$name guards the control API over HTTP/2", async ({ open }) => {
  const url = await open();
  for (const [headers, status] of OVER_HTTP2)
    expect(await overHttp2(url, headers), JSON.stringify(headers)).toBe(status);
});
