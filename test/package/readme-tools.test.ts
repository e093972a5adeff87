/** The README's snippets for Vite, Playwright and the client, in projects that have installed the package. */
import { copyFile, readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { expect, onTestFinished, test } from "vitest";
import { createMock } from "../../mocks/index.ts";
import { assertChromium, CHROMIUM_FLAGS } from "../support/browser/chromium.ts";
import { ask } from "../support/mock/dev-server.ts";
import { served } from "../support/mock/served.ts";
import { emptyProject, type Project, packedForTests } from "../support/package/packed.ts";
import { block } from "../support/package/readme.ts";
import { PROJECT, running } from "../support/package/scratch.ts";

const MINUTES = 60_000;
const APP = join(PROJECT, "test/browser/playwright/app.html");
const TSC = createRequire(import.meta.url).resolve("typescript/bin/tsc");
const TSCONFIG = {
  compilerOptions: { strict: true, module: "NodeNext", target: "ES2023", noEmit: true, skipLibCheck: true },
};

const pack = packedForTests();

/** Starts Vite's command and waits until it has printed its addresses, the mock's included. */
async function vite({ folder, env }: Project, ...args: string[]) {
  const process = running(join(folder, "node_modules/.bin/vite"), [...args, "--port", "0"], { cwd: folder, env });
  await process.until("id_token");
  const [, origin = ""] = /ciam-testkit: (http:\/\/[^/]+)/.exec(process.printed()) ?? [];
  return { ...process, origin };
}

/** Without colours, and with the port and the time that the README shows. */
function asShown(printed: string): string {
  return stripVTControlCharacters(printed)
    .replace(/localhost:\d+/g, "localhost:5173")
    .replace(/\d+:\d\d:\d\d [AP]M|\d\d:\d\d:\d\d/g, "10:24:31")
    .replace(/\[.*?\] /g, "");
}

test.for(["8", "6"])(
  "as the README says, Vite %s has the mock in its dev server and in its preview",
  {
    timeout: 5 * MINUTES,
  },
  async (major, { skip }) => {
    const made = await emptyProject(skip, pack(), `vite@${major}`);
    await made.write("vite.config.ts", await block("vite", "ts"));
    await made.write("tsconfig.json", JSON.stringify(TSCONFIG));
    await copyFile(APP, join(made.folder, "index.html"));
    await made.run(process.execPath, TSC, "-p", ".");

    const dev = await vite(made);
    const { captcha_token } = (await ask(dev.origin, "/__testkit/captcha-tokens", { sender: "15201657312" })).body;
    const order = { mobile: "15201657312", type: "UPDATE_MOBILE_SMS", captcha_token };
    expect(await ask(dev.origin, "/api/v2/sdk/sms/send", order)).toEqual({ status: 200, body: "" });
    await dev.until("UPDATE_MOBILE_SMS");
    const printed = asShown(dev.printed());
    for (const line of (await block("vite", "text")).trimEnd().split("\n")) {
      if (line !== "  ...") expect(printed).toContain(line);
    }

    // Vite makes all of its server anew, this plugin included; the message is still there. It may not watch the file at once.
    const config = await block("vite", "ts");
    let changes = 0;
    const restarted = async () => {
      await made.write("vite.config.ts", `${config}\n// change ${changes++}\n`);
      return dev.printed();
    };
    await expect.poll(restarted, { interval: 2_000, timeout: MINUTES }).toContain("server restarted.");
    const inbox = () => ask(dev.origin, "/__testkit/messages").catch(() => undefined);
    await expect.poll(async () => (await inbox())?.body.messages.length, { timeout: MINUTES }).toBe(1);
    dev.signal("SIGTERM");
    await dev.ended;

    await made.run(join(made.folder, "node_modules/.bin/vite"), "build");
    const preview = await vite(made, "preview");
    expect((await ask(preview.origin, "/")).body).toContain("<title>Change your number</title>");
    expect((await ask(preview.origin, "/__testkit/accounts/demo")).status).toBe(200);
    const inspector = await fetch(`${preview.origin}/__testkit/`, { headers: { accept: "text/html" } });
    expect(await inspector.text()).toContain("<!doctype html>");
    preview.signal("SIGTERM");
    await preview.ended;
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

test("the README's Playwright tests pass and type-check, as modules and as CommonJS, in the worker and over a server", {
  timeout: 5 * MINUTES,
}, async ({ skip }) => {
  const executablePath = assertChromium(skip);
  const made = await emptyProject(skip, pack(), "@playwright/test@1");
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
  await made.write("change-number.spec.ts", await block("playwright", "ts"));
  await made.write("tsconfig.json", JSON.stringify(TSCONFIG));
  await made.run(process.execPath, TSC, "-p", ".");
  for (const type of ["module", "commonjs"]) {
    const manifest = JSON.parse(await readFile(join(made.folder, "package.json"), "utf8"));
    await made.write("package.json", JSON.stringify({ ...manifest, type }));
    const printed = await made.run(join(made.folder, "node_modules/.bin/playwright"), "test");
    expect(printed).toContain("4 passed");
  }
});

test("the README's snippet for the client prints what it says", { timeout: 5 * MINUTES }, async ({ skip }) => {
  const made = await emptyProject(skip, pack());
  const { url } = await served(createMock());
  const snippet = await block("client", "ts");
  await made.write("snippet.mjs", snippet.replace("http://127.0.0.1:4010", url));
  const printed = await made.run(process.execPath, "snippet.mjs");
  expect(printed.trim()).toBe(/(?<=^\/\/ ).*$/m.exec(snippet)?.[0]);
});
