/** The inspector's page and files as the server returns them. */
import { readdir, readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import type { ServeOptions } from "../../mocks/adapters/node/server.ts";
import { stillMock } from "../support/mock/api.ts";
import { exchange, requestText, served, statusesOf } from "../support/mock/served.ts";

const HTML = { accept: "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8" };
const MOCKS = new URL("../../mocks/", import.meta.url);
const MAIN = "ui/inspector/app/main.js";
/** Served whole. */
const FOLDERS = [
  ...["ui/inspector/app", "ui/inspector/views", "ui/inspector/styles"],
  ...["ui/widgets", "ui/i18n/inspector"],
];
/** Served from folders that the page does not need as a whole. */
const FILES = [
  ...["ui/inspector/icon.svg", "ui/i18n/language.ts"],
  ...["client/sandbox.ts", "client/transport.ts", "control/case-conversion.ts"],
  ...["http/problem.ts", "spec/control.gen.ts"],
];

/** The paths of all files that a browser gets, below mocks/. */
async function servedFiles(): Promise<string[]> {
  const inFolders = FOLDERS.map(async (folder) =>
    (await readdir(new URL(folder, MOCKS))).map((name) => `${folder}/${name}`),
  );
  return [...(await Promise.all(inFolders)).flat(), ...FILES];
}

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
  const types = { css: "text/css", js: "text/javascript", ts: "text/javascript", svg: "image/svg+xml" };
  const seen = new Set<string>();
  const visit = async (name: string): Promise<void> => {
    if (seen.has(name)) return;
    seen.add(name);
    const { status, headers, text } = await read(await send(`/__testkit/inspector/${name}`));
    expect({ name, status }).toEqual({ name, status: 200 });
    expect(headers.get("content-type")).toBe(`${types[name.split(".").at(-1) as keyof typeof types]}; charset=utf-8`);
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    for (const [, other = ""] of text.matchAll(/(?:from|import) "(\.[\w./-]+)"/g)) {
      await visit(new URL(other, `http://ciam.test/${name}`).pathname.slice(1));
    }
  };
  const { text } = await read(await send("/__testkit/", HTML));
  for (const [, name = ""] of text.matchAll(/"inspector\/([\w./-]+)"/g)) await visit(name);
  // From the sources the page's `.js` is a `.ts`.
  const onDisk = [...seen].map((name) => name.replace(/\.js$/, ".ts"));
  expect(onDisk.sort()).toEqual((await servedFiles()).sort());
});

test("HEAD returns the headers of GET without the body", async () => {
  const { send } = await opened();
  for (const [path, accept] of [
    ["/__testkit/", HTML],
    [`/__testkit/inspector/${MAIN}`, {}],
  ] as const) {
    const [got, head] = [await read(await send(path, accept)), await read(await send(path, accept, "HEAD"))];
    expect(head.status).toBe(200);
    expect(head.text).toBe("");
    expect(head.headers.get("content-length")).toBe(String(Buffer.byteLength(got.text)));
  }
});

test.each([
  "nothing.js",
  "main.js",
  "ui/inspector/app/nothing.js",
  "ui/inspector/app/nothing.ts",
  "ui/inspector/tsconfig.json",
  "ui/inspector/app/main.d.ts",
  "spec/control.gen.d.ts",
  "ui/inspector/index.html",
  "ui/inspector/screenshots/inbox.png",
  "ui/overlay/overlay.ts",
  "ui/i18n/overlay/en.ts",
  "adapters/node/server.ts",
  "adapters/node/inspector-files.ts",
  "client/client.ts",
  "core/tokens.ts",
  "index.ts",
  "../adapters/node/server.ts",
  "ui/inspector/app/../../../adapters/node/server.ts",
  "ui/inspector/app/..%2f..%2f..%2fadapters%2fnode%2fserver.ts",
  "..%2fadapters%2fnode%2fserver.ts",
  "%2e%2e/%2e%2e/package.json",
  "....//package.json",
  "ui/inspector/app/.main.js",
  "ui/inspector/app/main.js/",
  "ui/inspector/app/main.js%00.css",
  "//etc/passwd",
  "",
])("the inspector has no file %j", async (name) => {
  const { mock, server } = await opened();
  // Over a raw socket, because a client library would normalise the path.
  const response = await exchange(server.port, requestText(mock, `GET /__testkit/inspector/${name}`));
  expect(statusesOf(response)).toEqual([404]);
  expect(response).toContain("application/problem+json");
});

test.each(["POST", "PUT", "DELETE"])("the page and its files refuse the method %s", async (method) => {
  const { send } = await opened();
  expect((await send(`/__testkit/inspector/${MAIN}`, HTML, method)).status).toBe(404);
  expect((await send("/__testkit/", HTML, method)).status).toBe(405);
});

test("with a control token only the page and its files are open", async () => {
  const { send } = await opened({ controlToken: "s3cret" });
  expect((await send("/__testkit/", HTML)).status).toBe(200);
  expect((await send("/__testkit", HTML)).status).toBe(302);
  expect((await send(`/__testkit/inspector/${MAIN}`)).status).toBe(200);
  expect((await send("/__testkit/inspector/nothing.js")).status).toBe(404);
  expect((await send("/__testkit/")).status).toBe(401);
  expect((await send("/__testkit/", HTML, "POST")).status).toBe(401);
  expect((await send("/__testkit/clock", HTML)).status).toBe(401);
  expect((await send("/__testkit/inspector/../clock", HTML)).status).toBe(401);
});

test.each(["/__testkit", "/__testkit/", `/__testkit/inspector/${MAIN}`])(
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
  const scripts = (await servedFiles()).filter((name) => name.endsWith(".ts"));
  expect(scripts.length).toBeGreaterThan(40);
  const ways =
    /innerHTML|outerHTML|insertAdjacentHTML|setHTML|document\.write|DOMParser|createContextualFragment|srcdoc|\beval\b|new Function|javascript:/;
  for (const name of scripts) expect(await readFile(new URL(name, MOCKS), "utf8"), name).not.toMatch(ways);
});

test("no script of the inspector needs Node", async () => {
  const scripts = (await servedFiles()).filter((name) => name.endsWith(".ts"));
  const needs = /["']node:|\b(?:process|Buffer|require|__dirname)\b\s*[.(]/;
  for (const name of scripts) expect(await readFile(new URL(name, MOCKS), "utf8"), name).not.toMatch(needs);
});

async function read(response: Response) {
  return { status: response.status, headers: response.headers, text: await response.text() };
}
