/** The guides' snippets for Vite, Playwright and the client, in projects that have installed the package. */
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { createMock } from "../../mocks/index.ts";
import { assertChromium, CHROMIUM_FLAGS } from "../support/browser/chromium.ts";
import { served } from "../support/mock/served.ts";
import { linkedProject } from "../support/package/linked-project.ts";
import { packedForTests } from "../support/package/packed.ts";
import { block } from "../support/package/readme.ts";
import { PROJECT } from "../support/package/scratch.ts";
import { expectMockIn } from "../support/package/vite-project.ts";

const MINUTES = 60_000;
const APP = join(PROJECT, "test/browser/playwright/app.html");
const TSC = createRequire(import.meta.url).resolve("typescript/bin/tsc");
const TSCONFIG = {
  compilerOptions: { strict: true, module: "NodeNext", target: "ES2023", noEmit: true, skipLibCheck: true },
};

const pack = packedForTests();

test.for(["8"])(
  "Vite %s has the mock in its dev server and its preview, as the guide says",
  {
    timeout: 5 * MINUTES,
  },
  async () => {
    await expectMockIn(await linkedProject(pack(), "vite"));
  },
);

/** The app of test/playwright on a port of its own; answers its address. */
async function appServer(): Promise<string> {
  const page = await readFile(APP);
  const server = createServer((_request, response) =>
    response.writeHead(200, { "content-type": "text/html" }).end(page),
  );
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

test("the guide's Playwright tests pass and type-check, as ESM and CommonJS, with worker and server", {
  timeout: 5 * MINUTES,
}, async ({ skip }) => {
  const executablePath = assertChromium(skip);
  const made = await linkedProject(pack(), "@playwright/test");
  const { url: server } = await served(createMock());
  const config = {
    workers: 2,
    fullyParallel: true,
    timeout: MINUTES,
    expect: { timeout: 20_000 },
    use: { baseURL: await appServer(), launchOptions: { executablePath, args: CHROMIUM_FLAGS } },
    projects: [{ name: "in the worker" }, { name: "over a server", use: { ciamOptions: { server } } }],
  };
  await made.write("playwright.config.mjs", `export default ${JSON.stringify(config)};`);
  await made.write("change-number.spec.ts", await block("playwright", "ts", "docs/guides/playwright.md"));
  await made.write("tsconfig.json", JSON.stringify(TSCONFIG));
  await made.run(process.execPath, TSC, "-p", ".");
  for (const type of ["module", "commonjs"]) {
    const manifest = JSON.parse(await readFile(join(made.folder, "package.json"), "utf8"));
    await made.write("package.json", JSON.stringify({ ...manifest, type }));
    const printed = await made.run(join(made.folder, "node_modules/.bin/playwright"), "test");
    expect(printed).toContain("4 passed");
  }
});

test("the guide's client snippet prints the documented output", { timeout: 5 * MINUTES }, async () => {
  const made = await linkedProject(pack());
  const { url } = await served(createMock());
  const snippet = await block("client", "ts", "docs/guides/client.md");
  await made.write("snippet.mjs", snippet.replace("http://127.0.0.1:4010", url));
  const printed = await made.run(process.execPath, "snippet.mjs");
  expect(printed.trim()).toBe(/(?<=^\/\/ ).*$/m.exec(snippet)?.[0]);
});
