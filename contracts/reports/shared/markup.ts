/** Text that is put into XML or HTML: whatever is filled in is escaped, unless it was made here. Knows no report. */
import { visible } from "./visible-text.ts";

export interface Markup {
  readonly markup: string;
}

type Filling = string | number | Markup | readonly Markup[];

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** A template whose gaps are safe in text and in quoted attributes. */
export function markup(parts: TemplateStringsArray, ...fillings: readonly Filling[]): Markup {
  const filled = parts.map((part, index) => part + written(fillings[index] ?? ""));
  return { markup: filled.join("") };
}

/** For an attribute that must keep its line breaks, which a reader of XML would otherwise turn into blanks. */
export function attribute(text: string): Markup {
  return { markup: escaped(text).replaceAll("\n", "&#10;").replaceAll("\t", "&#9;") };
}

/** What is our own through and through, such as a style sheet. */
export function trusted(text: string): Markup {
  return { markup: text };
}

export const nothing: Markup = { markup: "" };

function written(filling: Filling): string {
  if (typeof filling === "string") return escaped(filling);
  if (typeof filling === "number") return String(filling);
  if ("markup" in filling) return filling.markup;
  return filling.map(({ markup }) => markup).join("");
}

function escaped(text: string): string {
  return visible(text).replace(/[&<>"']/g, (character) => entities[character] ?? character);
}
