/** The language of the page, kept over a reload, and texts that follow it. */
import { element } from "./dom.ts";
import { TEXTS, type Text } from "./texts.ts";

const KEY = "language";
const NAMES = { en: "English", zh: "中文" } as const;

type Language = keyof typeof NAMES;

export function language(): Language {
  const wanted = localStorage.getItem(KEY) ?? navigator.language;
  return wanted.startsWith("zh") ? "zh" : "en";
}

/** A text in the language of the page, now and after each change of it. */
export function text(name: Text): HTMLElement {
  const span = element("span", {}, TEXTS[name][language()]);
  span.dataset["text"] = name;
  return span;
}

export function languageChoice(): HTMLElement {
  const options = Object.entries(NAMES).map(([value, name]) => element("option", { value, lang: value }, name));
  const choice = element("select", {}, ...options);
  choice.value = language();
  choice.addEventListener("change", () => {
    localStorage.setItem(KEY, choice.value);
    translate();
  });
  translate();
  return element("label", { className: "language" }, text("language"), choice);
}

function translate(): void {
  document.documentElement.lang = language();
  document.title = TEXTS.title[language()];
  // Only `text` writes the attribute.
  for (const span of document.querySelectorAll<HTMLElement>("[data-text]"))
    span.textContent = TEXTS[span.dataset["text"] as Text][language()];
}
