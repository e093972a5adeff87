/** Checks the text of a refusal: exactly the printed one, or any text in the right language where no page prints it. */

import { type Basis, inferred, weaker } from "../spec/basis.ts";
import type { Texts } from "../spec/types.ts";
import type { World } from "./world.ts";

export type Language = "en" | "zh";

/** The values for {0}, {1} of a text, or a pattern for them; undefined if the documents leave them open. */
export type Params = readonly (string | number | RegExp | undefined)[];

export interface TextQuestion {
  /** The texts of the error code, from every check that has it. */
  readonly known: readonly Texts[];
  readonly language: Language | "either";
  readonly params: Params;
  readonly check: string;
  readonly exchange: number;
}

/** Expects one of the texts of the error code, in the language of the request. */
export function expectText(world: World, text: string, question: TextQuestion): void {
  const { known, language, params, check, exchange } = question;
  if (known.length === 0) return;
  const languages: readonly Language[] = language === "either" ? ["en", "zh"] : [language];
  const fits = known.some((texts) => languages.some((one) => isText(text.trim(), texts, one, params)));
  const expected = [...new Set(known.flatMap((texts) => languages.map((one) => wanted(texts, one, params))))].join(
    " or ",
  );
  const name = { en: "English", zh: "Chinese", either: "English or Chinese" }[language];
  const isPrinted = known.some((texts) =>
    languages.some((one) => (one === "en" ? texts.enDocumented : texts.zhDocumented)),
  );
  const basis = weaker(world.ceiling, isPrinted ? PRINTED_TEXT : OUR_TEXT);
  world.expect(fits, `text in ${name} (${check})`, expected, text, { basis, exchange });
}

const PRINTED_TEXT: Basis = { strength: "documented", source: "The documents print this text beside the error code." };
const OUR_TEXT = inferred("No page prints the text of this error in this language.");

/**
 * An undocumented text must only be in the right language. If both languages are undocumented, any text is accepted.
 */
function isText(text: string, texts: Texts, language: Language, params: Params): boolean {
  if (!texts.enDocumented && !texts.zhDocumented) return text !== "";
  if (language === "zh" && !texts.zhDocumented) return HAN.test(text);
  return pattern(texts[language], params).test(text);
}

function wanted(texts: Texts, language: Language, params: Params): string {
  if (!texts.enDocumented && !texts.zhDocumented) return "any text";
  if (language === "zh" && !texts.zhDocumented) return "any Chinese text";
  return texts[language].replace(/\{(\d)\}/g, (_placeholder, index) => {
    const param = params[Number(index)];
    return param === undefined || param instanceof RegExp ? "…" : String(param);
  });
}

const HAN = /\p{Script=Han}/u;

function pattern(text: string, params: Params): RegExp {
  const parts = text.split(/\{(\d)\}/).map((part, index) => {
    if (index % 2 === 0) return escaped(part);
    const param = params[Number(part)];
    if (param === undefined) return ".+";
    return param instanceof RegExp ? `(?:${param.source})` : escaped(String(param));
  });
  return new RegExp(`^${parts.join("")}$`, "su");
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
