/**
 * What all tests of a run share: a folder, one browser and one packed package. Each is made when the first test asks for it, so
 * a run of unit tests pays for none of them. Runs in vitest's main process.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { packedIn } from "../package/pack.ts";
import { launchedBrowser } from "./launched-browser.ts";
import type { SharedThings } from "./shared.ts";

export async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), "ciam-testkit-run-"));
  const browser = onFirstUse(launchedBrowser);
  const pack = onFirstUse(() => packedIn(folder));
  const things: { readonly [Name in keyof SharedThings]: () => Promise<SharedThings[Name]> } = {
    browser: async () => (await browser.get()).endpoint,
    pack: pack.get,
  };
  const server = createServer(async ({ url = "" }, response) => {
    try {
      response.end(JSON.stringify(await things[url.slice(1) as keyof SharedThings]()));
    } catch (error) {
      response.writeHead(500).end(String(error));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  provide("shared", { folder, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
  return async () => {
    server.closeAllConnections();
    server.close();
    await (await browser.made())?.close();
    await pack.made();
    await rm(folder, { recursive: true, force: true });
  };
}

/** Makes the thing once, when it is first asked for; `made` gives it only if it was made. */
function onFirstUse<T>(make: () => Promise<T>) {
  let thing: Promise<T> | undefined;
  return {
    get(): Promise<T> {
      thing ??= make();
      return thing;
    },
    made: async (): Promise<T | undefined> => thing?.catch(() => undefined),
  };
}
