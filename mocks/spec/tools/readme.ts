/** The README's table of errors, from the catalogue. A development tool. */
import { type Spec, spoken, type Wording } from "./read-spec.ts";

interface Row {
  readonly wording: Wording;
  readonly names: Set<string>;
  readonly operations: Set<string>;
}

const END = "<!-- /generated -->";

/** The README with its tables of errors and of magic values made anew. */
export function withTables(readme: string, spec: Spec): string {
  return withTable(withTable(readme, "errors", errorTable(spec)), "magic values", magicTable(spec));
}

function withTable(readme: string, name: string, table: string): string {
  const mark = `<!-- generated: ${name} -->`;
  const begin = readme.indexOf(mark);
  const end = readme.indexOf(END, begin);
  if (begin < 0 || end < begin) throw new Error(`README.md has no ${mark} ... ${END}`);
  return `${readme.slice(0, begin + mark.length)}\n\n${table}\n${readme.slice(end)}`;
}

/** The endings, each with its error and the operations that a number or an address is given to. */
function magicTable({ operations, errors, magic }: Spec): string {
  const rows = Object.entries(magic).flatMap(([dialect, suffixes]) =>
    Object.entries(suffixes).map(([code, suffix]) => {
      const wordings = Object.values(errors).map((entry) => entry[dialect]);
      const wording = wordings.find((one) => typeof one === "object" && spoken(one).code === code) as Wording;
      const having = operations.filter(
        (operation) =>
          operation.dialect === dialect &&
          operation.takesReceiver &&
          operation.checks.some((check) => spoken(errors[check]?.[dialect] as Wording).code === code),
      );
      const text =
        code === "400" ? "the first of the texts for what is missing or malformed" : spoken(wording).texts.en;
      return `| \`${suffix}\` | \`${code}\` | ${text} | ${having.map(({ operationId }) => operationId).join(", ")} |`;
    }),
  );
  return ["| ends in | error | text | of |", "|---|---|---|---|", ...rows, ""].join("\n");
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
