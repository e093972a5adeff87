/** The contract suite inside a page, with the worker as adapter. */
import { expect, test } from "vitest";
import type { CaseResult } from "../../contracts/runner/outcome.ts";
import { appServer } from "../support/browser/app-server.ts";
import { visitor } from "../support/browser/browser.ts";
import { casesWithout, WIRE_CASES } from "../support/contracts/wire.ts";
import type { Msw } from "./contract-page/kit.ts";

/** A page may not send these requests as they are. */
const only = casesWithout(WIRE_CASES);

const WORKERS: readonly { readonly name: string; readonly msw: Msw }[] = [
  { name: "msw 3", msw: "msw" },
  { name: "msw 2", msw: "msw2" },
];

test.for(WORKERS)(
  "every case passes in the page through the worker of $name, and none is left out",
  {
    timeout: 300_000,
  },
  async ({ name, msw }, context) => {
    const server = await appServer("contract-page", { msw });
    const { newPage } = await visitor(context);
    const page = await newPage();
    await page.goto(server.url);
    await page.waitForFunction("globalThis.runContract");
    const results = await page.evaluate<CaseResult[]>(`runContract("worker of ${name}", ${JSON.stringify(only)})`);
    await server.close();

    const notPassed = results.filter(({ outcome }) => outcome !== "passed");
    expect(notPassed.map(({ id, outcome, reason }) => `${id}: ${outcome}, ${reason}`)).toEqual([]);
    expect(results.length).toBeGreaterThan(0);
    expect(results.map(({ id }) => id).sort()).toEqual([...only].sort());
  },
);
