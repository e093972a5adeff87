/** Templates for XML and HTML that escape every value, except markup made here. */
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

/** A template whose values are safe in text and in quoted attributes. */
export function markup(parts: TemplateStringsArray, ...fillings: readonly Filling[]): Markup {
  const filled = parts.map((part, index) => part + written(fillings[index] ?? ""));
  return { markup: filled.join("") };
}

/** For an attribute with line breaks: an XML reader would turn plain ones into spaces. */
export function attribute(text: string): Markup {
  return { markup: escaped(text).replaceAll("\n", "&#10;").replaceAll("\t", "&#9;") };
}

/** For text that is entirely ours, such as a style sheet. */
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
