/** Finds Chromium and its options for tests; loads nothing for it. */
import { existsSync } from "node:fs";

/** The headless shell comes first: the tests take half the time in it. */
const PLACES = [
  "/usr/bin/chromium-headless-shell",
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
];

/** Without these options Chromium contacts its vendor's servers at every start. */
export const CHROMIUM_FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** The path of Chromium: CHROMIUM_PATH, or the usual places. */
export const chromiumPath = [process.env["CHROMIUM_PATH"] ?? "", ...PLACES].find((path) => existsSync(path));

/** Without Chromium, a test is skipped on a user's machine; the gate, which sets CI, lets it fail. */
export function assertChromium(skip: (note: string) => void): string {
  if (chromiumPath !== undefined) return chromiumPath;
  const reason = "there is no Chromium: install it (apt-get install chromium), or set CHROMIUM_PATH";
  if (process.env["CI"]) throw new Error(reason);
  process.stderr.write(`skipped: ${reason}\n`);
  skip(reason);
  throw new Error(reason);
}
