/** The choice of language and theme. */
import type { Texts } from "../../i18n/inspector/en.ts";
import { element } from "../../widgets/element.ts";
import { field, options } from "../../widgets/field.ts";
import { language, rememberLanguage, rememberTheme, theme } from "./settings.ts";

/** The name of the control that keeps the focus when the language changes. */
const LANGUAGE = "language";

export function settingsBar(texts: Texts, reopen: (focusName: string) => void): HTMLElement {
  const languages = element(
    "select",
    {
      name: LANGUAGE,
      onchange: () => {
        rememberLanguage(languages.value);
        reopen(LANGUAGE);
      },
    },
    // Each language in its own words, for a reader who does not know the other one.
    options(
      [
        ["en", "English"],
        ["zh", "中文"],
      ],
      language(),
    ),
  );
  const themes = element(
    "select",
    { onchange: () => rememberTheme(themes.value) },
    options(Object.entries(texts.themes), theme()),
  );
  return element("footer", { className: "settings" }, field(texts.language, languages), field(texts.theme, themes));
}
