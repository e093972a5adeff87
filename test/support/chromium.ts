/** Where Chromium is, and how it is started. */
import { existsSync } from "node:fs";

const PLACES = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** Without these Chromium looks for its maker's servers at every start. */
export const CHROMIUM_FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** What CHROMIUM_PATH names, or where Debian and others put it. */
export const chromiumPath = [process.env["CHROMIUM_PATH"] ?? "", ...PLACES].find((path) => existsSync(path));
