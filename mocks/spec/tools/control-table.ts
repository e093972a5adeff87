/** The table of docs/reference/control-protocol.md: each call of contracts/control.yaml. A development tool. */
import { parse } from "yaml";
import { table } from "./generated-section.ts";

interface Call {
  readonly summary: string;
  readonly "x-ciam-capability"?: string;
  readonly tags: readonly string[];
}

interface Control {
  readonly tags: readonly { readonly name: string; readonly description: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Call>>>>;
}

/** One table per tag, in the order of the tags. */
export function controlTables(control: string): string {
  const { tags, paths }: Control = parse(control);
  const calls = Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, call]) => ({ name: `${method.toUpperCase()} ${path}`, ...call })),
  );
  return tags.map(({ name, description }) => `### ${description}\n\n${tableOf(calls, name)}`).join("\n\n");
}

function tableOf(calls: readonly (Call & { readonly name: string })[], tag: string): string {
  const rows = calls
    .filter(({ tags }) => tags.includes(tag))
    .map((call) => [`\`${call.name}\``, call.summary, call["x-ciam-capability"] ?? ""]);
  return table(["call", "what it does", "capability"], rows);
}
