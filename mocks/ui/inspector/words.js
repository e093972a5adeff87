/** The page's own words, in the language that is chosen. */
import { en } from "./words-en.js";
import { zh } from "./words-zh.js";

/** @import { Language } from "./settings.js" */

/** @typedef {keyof typeof en} Word */
/** @typedef {((word: Word, values?: Readonly<Record<string, string | number>>) => string) & { readonly language: Language }} Say */

/** @type {Readonly<Record<Language, Readonly<Record<Word, string>>>>} */
const tables = { en, zh };

/**
 * @param {Language} language
 * @returns {Say}
 */
export function sayingIn(language) {
  /** @type {(word: Word, values?: Readonly<Record<string, string | number>>) => string} */
  const say = (word, values = {}) =>
    tables[language][word].replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ""));
  return Object.assign(say, { language });
}
