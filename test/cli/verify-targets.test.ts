/** Targets of `ciam-testkit verify`: wrong ones, one behind a token, and a module. */
import { readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { createMock } from "../../mocks/index.ts";
import {
  startHanging,
  startHtml,
  startNotFound,
  startTls,
  startUnreachable,
  type WrongServer,
} from "../support/contracts/always-wrong.ts";
import { verified } from "../support/contracts/verifying.ts";
import { fakeServer } from "../support/mock/fake-server.ts";
import { served } from "../support/mock/served.ts";
import { PROJECT, scratchFolder } from "../support/package/scratch.ts";

const ONE = ["--only", "updateMobile/success", "--seed", "s"];

async function running(start: () => Promise<WrongServer>): Promise<string> {
  const { url, close } = await start();
  onTestFinished(close);
  return url;
}

test.each([
  ["no server listens", startUnreachable, "20", "refuses connections: no server listens there"],
  ["a server hangs", startHanging, "0.2", "did not respond within 0.2 s"],
  [
    "a TLS port is addressed without",
    startTls,
    "20",
    "closed the connection; if the port expects TLS, use https:// instead of http://",
  ],
] as const)("where %s, the run is inconclusive with one message", async (_what, start, timeout, words) => {
  const url = await running(start);
  const { exitCode, printed } = await verified([url, "--timeout", timeout, "--seed", "s"]);
  expect(exitCode).toBe(3);
  expect(printed.startsWith(`INCONCLUSIVE: ${url} ${words}\n`)).toBe(true);
  expect(printed.match(/^ERROR .*/gm)).toEqual([
    expect.stringMatching(new RegExp(`^ERROR  \\d+ cases: ${url} ${words}$`)),
  ]);
  expect(printed).not.toMatch(/ at .*\.ts:\d+/);
});

test("against a static file server every sendable case fails and all others are blocked", {
  timeout: 120_000,
}, async () => {
  const some = ["--only", "getCaptcha/success", "--only", "updateMobile/success"];
  const { exitCode, printed } = await verified([await running(startHtml), ...some]);
  expect(exitCode).toBe(1);
  expect(printed).toContain("\nFAIL  getCaptcha/success\n");
  expect(printed).toMatch(
    /\n {2}1 case needs account-read and accounts and codes and tokens:\n {4}updateMobile: success\n/,
  );
});

test("a run that could execute nothing is inconclusive, not a success", async () => {
  const { exitCode, printed } = await verified([await running(startHtml), ...ONE]);
  expect(exitCode).toBe(3);
  expect(printed).toMatch(/^INCONCLUSIVE: no case was executed/);
});

test("a control URL without the control protocol is inconclusive, with that message", async () => {
  const [url, control] = [await running(startHtml), await running(startNotFound)];
  const { exitCode, printed } = await verified([url, "--control", control, ...ONE]);
  expect(exitCode).toBe(3);
  expect(printed).toMatch(
    new RegExp(`^INCONCLUSIVE: ${control} does not speak the control protocol: it returned 404\n`),
  );
});

test("verify drives a target with its control token and the given client id", async () => {
  const mock = createMock({ clientId: "our-own-application" });
  const { url } = await served(mock, { controlToken: "s3cret" });
  const { exitCode, printed } = await verified([
    url,
    "--control-token",
    "s3cret",
    "--client-id",
    "our-own-application",
    ...ONE,
  ]);
  expect(printed).toContain("1 case: 1 passed");
  expect(exitCode).toBe(0);
});

test("verify goes through the proxy of the environment if Node is told to", async () => {
  const asked: string[] = [];
  const proxy = await fakeServer(({ path }) => {
    asked.push(path);
    return { status: 404 };
  });
  await verified(["http://api.test", ...ONE], { NODE_USE_ENV_PROXY: "1", HTTP_PROXY: proxy, NO_PROXY: "" });
  expect(asked[0]).toBe("http://api.test/__testkit");
  expect(asked.filter((url) => url.startsWith("http://api.test/api/")).length).toBeGreaterThan(0);
});

test("a module drives a target, and its console output is shown", async () => {
  const { url } = await served(createMock());
  const folder = await scratchFolder();
  const file = join(folder, "ours.ts");
  const control = (path: string) => `await (await fetch("${url}/__testkit/${path}`;
  await writeFile(
    file,
    `export default {
      name: "ours", baseUrl: "${url}", operations: ["updateMobile"],
      async createAccount(seed: object) {
        console.log("creating an account");
        return ${control("accounts")}", { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(seed) })).json();
      },
      async readAccount(id: string) { return ${control('accounts/" + id')})).json(); },
      async issueTokens(id: string) {
        const tokens = ${control('accounts/" + id + "/tokens"')}, { method: "POST", headers: { "content-type": "application/json" }, body: "{}" })).json();
        return { idToken: tokens.id_token };
      },
      async plantCode(order: object) {
        return (${control("codes")}", { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ ...order, expiresIn: undefined }) })).json()).code;
      },
    };`,
  );
  const report = join(folder, "report.json");
  const { exitCode, printed } = await verified(["--target", file, ...ONE, "--report", `json=${report}`]);
  expect(printed).toContain("ours at ");
  expect(printed).toContain("creating an account");
  expect(exitCode).toBe(0);
  expect(JSON.parse(await readFile(report, "utf8")).target).toMatchObject({
    name: "ours",
    operations: ["updateMobile"],
  });
});

/** A target that conforms, with more code in its module. */
async function moduleBeside(more: string): Promise<string> {
  const { url } = await served(createMock());
  const file = join(await scratchFolder(), "target.mts");
  const target = pathToFileURL(join(PROJECT, "contracts/target/index.ts"));
  await writeFile(
    file,
    `import { controlTarget } from "${target}";\n${more}\nexport default await controlTarget({ baseUrl: "${url}" });`,
  );
  return file;
}

test.each([
  ["an unhandled rejection", 'void Promise.reject(new Error("forgotten"));'],
  ["an exception in a timer", 'setTimeout(() => { throw new Error("forgotten"); });'],
])("a module with %s gets its results, but no success", async (_what, more) => {
  const { exitCode, printed } = await verified(["--target", await moduleBeside(more), ...ONE]);
  expect(printed).toMatch(/^ciam-testkit: an error outside the cases: Error: forgotten\n {4}at .*target\.mts/m);
  expect(printed).toMatch(/^INCONCLUSIVE: 1 error outside the cases; standard error shows the text$/m);
  expect(printed).toContain("1 case: 1 passed");
  expect(exitCode).toBe(3);
});

test("a module that leaves a timer running does not keep verify from ending", async () => {
  const file = await moduleBeside("setInterval(() => undefined, 1_000);");
  expect(await verified(["--target", file, ...ONE])).toMatchObject({ exitCode: 0 });
});

test.each([
  ["ours.ts", 'import "node:fs";', "name the file ours.mts"],
  ["ours.js", "export default {};", "name the file ours.mjs"],
  ["ours.mts", "enum A { B }", "Node only removes types: write it without enums, namespaces and parameter properties"],
  ["ours.mts", 'import "./accounts";', 'An import of a file needs its extension, such as "./accounts.ts"'],
])("%s with %j in a commonjs project does not load, and the message says what to do", async (name, text, words) => {
  const folder = await scratchFolder();
  await writeFile(join(folder, "package.json"), '{ "type": "commonjs" }');
  await writeFile(join(folder, name), text);
  const { exitCode, printed } = await verified(["--target", join(folder, name), ...ONE]);
  expect(printed).toMatch(new RegExp(`^INCONCLUSIVE: .*${name} cannot be loaded: .*${words}$`, "m"));
  expect(exitCode).toBe(3);
});

test("a report that cannot be written gives exit code 2, and the others are written", async () => {
  const folder = await scratchFolder();
  const url = await running(startUnreachable);
  const good = join(folder, "good.json");
  const { exitCode, printed } = await verified([
    url,
    ...ONE,
    "--report",
    `junit=${folder}`,
    "--report",
    `json=${good}`,
  ]);
  expect(exitCode).toBe(2);
  expect(printed).toContain(`INCONCLUSIVE: ${url} refuses connections`);
  expect(printed).toContain("\nciam-testkit: the report cannot be written: EISDIR");
  expect((await stat(good)).size).toBeGreaterThan(0);
});
