/** The package as its users get it: packed, installed into an empty project, imported, type-checked, started. */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { expect, test } from "vitest";
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

const TSCONFIG = {
  compilerOptions: {
    strict: true,
    module: "NodeNext",
    target: "ES2023",
    lib: ["ES2023", "DOM"],
    types: [],
    noEmit: true,
    skipLibCheck: false,
    exactOptionalPropertyTypes: true,
  },
  include: ["*.ts"],
};

test("the packed package installs into an empty project, where types resolve, imports run and the command starts", {
  timeout: 5 * MINUTES,
}, async ({ skip }) => {
  const folder = await scratchFolder();
  const env = environmentWithNode();
  const inFolder = (command: string, ...args: string[]) => output(command, args, { cwd: folder, env });
  const snippet = await block("snippet", "ts");

  const [packed] = JSON.parse(
    await output("npm", ["pack", "--json", "--pack-destination", folder], { cwd: PROJECT, env }),
  );
  await writeFile(join(folder, "package.json"), JSON.stringify({ private: true, type: "module" }));
  await withRegistry(skip, () => inFolder("npm", "install", "--no-audit", "--no-fund", packed.filename));

  await writeFile(join(folder, "tsconfig.json"), JSON.stringify(TSCONFIG));
  await writeFile(join(folder, "consumer.ts"), CONSUMER);
  await writeFile(
    join(folder, "snippet.ts"),
    `declare const console: { log(...things: unknown[]): void };\n${snippet}`,
  );
  await inFolder(process.execPath, TSC, "-p", ".");

  await writeFile(join(folder, "snippet.mjs"), snippet);
  const [expected] = /(?<=^\/\/ )400 .*$/m.exec(snippet) ?? [];
  expect((await inFolder(process.execPath, "snippet.mjs")).trim()).toBe(expected);

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

test("the package holds what is built and nothing else", { timeout: 2 * MINUTES }, async () => {
  const folder = await scratchFolder();
  await mkdir(join(folder, "pack"));
  const args = ["pack", "--json", "--ignore-scripts", "--dry-run"];
  const [packed] = JSON.parse(await output("npm", args, { cwd: PROJECT, env: environmentWithNode() }));
  const paths: string[] = packed.files.map((file: { path: string }) => file.path);
  const unexpected = paths.filter((path) => !/^(dist\/|README\.md$|LICENSE$|package\.json$)/.test(path));
  expect(unexpected).toEqual([]);
  expect(paths.filter((path) => path.includes("/tools/"))).toEqual([]);
});
