/** How a test asks for what all tests of the run share; set-up.ts makes it. */
import { get } from "node:http";
import { text } from "node:stream/consumers";
import { inject } from "vitest";
import type { Packed } from "../package/pack.ts";

export interface SharedThings {
  /** The address of the worker's browser, for `chromium.connect`. */
  readonly browser: string;
  readonly pack: Packed;
}

declare module "vitest" {
  interface ProvidedContext {
    shared: { readonly url: string; readonly folder: string };
  }
}

/** Removed when the run is over. */
export const sharedFolder = (): string => inject("shared").folder;

/** Made by the first test that asks. Not by `fetch`, which some tests replace. */
export async function shared<Name extends keyof SharedThings>(name: Name): Promise<SharedThings[Name]> {
  return new Promise((resolve, reject) => {
    get(`${inject("shared").url}/${name}/${process.env["VITEST_POOL_ID"]}`, { agent: false }, async (response) => {
      const body = await text(response);
      if (response.statusCode === 200) resolve(JSON.parse(body));
      else reject(new Error(`The run's shared ${name} cannot be made: ${body}`));
    }).on("error", reject);
  });
}
