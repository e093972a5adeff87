/** The overlay's texts. They stand apart from the inspector's, because the overlay has to stay small. */
import type { Language } from "../language.ts";
import { en, type Texts } from "./en.ts";
import { zh } from "./zh.ts";

export const textsIn: Readonly<Record<Language, Texts>> = { en, zh };
