/** The tables of docs/reference/policy.md: each key with default, description and source. A development tool. */
import { type Assumption, assumptions } from "../../core/policy.ts";
import { differences, assumptions as genauthAssumptions } from "../../dialects/genauth/policy.ts";
import { policyDescriptions } from "../documentation.gen.ts";
import { table } from "./generated-section.ts";

const HEAD = ["key", "default", "description", "source of the default"];

export function policyTables(): string {
  const differing = Object.entries(differences).map(([key, value]) => `\`${key}\` is ${shown(value)}`);
  return [
    "## Both systems",
    "",
    keys(assumptions),
    "",
    "## GenAuth only",
    "",
    `For GenAuth, the default of ${differing.join(", of ")}. These keys have no effect on Bamboocloud:`,
    "",
    keys(genauthAssumptions),
  ].join("\n");
}

function keys(known: Readonly<Record<string, Assumption<unknown>>>): string {
  const rows = Object.entries(known).map(([key, { default: value, source }]) => [
    `\`${key}\``,
    shown(value),
    policyDescriptions[key] ?? "",
    source,
  ]);
  return table(HEAD, rows);
}

function shown(value: unknown): string {
  if (Array.isArray(value)) return value.map(shown).join(", ");
  return `\`${typeof value === "string" ? value : JSON.stringify(value)}\``;
}
