/** The package as its users get it: packed, installed into an empty project, imported, type-checked, started. */
import { readdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join, relative } from "node:path";
import { expect, test } from "vitest";
import { readSpec } from "../../contracts/spec/read-spec.ts";
import type { Spec } from "../../contracts/spec/types.ts";
import { type Linked, linkedProject } from "../support/package/linked-project.ts";
import { emptyProject, packedForTests } from "../support/package/packed.ts";
import { block } from "../support/package/readme.ts";
import { output, PROJECT, running } from "../support/package/scratch.ts";

const MINUTES = 60_000;
const TSC = createRequire(import.meta.url).resolve("typescript/bin/tsc");

const CONSUMER = `
import { createMock, type Message, type Mock } from "ciam-testkit";
import { type RunningServer, serve } from "ciam-testkit/server";

export const mock: Mock = createMock({ seed: "types" });
export const server: Promise<RunningServer> = serve(mock, { port: 0 });
export const message: Promise<Message> = mock.messages.wait({ to: "15201657312" });
// @ts-expect-error the clock takes no weeks
void mock.clock.advance({ weeks: 1 });
`;

const CONSOLE = "declare const console: { log(...things: unknown[]): void };\n";

const TSCONFIG = {
  strict: true,
  module: "NodeNext",
  target: "ES2023",
  lib: ["ES2023", "DOM"],
  types: [],
  noEmit: true,
  exactOptionalPropertyTypes: true,
};

const pack = packedForTests();

/** The output that the snippet's last line documents. */
function promised(snippet: string): string | undefined {
  return /(?<=^\/\/ )400 .*$/m.exec(snippet)?.[0];
}

test("the package installs into an empty project: types resolve, imports run, the command starts", {
  timeout: 5 * MINUTES,
}, async ({ skip }) => {
  const { folder, env, run, write } = await emptyProject(skip, pack());
  const snippet = await block("snippet", "ts", "docs/tutorials/test.md");

  await write("tsconfig.json", JSON.stringify({ compilerOptions: { ...TSCONFIG, skipLibCheck: false } }));
  await write("consumer.ts", CONSUMER);
  await write("snippet.ts", CONSOLE + snippet);
  await run(process.execPath, TSC, "-p", ".");

  await write("snippet.mjs", snippet);
  expect((await run(process.execPath, "snippet.mjs")).trim()).toBe(promised(snippet));

  const installed = join(folder, "node_modules", "ciam-testkit");
  expect(await readFile(join(installed, "dist/openapi.yaml"), "utf8")).toContain("IDAAS.SDK.PWD.0007-zh:");
  const resolve =
    'console.log(["openapi.yaml", "control.yaml"].map((n) => import.meta.resolve("ciam-testkit/" + n)).join())';
  expect(await run(process.execPath, "--input-type=module", "-e", resolve)).toMatch(/openapi\.yaml,.*control\.yaml/);

  const command = join(folder, "node_modules/.bin/ciam-testkit");
  expect(await run(command, "--version")).toBe("0.1.0\n");
  const server = running(command, ["serve", "--port", "0"], { cwd: folder, env });
  await server.until("is ready at");
  const [url] = /http:\/\/127\.0\.0\.1:\d+/.exec(server.printed()) ?? [];
  expect(await (await fetch(`${url}/__testkit`)).json()).toMatchObject({ protocol: "1", version: "0.1.0" });
  const page = await fetch(`${url}/__testkit/`, { headers: { accept: "text/html" } });
  for (const [, file] of (await page.text()).matchAll(/"(inspector\/[\w./-]+)"/g)) {
    expect((await fetch(`${url}/__testkit/${file}`)).status, file).toBe(200);
  }
});

test.for<[adapter: string, guide: string, others: readonly string[], linked: readonly Linked[]]>([
  ["server", "serve", [], []],
  ["msw", "msw-in-node", ["msw@3"], ["msw"]],
  ["msw", "msw-in-node", ["msw@^2.14.3"], [["msw", "msw2"]]],
  ["prism", "prism", ["@stoplight/prism-http@5"], ["@stoplight/prism-http"]],
])(
  "the snippet for the adapter %s of the guide %s runs and type-checks in a project with %j",
  {
    timeout: 5 * MINUTES,
  },
  async ([adapter, guide, , linked]) => {
    const { run, write } = await linkedProject(pack(), ...linked);
    const snippet = await block(`adapter: ${adapter}`, "ts", `docs/guides/${guide}.md`);

    // The libraries' own declarations are theirs to keep free of errors.
    await write("tsconfig.json", JSON.stringify({ compilerOptions: { ...TSCONFIG, skipLibCheck: true } }));
    await write("snippet.ts", CONSOLE + snippet);
    await run(process.execPath, TSC, "-p", ".");

    await write("snippet.mjs", snippet);
    const printed = promised(snippet);
    expect(printed).toBeDefined();
    expect((await run(process.execPath, "snippet.mjs")).trim()).toBe(printed);
  },
);

test("verify needs no other package, for a URL and for a TypeScript module in a commonjs project", {
  timeout: 5 * MINUTES,
}, async () => {
  const { folder, env, write } = await linkedProject(pack());
  const command = join(folder, "node_modules/.bin/ciam-testkit");
  const server = running(command, ["serve", "--port", "0"], { cwd: folder, env });
  await server.until("inspector");
  const [url = ""] = /http:\S+/.exec(server.printed()) ?? [];
  const verified = async (...args: readonly string[]) => {
    const verify = running(command, ["verify", ...args, "--only", "updateMobile/success"], { cwd: folder, env });
    return { code: await verify.ended, printed: verify.printed() };
  };
  expect(await verified(url)).toMatchObject({ code: 0, printed: expect.stringContaining("1 case: 1 passed") });

  await write("package.json", '{ "type": "commonjs" }');
  const module = (entry: string) =>
    `import { controlTarget, type Target } from "${entry}";\nexport default (await controlTarget({ baseUrl: "${url}" })) as Target;\n`;
  await write("target.mts", module("ciam-testkit/target"));
  expect(await verified("--target", "target.mts")).toMatchObject({ code: 0 });
  await write("with-vitest.mts", module("ciam-testkit/contract"));
  expect(await verified("--target", "with-vitest.mts")).toMatchObject({
    code: 3,
    printed: expect.stringContaining('Import from "ciam-testkit/target" instead'),
  });
});

test("the contract suite reads the same from the published and the hand-written openapi.yaml", async () => {
  const published = await output("tar", ["-xOzf", pack().file, "package/dist/openapi.yaml"], { cwd: PROJECT });
  const written = await readFile(join(PROJECT, "openapi.yaml"), "utf8");
  expect(published).not.toBe(written);
  expect(saidBy(readSpec(written)).operations.length).toBeGreaterThan(0);
  expect(saidBy(readSpec(published))).toEqual(saidBy(readSpec(written)));
});

function saidBy({ version, operations, secretFields, textsOf, schema }: Spec) {
  const codes = operations.flatMap(({ errors }) => [...errors.values()].map(({ code }) => code));
  const { schemas } = schema("")["components"] as { readonly schemas: unknown };
  return { version, operations, secretMembers: secretFields, texts: codes.map(textsOf), schemas };
}

test("no module that the main module imports uses Node", async () => {
  const seen = new Set<string>();
  const reach = async (file: URL): Promise<void> => {
    if (seen.has(file.href)) return;
    seen.add(file.href);
    const source = await readFile(file, "utf8");
    for (const [, specifier = ""] of source.matchAll(/(?:from|import\()\s*"([^"]+)"/g)) {
      expect(specifier, file.href).not.toMatch(/^node:/);
      if (specifier.startsWith(".")) await reach(new URL(specifier, file));
    }
  };
  await reach(new URL("../../mocks/index.ts", import.meta.url));
  expect([...seen].map((href) => href.split("/mocks/")[1])).toContain("control/dispatch.ts");
});

test("the package holds the build, the documentation, the two specifications and the examples, and nothing else", async () => {
  const { paths } = pack();
  const examples = await readdir(join(PROJECT, "contracts/examples"));
  const files = await readdir(join(PROJECT, "docs"), { recursive: true, withFileTypes: true });
  const documents = files
    .filter((file) => file.isFile() && !file.parentPath.endsWith("docs/tools"))
    .map((file) => relative(PROJECT, join(file.parentPath, file.name)));
  const expected = [
    ...["README.md", "CHANGELOG.md", "LICENSE", "package.json", "openapi.yaml"],
    ...["contracts/README.md", "contracts/control.yaml", ...examples.map((name) => `contracts/examples/${name}`)],
    ...documents,
  ];
  expect(paths.filter((path) => !path.startsWith("dist/")).sort()).toEqual(expected.sort());
  expect(paths.filter((path) => path.includes("/tools/"))).toEqual([]);
});

test("the command is bundled: of the package's other modules it imports the contract suite only", async () => {
  const files = pack().paths.filter((path) => path.startsWith("dist/cli/"));
  expect(files).toContain("dist/cli/main.js");
  const others = new Set<string>();
  for (const path of files) {
    const source = await output("tar", ["-xOzf", pack().file, `package/${path}`], { cwd: PROJECT });
    for (const [, specifier = ""] of source.matchAll(/(?:from|import\()\s*"(\.[^"]+)"/g))
      if (!/^(\.|\.\.\/contracts)\//.test(specifier)) others.add(specifier);
  }
  expect([...others]).toEqual([]);
});

test("the package holds all files of the inspector that a browser loads, and no others", async () => {
  const inFolder = await readdir(join(PROJECT, "mocks/ui/inspector"), { recursive: true });
  const expected = inFolder
    .filter((name) => /\.(html|css|ts|svg)$/.test(name))
    .map((name) => `dist/mocks/ui/inspector/${name.replace(/\.ts$/, ".js")}`);
  expect(
    pack()
      .paths.filter((path) => path.includes("/ui/inspector/") && !path.endsWith(".d.ts"))
      .sort(),
  ).toEqual(expected.sort());
});
