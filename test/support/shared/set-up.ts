/**
 * What all tests of a run share: a folder, one packed package, and one browser per worker. Each is made when the first test asks
 * for it, so a run of unit tests pays for none of them. Runs in vitest's main process.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { packedIn } from "../package/pack.ts";
import { type LaunchedBrowser, launchedBrowser } from "./launched-browser.ts";
import type { SharedThings } from "./shared.ts";

export async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), "ciam-testkit-run-"));
  const pack = onFirstUse(() => packedIn(folder));
  const browsers = new Map<string, FirstUse<LaunchedBrowser>>();
  const things: { readonly [Name in keyof SharedThings]: (worker: string) => Promise<SharedThings[Name]> } = {
    async browser(worker) {
      // A browser has one clipboard, so that tests side by side must not share it.
      const browser = browsers.get(worker) ?? onFirstUse(launchedBrowser);
      browsers.set(worker, browser);
      return (await browser.get()).endpoint;
    },
    pack: pack.get,
  };
  const server = createServer(async ({ url = "" }, response) => {
    const [name, worker = ""] = url.slice(1).split("/");
    try {
      response.end(JSON.stringify(await things[name as keyof SharedThings](worker)));
    } catch (error) {
      response.writeHead(500).end(String(error));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  provide("shared", { folder, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
  return async () => {
    server.closeAllConnections();
    server.close();
    for (const browser of browsers.values()) await (await browser.made())?.close();
    await pack.made();
    await rm(folder, { recursive: true, force: true });
  };
}

interface FirstUse<T> {
  get(): Promise<T>;
  made(): Promise<T | undefined>;
}

/** Makes the thing once, when it is first asked for; `made` gives it only if it was made. */
function onFirstUse<T>(make: () => Promise<T>): FirstUse<T> {
  let thing: Promise<T> | undefined;
  return {
    get() {
      thing ??= make();
      return thing;
    },
    made: async () => thing?.catch(() => undefined),
  };
}
