/** The overview of the page: target, counts by outcome, and each operation with its errors. */
import type { Category, CoverageRow, Outcome, Report, ReportedCase, Summary } from "../report.ts";
import {
  byOperation,
  checkName,
  groupedBy,
  type MatrixRow,
  nameOf,
  type OperationGroup,
  worstFirst,
} from "../shared/grouping.ts";
import { type Markup, markup, nothing } from "../shared/markup.ts";
import { causeOfDoubt, nothingDriven, verdictOf } from "../shared/verdict.ts";
import { countOf, summarize } from "../summary.ts";
import {
  both,
  casesWords,
  categoryNames,
  outcomeMeanings,
  outcomeSigns,
  verdicts,
  type Words,
  words,
} from "./words.ts";

/** The id of the case's details on the page; undefined for a case that is only counted. */
export type Places = ReadonlyMap<ReportedCase, string>;

export function overview(report: Report): Markup {
  const verdict = verdictOf(report);
  const cause = causeOfDoubt(report);
  const because = cause === "" ? nothing : markup`: ${cause}`;
  return markup`<p class="verdict" data-verdict="${verdict}"><strong>${both(verdicts[verdict])}</strong>${because}</p>
${facts(report)}${outcomeTable(report)}`;
}

function facts({ target, summary, seed, spec_sha256, tool }: Report): Markup {
  const rows = [
    [words.target, target.name],
    [words.address, target.base_url],
    [words.driven, `${summary.driven_percent} %`],
    [words.seed, seed],
    [words.dialects, target.dialects.join(", ")],
    [words.capabilities, target.capabilities.join(", ")],
    [words.specification, spec_sha256],
    [words.tool, `${tool.name} ${tool.version}`],
  ] as const;
  return markup`<dl class="facts">
${rows.map(([name, value]) => markup`<dt>${both(name)}</dt><dd>${value === "" ? both(words.empty) : value}</dd>\n`)}</dl>
`;
}

function outcomeTable({ summary }: Report): Markup {
  const rows = worstFirst.map((outcome) => {
    const box = markup`<input type="checkbox" id="show-${outcome}" autocomplete="off" checked=""/>`;
    const label = markup`<label>${box} <span class="tone">${sign(outcome)}</span></label>`;
    return markup`<tr data-count="${outcome}"><th scope="row">${label}</th><td class="figure">${summary[countOf[outcome]]}</td><td>${both(outcomeMeanings[outcome])}</td></tr>\n`;
  });
  return markup`<h2>${both(words.outcomes)}</h2>
<table>
<caption>${both(words.pickOutcomes)}</caption>
<thead><tr><th scope="col">${both(words.outcome)}</th><th scope="col" class="figure">${both(words.cases)}</th><th scope="col">${both(words.meaning)}</th></tr></thead>
<tbody>
${rows}<tr><th scope="row">${both(words.total)}</th><td class="figure">${summary.total}</td><td></td></tr>
</tbody>
</table>
`;
}

/** Screen readers get the word; the symbol is for the eye. */
export function sign(outcome: Outcome): Markup {
  const { symbol, ...name } = outcomeSigns[outcome];
  return markup`<span aria-hidden="true">${symbol}</span> ${both(name)}`;
}

export function matrix(report: Report, places: Places): Markup {
  if (nothingDriven(report)) return nothing;
  return markup`<h2>${both(words.matrix)}</h2>
<div class="operations">
${byOperation(report).map((group) => operationCard(group, places))}</div>
`;
}

function operationCard({ operation, cases, rows, further }: OperationGroup, places: Places): Markup {
  const summary = summarize(cases);
  const unclaimed = summary.total > 0 && summary.not_applicable === summary.total;
  const lines = unclaimed
    ? []
    : [...rows.map((row) => errorRow(row, cases, places)), ...[...further].map((entry) => categoryRow(entry, places))];
  return markup`<section class="card">
<h3>${operation} <span class="quiet">${both(countedWords(summary))}</span></h3>
${lines.length === 0 ? nothing : rowTable(lines)}</section>
`;
}

function rowTable(lines: readonly Markup[]): Markup {
  return markup`<table>
<thead><tr><th scope="col">${both(words.response)}</th><th scope="col">${both(words.checks)}</th></tr></thead>
<tbody>
${lines}</tbody>
</table>
`;
}

function countedWords(summary: Summary): Words {
  const counted = worstFirst.filter((outcome) => summary[countOf[outcome]] > 0);
  const named = (language: keyof Words) =>
    counted
      .map((outcome) => `${summary[countOf[outcome]]} ${outcomeSigns[outcome][language]}`)
      .join(language === "en" ? ", " : "，");
  const { en, zh } = casesWords(summary.total);
  return { en: `${en}: ${named("en")}`, zh: `${zh}：${named("zh")}` };
}

function errorRow({ success, error, checks }: MatrixRow, cases: readonly ReportedCase[], places: Places): Markup {
  const ordered = worstFirst.flatMap((outcome) => checks.filter((row) => row.outcome === outcome));
  return tableRow(
    success ? both(words.success) : errorCode(error),
    ordered.map((row) => chip(row.outcome, checkName(row), placeOf(row, cases, places))),
  );
}

function errorCode(error: string | null): Markup {
  return error === null ? both(words.withoutCode) : markup`<code>${error}</code>`;
}

function categoryRow([category, cases]: [Category, readonly ReportedCase[]], places: Places): Markup {
  const groups = groupedBy(cases, ({ outcome }) => outcome);
  const chips = worstFirst.flatMap((outcome) => {
    const group = groups.get(outcome) ?? [];
    const told = group.filter((one) => places.has(one));
    const rest = group.length - told.length;
    return [
      ...told.map((one) => chip(outcome, nameOf(one), places.get(one))),
      ...(rest === 0 ? [] : [chip(outcome, `${rest}`, undefined)]),
    ];
  });
  return tableRow(both(categoryNames[category]), chips);
}

function tableRow(head: Markup, chips: readonly Markup[]): Markup {
  return markup`<tr><th scope="row">${head}</th><td><ul class="chips">${chips}</ul></td></tr>
`;
}

function chip(outcome: Outcome, text: string, place: string | undefined): Markup {
  const name = place === undefined ? markup`${text}` : markup`<a href="#${place}">${text}</a>`;
  return markup`<li data-outcome="${outcome}"><span class="tone">${chipSign(outcome)}</span> ${name}</li>`;
}

/** Most checks pass, so the symbol alone is enough for the eye. */
function chipSign(outcome: Outcome): Markup {
  if (outcome !== "passed") return sign(outcome);
  const { symbol, ...name } = outcomeSigns[outcome];
  return markup`<span aria-hidden="true">${symbol}</span><span class="unseen">${both(name)}</span>`;
}

/** The first case about this check that has details and the same outcome. */
function placeOf(row: CoverageRow, cases: readonly ReportedCase[], places: Places): string | undefined {
  const told = cases.find((one) => one.check === row.check && one.outcome === row.outcome && places.has(one));
  return told === undefined ? undefined : places.get(told);
}
