/** The overlay's texts. They stand apart from the inspector's, because the overlay has to stay small. */
import type { Language } from "../language.ts";
import { en } from "./en.ts";
import { zh } from "./zh.ts";

export type Texts = typeof en;

export const textsIn: Readonly<Record<Language, Texts>> = { en, zh };
