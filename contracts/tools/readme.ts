/**
 * Generates the table of docs/contracts/README.md: how many cases each capability of a target adds. A development tool.
 */
import { readFile, writeFile } from "node:fs/promises";
import { parse } from "yaml";
import { allCases } from "../all-cases.ts";
import { missingOf } from "../target/requirements.ts";
import type { Capability } from "../target/target.ts";

/** The recommended order of implementation. */
const ORDER = [
  "captcha-tokens",
  "messages",
  "accounts",
  "tokens",
  "account-read",
  "codes",
  "password-check",
  "clock",
  "policy",
  "faults",
  "captcha-answer",
  "sandboxes",
] as const satisfies readonly Capability[];

/** The capabilities that come with a capability of the control protocol. */
const PARTS: Readonly<Partial<Record<Capability, readonly Capability[]>>> = {
  accounts: ["account-deletion"],
  policy: ["policy-read"],
};

const BEGIN = "<!-- generated: capabilities -->";
const END = "<!-- /generated -->";

/** The page with a new table. */
function withCapabilityTable(page: string, calls: ReadonlyMap<string, readonly string[]>): string {
  const begin = page.indexOf(BEGIN);
  const end = page.indexOf(END);
  if (begin < 0 || end < begin) throw new Error(`docs/contracts/README.md has no ${BEGIN} ... ${END}`);
  return `${page.slice(0, begin + BEGIN.length)}\n\n${table(calls)}\n${page.slice(end)}`;
}

function table(calls: ReadonlyMap<string, readonly string[]>): string {
  const offered = new Set<Capability>(["unique-codes"]);
  let before = drivenWith(offered);
  const rows = [`| nothing beyond the API | | ${before} | ${before} |`];
  for (const capability of ORDER) {
    for (const part of [capability, ...(PARTS[capability] ?? [])]) offered.add(part);
    const now = drivenWith(offered);
    const calledBy = (calls.get(capability) ?? []).map((call) => `\`${call}\``).join(", ");
    rows.push(`| \`${capability}\` | ${calledBy} | ${now - before} | ${now} |`);
    before = now;
  }
  return ["| capability | calls to implement | cases it adds | cases so far |", "|---|---|---|---|", ...rows, ""].join(
    "\n",
  );
}

function drivenWith(offered: ReadonlySet<Capability>): number {
  return allCases.filter(({ requires }) => missingOf(requires, offered).length === 0).length;
}

/** The calls of each capability, from contracts/control.yaml. */
function callsOf(control: string): ReadonlyMap<string, readonly string[]> {
  const { paths }: { paths: Record<string, Record<string, Record<string, unknown>>> } = parse(control);
  const calls = new Map<string, string[]>();
  for (const [path, item] of Object.entries(paths)) {
    for (const [method, call] of Object.entries(item)) {
      const capability = call["x-ciam-capability"];
      if (typeof capability !== "string") continue;
      const name = `${method.toUpperCase()} ${path.replace("/__testkit/", "")}`;
      calls.set(capability, [...(calls.get(capability) ?? []), name]);
    }
  }
  return calls;
}

const readme = new URL("../../docs/contracts/README.md", import.meta.url);
const control = await readFile(new URL("../control.yaml", import.meta.url), "utf8");
await writeFile(readme, withCapabilityTable(await readFile(readme, "utf8"), callsOf(control)));
