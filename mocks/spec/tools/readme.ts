/** The README's table of errors, from the catalogue. A development tool. */
import { type Spec, spoken, type Wording } from "./read-spec.ts";

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

const TITLES: Readonly<Record<string, string>> = {
  bamboocloud: "Bamboocloud: `error_code`, always with status 400",
  genauth: "GenAuth: `statusCode`, and behind a stroke `apiCode`; the HTTP status is 200, and the texts are ours",
};

function errorTable(spec: Spec): string {
  const dialects = [...new Set(spec.operations.map(({ dialect }) => dialect))];
  return dialects.map((dialect) => `**${TITLES[dialect] ?? dialect}**\n\n${tableOf(spec, dialect)}`).join("\n");
}

function tableOf({ operations, errors }: Spec, dialect: string): string {
  const own = operations.filter((operation) => operation.dialect === dialect);
  const rows = new Map<string, Row>();
  for (const { operationId, checks } of own) {
    for (const name of checks) {
      const wording = errors[name]?.[dialect] as Wording;
      const { code, texts } = spoken(wording);
      const row = rows.get(`${code} ${texts.en}`) ?? { wording, names: new Set(), operations: new Set() };
      rows.set(`${code} ${texts.en}`, row);
      row.names.add(name);
      row.operations.add(operationId);
    }
  }
  const lines = [...rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => line(row, own.length));
  return ["| error | text | causes, by check name | operations |", "|---|---|---|---|", ...lines, ""].join("\n");
}

function line({ wording, names, operations }: Row, all: number): string {
  const { code, texts } = spoken(wording);
  const where = operations.size === all ? "all" : [...operations].join(", ");
  return `| \`${code}\` | ${texts.en}<br>${texts.zh} | ${[...names].join(", ")} | ${where} |`;
}
