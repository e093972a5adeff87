/** Commands and snippets of README, tutorials, guides and reference, in a project that has the packed package. */
import { access, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { expect, test } from "vitest";
import { linkedProject } from "../support/package/linked-project.ts";
import { type Project, packedForTests } from "../support/package/packed.ts";
import { block } from "../support/package/readme.ts";
import { PROJECT, plainEnvironment, running } from "../support/package/scratch.ts";

const MINUTES = 60_000;
const require = createRequire(import.meta.url);
const TSC = require.resolve("typescript/bin/tsc");
const PRISM = join(PROJECT, "node_modules/@stoplight/prism-cli/dist/index.js");

const TSCONFIG = {
  strict: true,
  module: "NodeNext",
  target: "ES2023",
  lib: ["ES2023", "DOM"],
  types: [],
  noEmit: true,
  skipLibCheck: true,
};

const pack = packedForTests();

/** Runs the command in the project, on any free port, until it is ready. */
async function ready({ folder, env }: Project, command: string) {
  const mock = running("bash", ["-c", `exec ${command.trim()} --port 0`], { cwd: folder, env });
  await mock.until("good for");
  const [, url = ""] = /is ready at (\S+)/.exec(mock.printed()) ?? [];
  return { ...mock, url };
}

test("the README's two lines install the package and serve the inspector", {
  timeout: MINUTES,
}, async () => {
  const [install, serve = ""] = (await block("readme: start", "sh", "README.md")).split("\n");
  // package.test.ts installs the packed file; the tutorials begin with the same lines.
  expect(install).toBe("npm install --save-dev ciam-testkit");
  expect(await block("test: install", "sh", "docs/tutorials/test.md")).toBe(`${install}\n`);
  expect(await block("curl: start", "sh", "docs/tutorials/curl.md")).toBe(`${serve}\n`);

  const { url, printed } = await ready(await linkedProject(pack()), serve);
  const page = await fetch(`${url}/__testkit/`, { headers: { accept: "text/html" } });
  expect(await page.text()).toContain("<!doctype html>");
  const shown = await block("curl: started", "text", "docs/tutorials/curl.md");
  for (const line of shown
    .trimEnd()
    .split("\n")
    .filter((one) => one.trim() !== "...")) {
    expect(printed().replaceAll(url, "http://127.0.0.1:4010")).toContain(line);
  }
});

test("the command of the guide to the server keeps its state in the file", {
  timeout: MINUTES,
}, async () => {
  const made = await linkedProject(pack());
  const command = await block("serve: command", "sh", "docs/guides/serve.md");
  const mock = await ready(made, command.replace("--port 4010", ""));
  await fetch(`${mock.url}/__testkit/clock`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: '{"advance_seconds":60}',
  });
  mock.signal("SIGTERM");
  // npx ends by the signal; the mock behind it first writes its state.
  await mock.ended;
  await access(join(made.folder, ".ciam-state.json"));
});

test("the command of the guide to the server listens on every address with a control token", {
  timeout: MINUTES,
}, async () => {
  const [create = "", command = ""] = (await block("serve: token", "sh", "docs/guides/serve.md")).split("\n");
  const made = await linkedProject(pack());
  await made.run("bash", "-c", create);
  const { url } = await ready(made, command);
  const address = `${url.replace("0.0.0.0", "127.0.0.1")}/__testkit`;
  const token = (await readFile(join(made.folder, "control-token"), "utf8")).trim();
  expect((await fetch(address)).status).toBe(401);
  expect((await fetch(address, { headers: { authorization: `Bearer ${token}` } })).status).toBe(200);
});

test("the snippets for magic values and policy print the documented output and type-check", {
  timeout: MINUTES,
}, async () => {
  const made = await linkedProject(pack());
  const snippets = {
    "magic-values.ts": await block("magic values", "ts", "docs/guides/magic-values.md"),
    "policy.ts": await block("policy", "ts", "docs/reference/policy.md"),
  };
  await made.write("console.d.ts", "declare const console: { log(...things: unknown[]): void };\n");
  await made.write("tsconfig.json", JSON.stringify({ compilerOptions: TSCONFIG }));
  for (const [file, snippet] of Object.entries(snippets)) {
    await made.write(file, snippet);
    expect((await made.run(process.execPath, file)).trim()).toBe(/(?<=^\/\/ ).*$/m.exec(snippet)?.[0]);
  }
  await made.run(process.execPath, TSC, "-p", ".");
});

test("Prism alone returns the error that the request names, in the requested language", {
  timeout: MINUTES,
}, async () => {
  const { folder } = await linkedProject(pack());
  const command = (await block("prism: alone", "sh", "docs/guides/prism.md")).trim();
  const npx = `npx() { shift; "${process.execPath}" "${PRISM}" "$@"; }`;
  const env = { ...plainEnvironment(), SCARF_ANALYTICS: "false" };
  const prism = running("bash", ["-c", `${npx}; ${command} --port 0`], { cwd: folder, env });
  await prism.until("Prism is listening on");
  const [, url = ""] = /Prism is listening on (\S+)/.exec(prism.printed()) ?? [];
  const asked = async (example: string) => {
    const headers = {
      "X-operating-sys-version": "macos15",
      "X-device-fingerprint": "156aysdna213sc50",
      "X-agent": "prism",
      "X-client-id": "nTo1eRIub60vPb54WeE6aojPwYwImtl4",
      Authorization: "Bearer any",
      "content-type": "application/json",
      Prefer: `code=400, example=${example}`,
    };
    const body = JSON.stringify({ mobile: "15201657312", verify_code: "123456" });
    return (await fetch(`${url}/api/v2/sdk/profile/update-mobile`, { method: "POST", headers, body })).json();
  };
  expect(await asked("IDAAS.SDK.CAPTCHA.0007")).toMatchObject({ error_msg: "Incorrect verification code" });
  expect(await asked("IDAAS.SDK.CAPTCHA.0007-zh")).toMatchObject({ error_msg: "验证码不正确" });
});
