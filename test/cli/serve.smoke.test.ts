/** The command line: what it prints and how it ends. */
import { join } from "node:path";
import { expect, test } from "vitest";
import { run } from "../../cli/run.ts";
import { PROJECT, type Running, running } from "../support/package/scratch.ts";

const CLI = join(PROJECT, "cli/main.ts");

/** A command that ends by itself. */
async function command(...args: string[]) {
  let out = "";
  let err = "";
  const exitCode = await run(args, {
    out: { write: (text: string) => (out += text) },
    err: { write: (text: string) => (err += text) },
    env: {},
    stopped: Promise.resolve(),
  });
  return { exitCode, out, err };
}

function started(...args: string[]): Running {
  return running(process.execPath, [CLI, "serve", "--port", "0", ...args], { cwd: PROJECT });
}

async function readyUrl(server: Running): Promise<string> {
  await server.until("control API");
  return /is ready at (\S+)/.exec(server.printed())?.[1] ?? "";
}

function post(url: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  const json = { "content-type": "application/json", ...headers };
  return fetch(url, { method: "POST", headers: json, body: JSON.stringify(body) });
}

/** Sends a code with the control API's captcha token. */
async function sendCode(url: string, headers: Record<string, string> = {}): Promise<void> {
  const ordered = await post(`${url}/__testkit/captcha-tokens`, { sender: "15201657312" }, headers);
  const { captcha_token } = (await ordered.json()) as { captcha_token: string };
  const device = { "x-operating-sys-version": "a", "x-device-fingerprint": "b", "x-agent": "c" };
  const client = { "x-client-id": "nTo1eRIub60vPb54WeE6aojPwYwImtl4", ...headers };
  const body = { mobile: "15201657312", type: "REGISTER_SMS", captcha_token };
  expect((await post(`${url}/api/v2/sdk/sms/send`, body, { ...device, ...client })).status).toBe(200);
}

test("serve prints its address, a client id, a demo account and a working id_token", async () => {
  const server = started();
  const url = await readyUrl(server);
  await server.until("good for");
  const idToken = /id_token\s+(\S+)/.exec(server.printed())?.[1];
  const device = { "x-operating-sys-version": "a", "x-device-fingerprint": "b", "x-agent": "c" };
  const client = { "x-client-id": /client id\s+(\S+)/.exec(server.printed())?.[1] ?? "" };
  await post(`${url}/__testkit/codes`, { to: "a@b.co", scene: "UPDATE_EMAIL_EMS", code: "123456" });
  const changed = await post(
    `${url}/api/v2/sdk/profile/update-email`,
    { email: "a@b.co", verify_code: "123456" },
    { ...device, ...client, authorization: `Bearer ${idToken}` },
  );
  expect(changed.status).toBe(200);
});

test("serve is ready before it signs the demo account's token", async () => {
  const written: string[] = [];
  const print = (text: string) => written.push(text);
  const surroundings = { out: { write: print }, err: { write: print }, env: {}, stopped: Promise.resolve() };
  await run(["serve", "--port", "0"], surroundings);
  expect(written).toEqual([
    expect.stringMatching(/is ready at.*client id.*control API.*inspector/s),
    expect.stringMatching(/demo account.*id_token/s),
  ]);
});

test("serve prints the inspector's address", async () => {
  const server = started();
  const url = await readyUrl(server);
  expect(/inspector\s+(\S+)/.exec(server.printed())?.[1]).toBe(`${url}/__testkit/`);
  const page = await fetch(`${url}/__testkit/`, { headers: { accept: "text/html" } });
  expect(page.headers.get("content-type")).toContain("text/html");
});

test("serve prints each message as one line with its code", async () => {
  const server = started("--seed", "one line");
  await sendCode(await readyUrl(server));
  await server.until("sms  +86-15201657312  REGISTER_SMS  code ");
  expect(server.printed()).toMatch(/^sms {2}\+86-15201657312 {2}REGISTER_SMS {2}code \d{6} {2}\(good for 300 s\)$/m);
});

test("a message of another sandbox is printed with its client id", async () => {
  const server = started();
  const url = await readyUrl(server);
  const { client_id } = (await (await post(`${url}/__testkit/sandboxes`, {})).json()) as { client_id: string };
  await sendCode(url, { "x-client-id": client_id });
  await server.until(`in ${client_id}`);
});

test("--quiet prints no messages", async () => {
  const server = started("--quiet");
  const url = await readyUrl(server);
  await sendCode(url);
  expect(await (await fetch(`${url}/__testkit/messages`)).json()).toMatchObject({ messages: [{ id: "1" }] });
  expect(server.printed()).not.toContain("REGISTER_SMS");
});

test("SIGTERM ends serve with exit code 0, even while a client waits for a message", async () => {
  const server = started();
  const url = await readyUrl(server);
  const waiting = fetch(`${url}/__testkit/messages?wait=60`).catch(() => "closed");
  await fetch(`${url}/__testkit`);
  server.signal("SIGTERM");
  expect(await server.ended).toBe(0);
  expect(await waiting).toBe("closed");
});

test("--control-token closes the control API to requests without the token", async () => {
  const server = started("--control-token", "s3cret");
  const url = await readyUrl(server);
  expect((await fetch(`${url}/__testkit`)).status).toBe(401);
  expect((await fetch(`${url}/__testkit`, { headers: { authorization: "Bearer s3cret" } })).status).toBe(200);
});

test("a port in use is reported clearly", async () => {
  const server = started();
  const { port } = new URL(await readyUrl(server));
  const { exitCode, err } = await command("serve", "--port", port);
  expect(exitCode).toBe(1);
  expect(err).toBe(
    `ciam-testkit: 127.0.0.1:${port} is in use. Choose another port with --port, or any free one with --port 0.\n`,
  );
});

test("a network address requires a control token", async () => {
  const { exitCode, err } = await command("serve", "--host", "0.0.0.0", "--port", "0");
  expect(exitCode).toBe(1);
  expect(err).toContain(
    "the control API needs a control token there. Add --control-token-file <file>, or set CIAM_TESTKIT_CONTROL_TOKEN.",
  );
});

test.each([
  [["serve", "--prot", "1"], "Unknown option '--prot'"],
  [["serve", "--port", "eighty"], '--port must be a number from 0 to 65535, not "eighty"'],
  [["serve", "--port", "65536"], '--port must be a number from 0 to 65535, not "65536"'],
  [["serve", "--port"], "argument missing"],
  [["serve", "here"], 'unexpected argument "here": serve takes options only'],
  [["server"], 'unknown command "server": expected serve or verify'],
  [["--quiet"], "the command is missing: serve or verify"],
])("%j is wrong usage: exit code 2 and a hint", async (args, words) => {
  const { exitCode, err, out } = await command(...args);
  expect(exitCode).toBe(2);
  expect(err).toContain(words);
  expect(err).toContain("Try: ciam-testkit --help\n");
  expect(out).toBe("");
});

test.each([[["--help"]], [["serve", "--help"]], [["-h"]], [[]]])("%j prints the help", async (args) => {
  const { exitCode, out } = await command(...args);
  expect(exitCode).toBe(0);
  for (const option of ["--port", "--host", "--seed", "--control-token", "--quiet"]) expect(out).toContain(option);
});

test("--version prints the version of package.json", async () => {
  expect(await command("--version")).toMatchObject({ exitCode: 0, out: "0.1.0\n" });
});
