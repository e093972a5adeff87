/** The languages of the inspector and the overlay, and which one the browser prefers. */

export const LANGUAGES = ["en", "zh"] as const;

export type Language = (typeof LANGUAGES)[number];

export function preferredLanguage(): Language {
  return languageIn(navigator.language);
}

/** The language of a tag such as `zh-CN`. English for all other languages. */
export function languageIn(tag: string): Language {
  return tag.toLowerCase().startsWith("zh") ? "zh" : "en";
}
