/** The package as its users get it: packed, installed into an empty project, imported, type-checked, started. */
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { block } from "./support/readme.ts";
import { environmentWithNode, output, PROJECT, running, scratchFolder, withRegistry } from "./support/scratch.ts";

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

let packed: { folder: string; file: string; paths: string[] };

beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), "ciam-testkit-package-"));
  const args = ["pack", "--json", "--pack-destination", folder];
  const [{ filename, files }] = JSON.parse(await output("npm", args, { cwd: PROJECT, env: environmentWithNode() }));
  packed = { folder, file: join(folder, filename), paths: files.map((file: { path: string }) => file.path) };
}, 2 * MINUTES);

afterAll(() => rm(packed.folder, { recursive: true, force: true }));

/** An empty project with the package, and what else is named, installed. */
async function project(skip: (note: string) => void, ...others: string[]) {
  const folder = await scratchFolder();
  const env = environmentWithNode();
  const inFolder = (command: string, ...args: string[]) => output(command, args, { cwd: folder, env });
  const write = (name: string, text: string) => writeFile(join(folder, name), text);
  await write("package.json", JSON.stringify({ private: true, type: "module" }));
  const install = ["install", "--no-audit", "--no-fund", "--ignore-scripts", packed.file, ...others];
  await withRegistry(skip, () => inFolder("npm", ...install));
  return { folder, env, inFolder, write };
}

/** What the snippet says in its last line that it prints. */
function promised(snippet: string): string | undefined {
  return /(?<=^\/\/ )400 .*$/m.exec(snippet)?.[0];
}

test("the packed package installs into an empty project, where types resolve, imports run and the command starts", {
  timeout: 5 * MINUTES,
}, async ({ skip }) => {
  const { folder, env, inFolder, write } = await project(skip);
  const snippet = await block("snippet", "ts");

  await write("tsconfig.json", JSON.stringify({ compilerOptions: { ...TSCONFIG, skipLibCheck: false } }));
  await write("consumer.ts", CONSUMER);
  await write("snippet.ts", CONSOLE + snippet);
  await inFolder(process.execPath, TSC, "-p", ".");

  await write("snippet.mjs", snippet);
  expect((await inFolder(process.execPath, "snippet.mjs")).trim()).toBe(promised(snippet));

  const installed = join(folder, "node_modules", "ciam-testkit");
  expect(await readFile(join(installed, "dist/openapi.yaml"), "utf8")).toContain("IDAAS.SDK.PWD.0007-zh:");
  const resolve =
    'console.log(["openapi.yaml", "control.yaml"].map((n) => import.meta.resolve("ciam-testkit/" + n)).join())';
  expect(await inFolder(process.execPath, "--input-type=module", "-e", resolve)).toMatch(
    /openapi\.yaml,.*control\.yaml/,
  );

  const command = join(folder, "node_modules/.bin/ciam-testkit");
  expect(await inFolder(command, "--version")).toBe("0.1.0\n");
  const server = running(command, ["serve", "--port", "0"], { cwd: folder, env });
  await server.until("is ready at");
  const [url] = /http:\/\/127\.0\.0\.1:\d+/.exec(server.printed()) ?? [];
  expect(await (await fetch(`${url}/__testkit`)).json()).toMatchObject({ protocol: "1", version: "0.1.0" });
});

test.for([
  ["server", []],
  ["msw", ["msw@3"]],
  ["msw", ["msw@^2.14.3"]],
  ["prism", ["@stoplight/prism-http@5", "@stoplight/prism-http-server@5"]],
] as const)(
  "the README's snippet for the door %s runs and type-checks in a project with %j",
  {
    timeout: 5 * MINUTES,
  },
  async ([door, others], { skip }) => {
    const { inFolder, write } = await project(skip, ...others);
    const snippet = await block(`door: ${door}`, "ts");

    // The libraries' own declarations are theirs to keep free of errors.
    await write("tsconfig.json", JSON.stringify({ compilerOptions: { ...TSCONFIG, skipLibCheck: true } }));
    await write("snippet.ts", CONSOLE + snippet);
    await inFolder(process.execPath, TSC, "-p", ".");

    await write("snippet.mjs", snippet);
    const printed = promised(snippet);
    expect(printed).toBeDefined();
    expect((await inFolder(process.execPath, "snippet.mjs")).trim()).toBe(printed);
  },
);

test("nothing that the package's main module reaches imports from Node", async () => {
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
  await reach(new URL("../mocks/index.ts", import.meta.url));
  expect([...seen].map((href) => href.split("/mocks/")[1])).toContain("http/control/control.ts");
});

test("the package holds what is built and nothing else", () => {
  const unexpected = packed.paths.filter((path) => !/^(dist\/|README\.md$|LICENSE$|package\.json$)/.test(path));
  expect(unexpected).toEqual([]);
  expect(packed.paths.filter((path) => path.includes("/tools/"))).toEqual([]);
});
