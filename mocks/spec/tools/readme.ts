/** The README's table of errors, from the catalogue. A development tool. */
import type { Spec, Wording } from "./read-spec.ts";

interface Row {
  readonly wording: Wording;
  readonly names: Set<string>;
  readonly operations: Set<string>;
}

const BEGIN = "<!-- generated: errors -->";
const END = "<!-- /generated -->";

/** The README with its table of errors made anew. */
export function withErrorTable(readme: string, spec: Spec): string {
  const begin = readme.indexOf(BEGIN);
  const end = readme.indexOf(END);
  if (begin < 0 || end < begin) throw new Error(`README.md has no ${BEGIN} ... ${END}`);
  return `${readme.slice(0, begin + BEGIN.length)}\n\n${errorTable(spec)}\n${readme.slice(end)}`;
}

function errorTable({ operations, errors }: Spec): string {
  const rows = new Map<string, Row>();
  for (const { operationId, checks, dialect } of operations) {
    for (const name of checks) {
      const wording = errors[name]?.[dialect] as Wording;
      const row = rows.get(wording.error_code) ?? { wording, names: new Set(), operations: new Set() };
      rows.set(wording.error_code, row);
      row.names.add(name);
      row.operations.add(operationId);
    }
  }
  const lines = [...rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([code, row]) => line(code, row, operations.length));
  return ["| error | text | causes, by check name | operations |", "|---|---|---|---|", ...lines, ""].join("\n");
}

function line(code: string, { wording, names, operations }: Row, all: number): string {
  const { en, zh } = wording.error_msg;
  const where = operations.size === all ? "all" : [...operations].join(", ");
  return `| \`${code}\` | ${en}<br>${zh} | ${[...names].join(", ")} | ${where} |`;
}
