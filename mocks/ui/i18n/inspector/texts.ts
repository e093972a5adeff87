/** The inspector's texts in the language that the user chose. */
import type { Language } from "../language.ts";
import { en, type Texts } from "./en.ts";
import { zh } from "./zh.ts";

export const textsIn: Readonly<Record<Language, Texts>> = { en, zh };
