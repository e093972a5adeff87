/** The guide's set-ups for Jest 29: with ES modules, and compiled to CommonJS by Babel. */
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { stripTypeScriptTypes } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { type Project, packedForTests, projectIn } from "../support/package/packed.ts";
import { block } from "../support/package/readme.ts";
import { running, withRegistry } from "../support/package/scratch.ts";

const MINUTES = 60_000;
const PAGE = "docs/guides/msw-in-node.md";
// What the guide says to install; msw 3 cannot be compiled to CommonJS.
const OTHERS = ["msw@^2.14.3", "jest@29", "babel-jest@29", "@babel/preset-env@7"];

/** Loads what a test of the guide does not: the pictures of the captcha, signed tokens, the readings of a name. */
const MORE = `
test("captcha, tokens and passwords load what they need", async () => {
  const { clientId, accounts, codes } = await mock.sandboxes.create();
  const { id } = await accounts.create({ mobile: "13800000000", name: "张三" });
  expect((await accounts.issueTokens(id)).idToken).toMatch(/^eyJ/);
  const headers = { "X-operating-sys-version": "a", "X-device-fingerprint": "b", "X-agent": "c", "X-client-id": clientId };
  const captcha = await fetch("https://idp.example.com/api/v2/sdk/captcha", { headers });
  expect((await captcha.json()).originalImageBase64).toMatch(/^iVBOR/);
  const code = await codes.plant({ to: "13800000000", scene: "FORGET_PWD_SMS" });
  const body = JSON.stringify({ mobile: "13800000000", verify_code: code, password: "Lamp-zhangsan-42" });
  const reset = await fetch("https://idp.example.com/api/v2/sdk/pwd/update-by-mobile", { method: "POST", headers, body });
  expect((await reset.json()).error_code).toBe("IDAAS.SDK.PWD.0003");
});
`;

const pack = packedForTests();
let project: Project | undefined;

afterAll(async () => {
  if (project !== undefined) await rm(project.folder, { recursive: true, force: true });
});

const tests = (await block("runner: vitest", "ts", PAGE)).replace(/^import .* from "vitest";\n/m, "");
const javaScript = stripTypeScriptTypes(tests) + MORE;

/** What Jest prints in a folder of the project with these files; it must end with 0. */
async function jest(
  skip: (note: string) => void,
  name: string,
  command: string,
  files: Record<string, string>,
): Promise<string> {
  project ??= await withRegistry(skip, async () =>
    projectIn(await mkdtemp(join(tmpdir(), "ciam-testkit-jest-29-")), pack(), ...OTHERS),
  );
  const cwd = join(project.folder, name);
  await mkdir(cwd);
  const all = { "printed.test.js": javaScript, ...files };
  for (const [file, text] of Object.entries(all)) await project.write(join(name, file), text);
  const npx = 'npx() { "../node_modules/.bin/$@"; }';
  const run = running("bash", ["-c", `${npx}; ${command}`], { cwd, env: { ...project.env, NO_COLOR: "1" } });
  const code = await run.ended;
  expect(code, run.printed()).toBe(0);
  return run.printed();
}

test("Jest 29 runs the tests as ES modules, with the flag", { timeout: 5 * MINUTES }, async ({ skip }) => {
  const command = (await block("runner: jest", "sh", PAGE)).trim();
  const printed = await jest(skip, "modules", command, { "package.json": '{ "type": "module" }' });
  expect(printed).toContain("3 passed, 3 total");
});

test("Jest 29 runs the tests as CommonJS, compiled by Babel with the guide's configuration", {
  timeout: 5 * MINUTES,
}, async ({ skip }) => {
  const files = {
    "package.json": "{}",
    "jest.config.js": await block("runner: jest 29, Babel", "js", PAGE),
    "babel.config.js": await block("runner: jest 29, Babel preset", "js", PAGE),
  };
  expect(await jest(skip, "babel", "npx jest", files)).toContain("3 passed, 3 total");
});
