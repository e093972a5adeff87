/**
 * A real browser for tests. Without one, a test is skipped with the reason on a user's machine; the gate, which sets CI, lets
 * it fail. A page that requests another machine fails its test.
 */
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { onTestFinished, type TestContext } from "vitest";
import { shared } from "../shared/shared.ts";
import { assertChromium } from "./chromium.ts";

/** A worker has one browser for all of its test files. */
let connected: Promise<Browser> | undefined;

/** The pages of one visitor: tabs of one context share storage and service workers. */
export interface Visitor {
  readonly context: BrowserContext;
  newPage(): Promise<Page>;
  /** Uncaught exceptions of pages, and their requests to other machines; none is expected. */
  readonly pageErrors: string[];
}

/** A new visitor, closed after the test. The test fails if one of its pages had an error. */
export async function visitor({ skip }: TestContext, options: BrowserContextOptions = {}): Promise<Visitor> {
  assertChromium(skip);
  connected ??= shared("browser").then((endpoint) => chromium.connect(endpoint));
  const browser = await connected;
  const context = await browser.newContext(options);
  const pageErrors: string[] = [];
  context.on("weberror", (error) => pageErrors.push(String(error.error().stack)));
  await context.route(isElsewhere, (route) => {
    pageErrors.push(`asked for ${route.request().url()}`);
    return route.abort();
  });
  onTestFinished(async () => {
    await context.close();
    if (pageErrors.length > 0) throw new Error(`A page had faults:\n${pageErrors.join("\n")}`);
  });
  return { context, pageErrors, newPage: () => context.newPage() };
}

function isElsewhere({ protocol, hostname }: URL): boolean {
  return /^https?:$/.test(protocol) && hostname !== "127.0.0.1" && hostname !== "localhost";
}
