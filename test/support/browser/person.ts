/** A person in the example app, who reads its labels and looks at its pictures. */
import type { Locator, Page } from "playwright-core";
import { TEXTS, type Text } from "../../browser/app/texts.ts";
import { gapOf } from "./captcha-gap.ts";

export type Language = "en" | "zh";

export function personAt(page: Page, language: Language = "en") {
  const words = (name: Text) => TEXTS[name][language];
  const section = page.locator("details[open]");
  const captcha = page.locator("dialog > form");
  const done = page.locator("#done");
  const who = page.locator(".who b");

  async function fill(values: Partial<Record<Text, string>>): Promise<void> {
    for (const [name, value] of Object.entries(values))
      await section.getByLabel(words(name as Text), { exact: true }).fill(value);
  }

  const press = (name: Text) => section.getByRole("button", { name: words(name) }).click();

  /** Waits until the captcha shows its pictures; returns the place of the piece. */
  async function lookAtCaptcha(): Promise<number> {
    await captcha.locator("fieldset:enabled").waitFor();
    const [background = "", piece = ""] = await captcha.locator("img").evaluateAll(sources);
    return gapOf(background, piece);
  }

  const confirm = () => captcha.getByRole("button", { name: words("confirm") }).click();

  /** Solves the captcha, and waits for the message that the code was sent. */
  async function sendCode(): Promise<void> {
    await press("sendCode");
    await captcha.getByRole("slider").fill(String(await lookAtCaptcha()));
    await confirm();
    await done.getByText(words("codeSent")).waitFor();
  }

  return {
    captcha,
    /** The element with the API's refusal. */
    alert: page.locator("details[open] [role=alert], dialog > form [role=alert]"),
    /** The element that says what was done. */
    done,
    /** The element that names the signed-in account. */
    who,
    fill,
    press,
    lookAtCaptcha,
    confirm,
    sendCode,

    async open(title: Text): Promise<void> {
      await page.locator("summary", { has: page.getByRole("heading", { name: words(title) }) }).click();
    },

    async signIn(mobile: string, codeOf: (to: string) => Promise<string>): Promise<void> {
      await fill({ mobile });
      await sendCode();
      await fill({ code: await codeOf(mobile) });
      await press("signIn");
      await who.waitFor();
    },

    /** Waits until the element shows this text. */
    async sees(place: Locator, what: string): Promise<void> {
      await place.filter({ hasText: what }).first().waitFor();
    },
  };
}

export type Person = ReturnType<typeof personAt>;

/** Runs in the page. */
function sources(images: Element[]): string[] {
  return images.map((image) => (image as HTMLImageElement).src.replace(/^.*base64,/, ""));
}
