/** A page with the overlay: a form that sends codes, with its own styles and shortcuts. */
import type { Page } from "playwright-core";
import type { ManualClock, Mock } from "../../../mocks/index.ts";
import type { OverlayOptions, showOverlay } from "../../../mocks/ui/overlay/overlay.ts";
import type { ServedPage } from "./served-page.ts";

declare global {
  interface Window {
    readonly mock: Mock;
    /** The time of the mock, which moves only when it is told to. */
    readonly real: ManualClock;
    readonly showOverlay: typeof showOverlay;
    overlay: ReturnType<typeof showOverlay>;
    /** The keys that the page's own shortcuts have seen. */
    readonly keys: string[];
  }
}

export const overlayHtml = `<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width">
  <title>Change your number</title>
  <link rel="stylesheet" href="/page.css">
  <script type="module" src="main.js"></script>
</head>
<body>
  <main>
    <h1>Change your number</h1>
    <form>
      <label>New number <input name="mobile" value="15201657312"></label>
      <button>Send code</button>
      <output aria-label="Answer"></output>
    </form>
  </main>
</body>
</html>`;

/** The page's script. The options of the overlay are in its address. */
export const overlayMain = `
import { createMock, manualClock } from "ciam-testkit";
import { showOverlay } from "ciam-testkit/overlay";

const real = manualClock(Date.parse("2026-01-01"));
const mock = createMock({ clock: real });
const keys = [];
const options = JSON.parse(decodeURIComponent(location.hash.slice(1)) || "{}");
Object.assign(window, { mock, real, keys, showOverlay, overlay: showOverlay(mock, options) });

document.addEventListener("keydown", ({ key }) => keys.push(key));
document.querySelector("form").addEventListener("submit", async (event) => {
  event.preventDefault();
  const mobile = new FormData(event.target).get("mobile");
  const captcha_token = await mock.captcha.issueToken({ sender: mobile });
  const answer = await mock.fetch("/api/v2/sdk/sms/send", {
    method: "POST",
    headers: {
      "X-operating-sys-version": "macos15", "X-device-fingerprint": "f", "X-agent": "page", "X-client-id": mock.clientId,
    },
    body: JSON.stringify({ mobile, type: "UPDATE_MOBILE_SMS", captcha_token }),
  });
  document.querySelector("output").value = answer.status + " " + (await answer.text());
});
`;

/** Opens the page, and waits until the overlay is there. */
export async function opened(page: Page, { url }: ServedPage, options: OverlayOptions = {}): Promise<Page> {
  await page.goto(`${url}#${encodeURIComponent(JSON.stringify(options))}`);
  await page.locator("ciam-testkit-overlay").waitFor();
  return page;
}

/** The response that the page shows after its form was sent. */
export async function answerTo(page: Page): Promise<string> {
  await page.evaluate(() => {
    document.querySelector("output")?.replaceChildren();
  });
  await page.getByRole("button", { name: "Send code" }).click();
  const answer = page.getByRole("status", { name: "Answer" }).filter({ hasText: /\d/ });
  return (await answer.textContent()) ?? "";
}

/** The overlay by its accessible name. */
export function overlayOf(page: Page) {
  const region = page.getByRole("region", { name: "ciam-testkit" });
  return {
    region,
    badge: region.getByRole("button", { name: "ciam-testkit" }),
    said: region.getByRole("status"),
    button: (name: string | RegExp) => region.getByRole("button", { name }),
  };
}
