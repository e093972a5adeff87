/** A target in its own file: its exports are its capabilities, and every mistake in it gets a clear message. */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { expect, onTestFinished, test } from "vitest";
import { openRun } from "../../../contracts/runner/run.ts";
import { packagedSpec } from "../../../contracts/spec/spec-file.ts";
import { type ModuleTargetOptions, moduleTarget } from "../../../contracts/target/module-target.ts";
import {
  type AccountSeed,
  capabilitiesOf,
  TARGET_FUNCTIONS,
  type Target,
  type TargetAccount,
} from "../../../contracts/target/target.ts";
import { createMock } from "../../../mocks/index.ts";
import { scratchFolder } from "../../support/package/scratch.ts";

/** A module with this text; returns its path. */
async function moduleFile(text: string, name = "target.ts"): Promise<string> {
  const file = join(await scratchFolder(), name);
  await writeFile(file, text);
  return file;
}

async function loaded(text: string, options: Partial<ModuleTargetOptions> = {}, name?: string) {
  return moduleTarget({ file: await moduleFile(text, name), ...options });
}

const BASE = 'baseUrl: "http://ciam.test"';

test.each([
  [
    "TypeScript",
    "target.ts",
    'interface A { readonly id: string }\nexport default { name: "ts", BASE, readAccount: async (id: string): Promise<A> => ({ id }) };',
  ],
  ["JavaScript", "target.mjs", 'export default { name: "mjs", BASE, readAccount: async (id) => ({ id }) };'],
  ["CommonJS", "target.cjs", 'module.exports = { name: "cjs", BASE, readAccount: async (id) => ({ id }) };'],
])("a module in %s is a target", async (_what, name, text) => {
  const target = await loaded(text.replace("BASE", BASE), {}, name);
  expect(target).toMatchObject({ name: name.replace("target.", ""), baseUrl: "http://ciam.test" });
  expect(capabilitiesOf(target)).toEqual(["account-read", "unique-codes"]);
  expect(await target.readAccount?.("a")).toEqual({ id: "a" });
});

test("a module may import other files, and is named after its file", async () => {
  const file = await moduleFile('import { base } from "./base.ts";\nexport default { baseUrl: base as string };');
  await writeFile(join(file, "../base.ts"), 'export const base: string = "https://ciam.test";');
  expect(await moduleTarget({ file })).toEqual({ name: file, baseUrl: "https://ciam.test" });
});

test("the URL and client id of the command line replace those of the module", async () => {
  const text = `export default { ${BASE}, clientId: "own", headers: { "x-key": "k" }, codeSemantics: "fixed" };`;
  const own = { baseUrl: "http://ciam.test", clientId: "own", headers: { "x-key": "k" }, codeSemantics: "fixed" };
  expect(await loaded(text)).toMatchObject(own);
  const instead = { baseUrl: "http://127.0.0.1:8080", clientId: "other" };
  expect(await loaded(text, instead)).toMatchObject({ ...own, ...instead });
  expect(await loaded("export default {};", instead)).toMatchObject(instead);
});

test("any subset of the functions is offered as it is", async () => {
  const functions = TARGET_FUNCTIONS.map((name) => `async ${name}() { return "${name}"; }`);
  const property = fc.asyncProperty(fc.subarray(functions), fc.boolean(), async (some, fixed) => {
    const semantics = fixed ? 'codeSemantics: "fixed", ' : "";
    const written = `({ ${semantics}${BASE}, name: "x", ${some.join(", ")} })`;
    const plain = new Function(`return ${written}`)();
    const target = await moduleTarget({ file: await fileIn(folder, `export default ${written};`) });
    expect(capabilitiesOf(target)).toEqual(capabilitiesOf(plain));
    expect(Object.keys(target).sort()).toEqual(Object.keys(plain).sort());
  });
  const folder = await scratchFolder();
  await fc.assert(property, { numRuns: 20 });
});

let files = 0;

/** Each under its own name: Node loads a module once. */
async function fileIn(folder: string, text: string): Promise<string> {
  const file = join(folder, `target-${files++}.mjs`);
  await writeFile(file, text);
  return file;
}

test.each([
  [
    "no default export",
    "export const target = {};",
    "has no default export; write: export default defineTarget({...})",
  ],
  [
    "a function",
    "export default () => ({});",
    "exports a function by default; write: export default defineTarget({...})",
  ],
  [
    "a text",
    'export default "http://ciam.test";',
    "exports a string by default; write: export default defineTarget({...})",
  ],
  ["null", "export default null;", "exports null by default"],
  ["no baseUrl", 'export default { name: "x" };', "exports a target without a baseUrl"],
  [
    "a baseUrl without a scheme",
    'export default { baseUrl: "localhost:8080" };',
    'with an invalid baseUrl "localhost:8080"; it must begin with http:// or https://',
  ],
  [
    "a baseUrl that is none",
    'export default { baseUrl: "" };',
    'with an invalid baseUrl ""; it must begin with http:// or https://',
  ],
  [
    "a value that is not a function",
    `export default { ${BASE}, createAccount: "yes" };`,
    "exports a target whose createAccount is not a function",
  ],
  ["a throw", 'throw new Error("CIAM_INBOX_URL is not set");', "cannot be loaded: CIAM_INBOX_URL is not set"],
  ["a fault of syntax", "export default {\n  baseUrl: \n};", "cannot be loaded: "],
  ["an import of nothing", 'import "./nowhere.ts";\nexport default {};', "nowhere.ts"],
])("a module with %s is refused with a message", async (_what, text, words) => {
  const file = await moduleFile(text);
  const message = await moduleTarget({ file }).then(String, (error: Error) => error.message);
  expect(message.startsWith(`${file} `)).toBe(true);
  expect(message).toContain(words);
  // One line that any terminal and log can show.
  expect(message).toMatch(/^[\x20-\x7e]+$/);
});

test("a missing module is refused with its name", async () => {
  const file = join(await scratchFolder(), "nowhere.ts");
  await expect(moduleTarget({ file })).rejects.toThrow(`${file} cannot be loaded: `);
});

test("a target that is a class instance keeps its methods, fields and secrets", async () => {
  const text = `class Staging {
    #pool = ["a", "b"];
    baseUrl = "http://ciam.test";
    name = "staging";
    createAccount() { return { id: this.#pool.shift() }; }
    async openSandbox() { return new Staging(); }
  }
  export default new Staging();`;
  const target = await loaded(text);
  expect(capabilitiesOf(target)).toEqual(["sandboxes", "accounts", "unique-codes"]);
  const { createAccount } = target;
  expect(await createAccount?.({})).toEqual({ id: "a" });
  const sandbox = await target.openSandbox?.();
  expect([await sandbox?.createAccount?.({}), await createAccount?.({})]).toEqual([{ id: "a" }, { id: "b" }]);
});

test("a target in a user's own vitest run may also be a class instance", async () => {
  class Staging implements Target {
    readonly name = "staging";
    readonly baseUrl = "http://ciam.test";
    readonly fetch = createMock().fetch;
    readonly #accounts = new Map<string, TargetAccount>();
    async createAccount(seed: AccountSeed): Promise<TargetAccount> {
      const account = { id: `${this.#accounts.size}`, ...seed };
      this.#accounts.set(account.id, account);
      return account;
    }
    async readAccount(id: string): Promise<TargetAccount | undefined> {
      return this.#accounts.get(id);
    }
  }
  const run = await openRun(packagedSpec(), new Staging(), { seed: "this" });
  expect(run.facts).toMatchObject({ inconclusive: null, target: { capabilities: ["accounts", "account-read"] } });
});

test("a module that sets up the global fetch gets the requests to the API through it", async () => {
  onTestFinished(() => {
    Reflect.deleteProperty(globalThis, "ownFetch");
    globalThis.fetch = before;
  });
  const before = globalThis.fetch;
  Object.assign(globalThis, { ownFetch: async () => new Response("through it") });
  const target = await loaded(`globalThis.fetch = globalThis.ownFetch;\nexport default { ${BASE} };`);
  expect(await (await target.fetch?.("http://ciam.test", {}))?.text()).toBe("through it");
  const own = await loaded(
    `globalThis.fetch = () => undefined;\nexport default { ${BASE}, fetch: async () => new Response("own") };`,
  );
  expect(await (await own.fetch?.("http://ciam.test", {}))?.text()).toBe("own");
  expect(await loaded(`export default { ${BASE} };`)).not.toHaveProperty("fetch");
});

test("a function without a promise works, and one that throws is a rejection", async () => {
  const target = await loaded(
    `export default { ${BASE}, deleteAccount() {}, readAccount() { throw new Error("gone"); } };`,
  );
  expect(await target.deleteAccount?.("a").catch(() => "caught")).toBeUndefined();
  await expect(target.readAccount?.("a")).rejects.toThrow("gone");
});

test("a function that never returns ends in a timeout, and the run names it", async () => {
  const text = `export default { ${BASE}, name: "slow", fetch: async () => new Response("{}"), createAccount: () => new Promise(() => {}), readAccount: () => new Promise(() => {}) };`;
  const target = await loaded(text, { limitMs: 50 });
  await expect(target.createAccount?.({})).rejects.toThrow(
    "The target function createAccount did not return within 0.05 s",
  );
  const within = `export default { ${BASE}, openSandbox: async () => ({ readAccount: () => new Promise(() => {}) }) };`;
  const sandbox = await (await loaded(within, { limitMs: 50 })).openSandbox?.();
  await expect(sandbox?.readAccount?.("a")).rejects.toThrow(
    "The target function readAccount did not return within 0.05 s",
  );
  const run = await openRun(packagedSpec(), target, { seed: "slow" });
  expect(run.facts.inconclusive).toContain("The target function createAccount did not return within 0.05 s");
});
