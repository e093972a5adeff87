/** Accessibility of the overlay: keyboard, screen reader, high contrast. */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { AxeResults } from "axe-core";
import type { Page } from "playwright-core";
import { beforeAll, expect, test } from "vitest";
import { answerTo, overlayHtml, overlayMain, overlayOf } from "../support/browser/overlay-page.ts";
import { person } from "../support/browser/overlay-person.ts";
import { type ServedPage, servePage } from "../support/browser/served-page.ts";

const AXE = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

let served: ServedPage;

beforeAll(async () => {
  served = await servePage(overlayMain, { html: overlayHtml });
});

/** The accessible name of the focused element. */
function focused(page: Page): Promise<string | undefined> {
  return page.evaluate(() => {
    const element = document.activeElement?.shadowRoot?.activeElement ?? document.activeElement;
    if (element instanceof HTMLSelectElement) return element.labels[0]?.textContent;
    return element?.ariaLabel ?? (element instanceof HTMLButtonElement ? element.textContent : element?.localName);
  });
}

const looks = (["en", "zh"] as const).flatMap((language) =>
  (["light", "dark"] as const).flatMap((colorScheme) =>
    [true, false].map((open) => ({ language, colorScheme, open, state: open ? "open" : "closed" })),
  ),
);

test.for(looks)(
  "axe finds no problem: $state, $language, $colorScheme",
  async ({ language, colorScheme, open }, context) => {
    const { page, region } = await person(context, served, { language, open }, { colorScheme });
    await answerTo(page);
    await page.evaluate(async () => {
      await window.mock.clock.advance({ minutes: 6 });
      await window.mock.faults.add({ operation: "updateMobile", check: "code-expired" });
    });
    await page.getByLabel("New number").fill("15201657313");
    await answerTo(page);
    if (open) await region.getByText("5:00").waitFor();
    await page.evaluate(await readFile(AXE, "utf8"));
    const { violations, passes } = await page.evaluate<AxeResults>("axe.run()");
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
    const within = passes.flatMap(({ nodes }) => nodes).filter(({ target }) => Array.isArray(target[0]));
    expect(within.length).toBeGreaterThan(open ? 20 : 1);
  },
);

test("the overlay comes after the page's controls, and each of its controls works without a mouse", async (context) => {
  const { page, region, said } = await person(context, served);
  await answerTo(page);
  await page.keyboard.press("Tab");
  expect(await focused(page)).toBe("ciam-testkit: 1 new code");
  await page.keyboard.press("Enter");
  const [message] = await page.evaluate(() => window.mock.messages.list());
  await region.getByText("5:00 left").waitFor();
  await region.getByRole("option", { name: "updateMobile" }).waitFor({ state: "attached" });

  const targets: unknown[] = [];
  for (let step = 0; step < 8; step++) {
    await page.keyboard.press("Tab");
    targets.push(await focused(page));
  }
  const { code } = message ?? {};
  expect(targets).toEqual([
    ...[`Copy: ${code}`, `Expire now: ${code}`],
    ...["+1 min", "+5 min", "Reset"],
    ...["Operation", "Error", "Schedule fault"],
  ]);
  await page.keyboard.press("Space");
  await expect.poll(() => said.textContent()).toContain("The next getCaptcha fails: Device information is incomplete");
  expect(await focused(page)).toBe("Schedule fault");
  await page.keyboard.press("Tab");
  expect(await focused(page)).toMatch(/^Remove: getCaptcha/);
  await page.keyboard.press("Space");
  await expect.poll(() => focused(page)).toBe("Scheduled faults");

  await page.keyboard.press("Escape");
  expect(await focused(page)).toBe("ciam-testkit");
  expect(await overlayOf(page).badge.getAttribute("aria-expanded")).toBe("false");
});

test("each control of the overlay shows its focus, in light and in dark", async (context) => {
  const { page, region } = await person(context, served, { open: true });
  await region.getByRole("option", { name: "updateMobile" }).waitFor({ state: "attached" });
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await page.getByRole("button", { name: "Send code" }).focus();
    for (let step = 0; step < 7; step++) {
      await page.keyboard.press("Tab");
      const outline = await page.evaluate(() => {
        const focused = document.activeElement?.shadowRoot?.activeElement;
        return focused == null ? "nothing" : getComputedStyle(focused).outline;
      });
      expect(outline).toMatch(/solid 2px$/);
    }
  }
});

test("each control of the overlay is at least 24 pixels high and wide", async (context) => {
  const { page, region } = await person(context, served, { open: true });
  await answerTo(page);
  await page.evaluate(() => window.mock.faults.add({ operation: "updateMobile", check: "code-expired" }));
  await region.getByRole("button", { name: /^Remove/ }).waitFor();
  const controls = await region.locator("button, select").all();
  expect(controls.length).toBe(10);
  for (const control of controls) {
    const { width = 0, height = 0 } = (await control.boundingBox()) ?? {};
    expect(Math.min(width, height)).toBeGreaterThanOrEqual(24);
  }
});

test("a screen reader finds named groups and controls", async (context) => {
  const { page, region } = await person(context, served, { open: true });
  await answerTo(page);
  await region.getByText("5:00 left").waitFor();
  const [message] = await page.evaluate(() => window.mock.messages.list());
  const tree = await region.ariaSnapshot();
  for (const line of [
    '- region "ciam-testkit":',
    '  - button "ciam-testkit" [expanded]: ×',
    `  - status: New code ${message?.code} for +86-15201657312, UPDATE_MOBILE_SMS`,
    '  - group "Codes":',
    '    - list "Codes":',
    `        - strong: "${message?.code}"`,
    '  - group "Clock":',
    '  - group "Next request fails":',
    "    - combobox",
  ]) {
    expect(tree).toContain(line);
  }
});

test("with a Chinese browser the overlay is Chinese unless another language is given", async (context) => {
  const { page, said, region } = await person(context, served, {}, { locale: "zh-CN" });
  await answerTo(page);
  await expect.poll(() => said.textContent()).toMatch(/^新验证码 \d{6}，\+86-15201657312，UPDATE_MOBILE_SMS$/);
  expect(await region.getAttribute("lang")).toBe("zh");
  await page.evaluate(() => {
    window.overlay = window.showOverlay(window.mock, { language: "en" });
  });
  expect(await region.getAttribute("lang")).toBe("en");
});
