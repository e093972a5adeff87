/** What the guide says of Vite, in a project that has the package and one major version of Vite. */
import { copyFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { expect } from "vitest";
import { ask } from "../mock/dev-server.ts";
import type { Project } from "./packed.ts";
import { block } from "./readme.ts";
import { PROJECT, running } from "./scratch.ts";

const MINUTES = 60_000;
const PAGE = "docs/guides/vite.md";
const APP = join(PROJECT, "test/browser/playwright/app.html");
const TSC = createRequire(import.meta.url).resolve("typescript/bin/tsc");
const TSCONFIG = {
  compilerOptions: { strict: true, module: "NodeNext", target: "ES2023", noEmit: true, skipLibCheck: true },
};

/** Starts Vite's command and waits until it has printed its addresses, the mock's included. */
async function vite({ folder, env }: Project, ...args: string[]) {
  const process = running(join(folder, "node_modules/.bin/vite"), [...args, "--port", "0"], { cwd: folder, env });
  await process.until("id_token");
  const [, origin = ""] = /ciam-testkit: (http:\/\/[^/]+)/.exec(process.printed()) ?? [];
  return { ...process, origin };
}

/** Without colours, and with the port and the time that the guide shows. */
function asShown(printed: string): string {
  return stripVTControlCharacters(printed)
    .replace(/localhost:\d+/g, "localhost:5173")
    .replace(/\d+:\d\d:\d\d [AP]M|\d\d:\d\d:\d\d/g, "10:24:31")
    .replace(/\[.*?\] /g, "");
}

/** The dev server and the preview have the mock in them, before and after a restart. */
export async function expectMockIn(made: Project): Promise<void> {
  await made.write("vite.config.ts", await block("vite", "ts", PAGE));
  await made.write("tsconfig.json", JSON.stringify(TSCONFIG));
  await copyFile(APP, join(made.folder, "index.html"));
  await made.run(process.execPath, TSC, "-p", ".");

  const dev = await vite(made);
  const { captcha_token } = (await ask(dev.origin, "/__testkit/captcha-tokens", { sender: "15201657312" })).body;
  const order = { mobile: "15201657312", type: "UPDATE_MOBILE_SMS", captcha_token };
  expect(await ask(dev.origin, "/api/v2/sdk/sms/send", order)).toEqual({ status: 200, body: "" });
  await dev.until("UPDATE_MOBILE_SMS");
  const printed = asShown(dev.printed());
  for (const line of (await block("vite", "text", PAGE)).trimEnd().split("\n")) {
    if (line !== "  ...") expect(printed).toContain(line);
  }

  // Vite makes all of its server anew, this plugin included; the message is still there. It may not watch the file at once.
  const config = await block("vite", "ts", PAGE);
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
}
