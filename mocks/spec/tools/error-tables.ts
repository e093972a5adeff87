/** The tables of errors and of magic values for docs/reference/, from openapi.yaml. A development tool. */
import { type Spec, spoken, type Wording } from "./read-spec.ts";

interface Row {
  readonly wording: Wording;
  readonly names: Set<string>;
  readonly operations: Set<string>;
}

/** Each ending with its error, and the operations that take a number or an address. */
export function magicTable({ operations, errors, magic }: Spec): string {
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
      const text = code === "400" ? "the first text for a missing or malformed value" : spoken(wording).texts.en;
      return `| \`${suffix}\` | \`${code}\` | ${text} | ${having.map(({ operationId }) => operationId).join(", ")} |`;
    }),
  );
  return ["| ends in | error | text | operations |", "|---|---|---|---|", ...rows, ""].join("\n");
}

const HEADINGS: Readonly<Record<string, string>> = { bamboocloud: "Bamboocloud", genauth: "GenAuth" };

const NOTES: Readonly<Record<string, string>> = {
  bamboocloud: "*Error* is `error_code`. The HTTP status is always 400.",
  genauth:
    "*Error* is `statusCode`, and `apiCode` after a slash where there is one. The HTTP status is 200. The texts are ours.",
};

export function errorTable(spec: Spec): string {
  const dialects = [...new Set(spec.operations.map(({ dialect }) => dialect))];
  return dialects
    .map((dialect) => `## ${HEADINGS[dialect] ?? dialect}\n\n${NOTES[dialect] ?? ""}\n\n${tableOf(spec, dialect)}`)
    .join("\n");
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
  return ["| error | text | causes | operations |", "|---|---|---|---|", ...lines, ""].join("\n");
}

function line({ wording, names, operations }: Row, all: number): string {
  const { code, texts } = spoken(wording);
  const where = operations.size === all ? "all" : [...operations].join(", ");
  return `| \`${code}\` | ${texts.en}<br>${texts.zh} | ${[...names].join(", ")} | ${where} |`;
}
