/** The steps of a person in the example app, who reads its labels and looks at its pictures. */
import type { Locator, Page } from "playwright-core";
import { TEXTS, type Text } from "../browser/app/texts.ts";
import { gapOf } from "./gap.ts";

export type Language = "en" | "zh";

export function personAt(page: Page, language: Language = "en") {
  const words = (name: Text) => TEXTS[name][language];
  const section = page.locator("details[open]");
  const field = (name: Text) => section.getByLabel(words(name), { exact: true });
  const press = (name: Text) => section.getByRole("button", { name: words(name) }).click();
  const dialog = page.getByRole("dialog");
  const slider = dialog.getByRole("slider");

  /** Waits until the captcha shows its pictures; answers where the piece belongs. */
  async function lookAtCaptcha(): Promise<number> {
    await page.locator("dialog fieldset:enabled").waitFor();
    const [background = "", piece = ""] = await dialog.locator("img").evaluateAll(sources);
    return gapOf(background, piece);
  }

  return {
    dialog,
    slider,
    lookAtCaptcha,
    alert: page.locator("details[open], dialog").getByRole("alert"),
    done: page.getByRole("status"),
    who: page.locator(".who b"),

    async open(title: Text): Promise<void> {
      const details = page.locator("details", { has: page.getByRole("heading", { name: words(title) }) });
      if (!(await details.evaluate((element) => (element as HTMLDetailsElement).open)))
        await details.locator("summary").click();
    },

    async fill(values: Partial<Record<Text, string>>): Promise<void> {
      for (const [name, value] of Object.entries(values)) await field(name as Text).fill(value);
    },

    press,

    /** Solves the captcha, and waits until it is said that the code is on its way. */
    async sendCode(): Promise<void> {
      await press("sendCode");
      await moveTo(slider, await lookAtCaptcha());
      await dialog.getByRole("button", { name: words("confirm") }).click();
      await page.getByRole("status").getByText(words("codeSent")).waitFor();
    },

    async confirm(): Promise<void> {
      await dialog.getByRole("button", { name: words("confirm") }).click();
    },

    /** Waits until this is to be read there. */
    async sees(place: Locator, what: string): Promise<void> {
      await place
        .getByText(what, { exact: true })
        .or(place.filter({ hasText: what }))
        .first()
        .waitFor();
    },
  };
}

export type Person = ReturnType<typeof personAt>;

/** As many steps with the arrow keys as it takes. */
async function moveTo(slider: Locator, x: number): Promise<void> {
  await slider.focus();
  for (let step = 0; step < x; step++) await slider.press("ArrowRight");
}

/** Runs in the page. */
function sources(images: Element[]): string[] {
  return images.map((image) => (image as HTMLImageElement).src.replace(/^.*base64,/, ""));
}
