/** The inspector's page and files as the server returns them. */
import { readdir, readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import type { ServeOptions } from "../../mocks/adapters/node/server.ts";
import { stillMock } from "../support/mock/api.ts";
import { exchange, requestText, served, statusesOf } from "../support/mock/served.ts";

const HTML = { accept: "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8" };
const FOLDER = new URL("../../mocks/ui/inspector/", import.meta.url);

async function opened(options: ServeOptions = {}) {
  const mock = stillMock();
  const server = await served(mock, options);
  const send = (path: string, headers: Record<string, string> = {}, method = "GET") =>
    fetch(server.url + path, { method, headers, redirect: "manual" });
  return { mock, server, send };
}

test("a browser navigation to /__testkit/ gets the page", async () => {
  const { send } = await opened();
  const { status, headers, text } = await read(await send("/__testkit/", HTML));
  expect(status).toBe(200);
  expect(headers.get("content-type")).toBe("text/html; charset=utf-8");
  expect(text).toMatch(/^<!doctype html>/);
});

test.each([{}, { accept: "*/*" }, { accept: "application/json" }])(
  "a request with %j gets the target description, as without the slash",
  async (headers) => {
    const { send } = await opened();
    for (const path of ["/__testkit/", "/__testkit"]) {
      const response = await send(path, headers);
      expect(response.headers.get("content-type")).toBe("application/json");
      expect(await response.json()).toMatchObject({ protocol: "1" });
    }
  },
);

test("a browser without the trailing slash is redirected to the page, at any mount path", async () => {
  const { send } = await opened();
  const response = await send("/__testkit", HTML);
  expect(response.status).toBe(302);
  expect(response.headers.get("location")).toBe("./__testkit/");
});

test("the page loads only its own scripts, styles and fonts, and cannot be framed", async () => {
  const { send } = await opened();
  const { headers, text } = await read(await send("/__testkit/", HTML));
  expect(headers.get("content-security-policy")?.split("; ")).toEqual([
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "connect-src 'self'",
    "img-src 'self' data:",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "trusted-types 'none'",
    "require-trusted-types-for 'script'",
  ]);
  expect(headers.get("x-frame-options")).toBe("DENY");
  expect(headers.get("x-content-type-options")).toBe("nosniff");
  expect(headers.get("referrer-policy")).toBe("no-referrer");
  expect(headers.get("cache-control")).toBe("no-store");
  expect(text).not.toMatch(/https?:|<style|\sstyle=|\son\w+=|<script(?! type="module" src="inspector\/)/);
});

test("every file that the page references is served with its type", async () => {
  const { send } = await opened();
  const types = { css: "text/css", js: "text/javascript", svg: "image/svg+xml" };
  const seen = new Set<string>();
  const visit = async (name: string): Promise<void> => {
    if (seen.has(name)) return;
    seen.add(name);
    const { status, headers, text } = await read(await send(`/__testkit/inspector/${name}`));
    expect({ name, status }).toEqual({ name, status: 200 });
    expect(headers.get("content-type")).toBe(`${types[name.split(".")[1] as keyof typeof types]}; charset=utf-8`);
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    for (const [, other = ""] of text.matchAll(/(?:from|import) "\.\/([\w-]+\.js)"/g)) await visit(other);
  };
  const { text } = await read(await send("/__testkit/", HTML));
  for (const [, name = ""] of text.matchAll(/"inspector\/([\w.-]+)"/g)) await visit(name);
  const inFolder = (await readdir(FOLDER)).filter((name) => /\.(js|css|svg)$/.test(name));
  expect([...seen].sort()).toEqual(inFolder.sort());
});

test("HEAD returns the headers of GET without the body", async () => {
  const { send } = await opened();
  for (const [path, accept] of [
    ["/__testkit/", HTML],
    ["/__testkit/inspector/main.js", {}],
  ] as const) {
    const [got, head] = [await read(await send(path, accept)), await read(await send(path, accept, "HEAD"))];
    expect(head.status).toBe(200);
    expect(head.text).toBe("");
    expect(head.headers.get("content-length")).toBe(String(Buffer.byteLength(got.text)));
  }
});

test.each([
  "nothing.js",
  "tsconfig.json",
  "control-call.d.ts",
  "index.html",
  "screenshots/inbox.png",
  "../hosts/server.ts",
  "..%2fhosts%2fserver.ts",
  "%2e%2e/%2e%2e/package.json",
  "....//package.json",
  ".main.js",
  "main.js/",
  "main.js%00.css",
  "",
])("the inspector has no file %j", async (name) => {
  const { mock, server } = await opened();
  // Over a raw socket, because a client library would normalise the path.
  const response = await exchange(server.port, requestText(mock, `GET /__testkit/inspector/${name}`));
  expect(statusesOf(response)).toEqual([404]);
  expect(response).toContain("application/problem+json");
});

test.each(["POST", "PUT", "DELETE"])("%s cannot reach files outside the inspector", async (method) => {
  const { send } = await opened();
  expect((await send("/__testkit/inspector/main.js", HTML, method)).status).toBe(404);
  expect((await send("/__testkit/", HTML, method)).status).toBe(405);
});

test("with a control token only the page and its files are open", async () => {
  const { send } = await opened({ controlToken: "s3cret" });
  expect((await send("/__testkit/", HTML)).status).toBe(200);
  expect((await send("/__testkit", HTML)).status).toBe(302);
  expect((await send("/__testkit/inspector/main.js")).status).toBe(200);
  expect((await send("/__testkit/inspector/nothing.js")).status).toBe(404);
  expect((await send("/__testkit/")).status).toBe(401);
  expect((await send("/__testkit/", HTML, "POST")).status).toBe(401);
  expect((await send("/__testkit/clock", HTML)).status).toBe(401);
  expect((await send("/__testkit/inspector/../clock", HTML)).status).toBe(401);
});

test.each(["/__testkit", "/__testkit/", "/__testkit/inspector/main.js"])(
  "a foreign host name that resolves to this machine cannot load %s",
  async (path) => {
    const { mock, server } = await opened();
    for (const headers of [{ host: "evil.example" }, { origin: "https://evil.example" }]) {
      const line = requestText(mock, `GET ${path}`, { headers: { ...HTML, ...headers } });
      expect(statusesOf(await exchange(server.port, line))).toEqual([403]);
    }
  },
);

test("no script of the inspector can turn text into markup", async () => {
  const scripts = (await readdir(FOLDER)).filter((name) => name.endsWith(".js"));
  expect(scripts.length).toBeGreaterThan(20);
  const ways =
    /innerHTML|outerHTML|insertAdjacentHTML|setHTML|document\.write|DOMParser|createContextualFragment|srcdoc|\beval\b|new Function|javascript:/;
  for (const name of scripts) expect(await readFile(new URL(name, FOLDER), "utf8"), name).not.toMatch(ways);
});

async function read(response: Response) {
  return { status: response.status, headers: response.headers, text: await response.text() };
}
