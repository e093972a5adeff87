/** The inspector's texts in the language that the user chose. */
import type { Language } from "../language.ts";
import { en } from "./en.ts";
import { zh } from "./zh.ts";

export type Texts = typeof en;

export const textsIn: Readonly<Record<Language, Texts>> = { en, zh };
