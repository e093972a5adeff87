/** One card for each cause of failures or findings, and one for each known failure. */
import type { OpenChoice, Outcome, ReportedCase } from "../report.ts";
import type { Occurrence } from "../shared/alike.ts";
import { type Cause, failuresOf, findingsOf, type OwnFailure } from "../shared/causes.ts";
import { furtherReason, withOutcome } from "../shared/grouping.ts";
import { type Markup, markup, nothing } from "../shared/markup.ts";
import { type Places, sign } from "./matrix.ts";
import { exchanges, foldedIds, violationTable } from "./pieces.ts";
import { before, both, casesWords, likenessWords, words } from "./words.ts";

export interface Cards {
  readonly failures: readonly Markup[];
  readonly findings: readonly Markup[];
  readonly known: readonly Markup[];
  /** A case of several cards has its place on the first of its own. */
  readonly places: Places;
}

/** The place of a card is numbered, because a case id may contain characters that a link may not. */
export function cardsOf(cases: readonly ReportedCase[]): Cards {
  const { shared, own } = failuresOf(cases);
  const causes = [...shared, ...findingsOf(cases)];
  const unexplained = withOutcome(cases, "finding").filter(({ violations }) => violations.length === 0);
  const single = [...own, ...[...unexplained, ...withOutcome(cases, "known")].map(wholeCase)];
  const places = new Map<ReportedCase | Cause, string>();
  const placeOf = (one: ReportedCase | Cause) => places.get(one) ?? "";
  for (const [index, one] of [...causes, ...single].entries()) {
    const place = `case-${index + 1}`;
    if ("likeness" in one) places.set(one, place);
    else places.set(one.case, place);
  }
  for (const cause of causes) {
    const members = cause.occurrences.map((one) => one.case).filter((one) => !places.has(one));
    for (const one of members) places.set(one, placeOf(cause));
  }
  const cardOf = (one: Cause | OwnFailure) =>
    "likeness" in one ? causeCard(one, placeOf(one), "finding") : caseCard(one, placeOf(one.case), placeOf);
  const having = (outcome: "finding" | "known") => single.filter((one) => one.case.outcome === outcome);
  return {
    failures: [
      ...shared.map((one) => causeCard(one, placeOf(one), one.occurrences[0].case.outcome)),
      ...own.map(cardOf),
    ],
    findings: [...causes.slice(shared.length), ...having("finding")].map(cardOf),
    known: having("known").map(cardOf),
    places: places as Places,
  };
}

function wholeCase(one: ReportedCase): OwnFailure {
  return {
    case: one,
    occurrences: one.violations.map((violation) => ({ case: one, violation, further: 0 })),
    shared: [],
  };
}

function causeCard({ what, likeness, occurrences }: Cause, place: string, outcome: Outcome): Markup {
  const [example] = occurrences;
  const { case: one, violation } = example;
  const cases = occurrences.map((occurrence) => occurrence.case);
  const head =
    cases.length === 1
      ? markup`<code>${one.id}</code>`
      : markup`${both(before(casesWords(cases.length)))}<span lang="en">${what}</span>`;
  const alike = likenessWords[likeness];
  return markup`<article class="card" id="${place}" data-outcome="${outcome}">
<h3><span class="tone">${sign(outcome)}</span> ${head}</h3>
${alike.en === "" ? nothing : markup`<p>${both(alike)}</p>\n`}${cases.length === 1 ? nothing : markup`${foldedIds(cases)}<p>${both(before(words.example))}<code>${one.id}</code></p>\n`}<p class="sentence" lang="en">${one.title}</p>
${reasonOf(one)}${violationTable(example)}${exchanges(one, [violation])}</article>
`;
}

function caseCard(
  { case: one, occurrences, shared }: OwnFailure,
  place: string,
  placeOf: (cause: Cause) => string,
): Markup {
  const { id, outcome, title } = one;
  return markup`<article class="card" id="${place}" data-outcome="${outcome}">
<h3><span class="tone">${sign(outcome)}</span> <code>${id}</code></h3>
<p class="sentence" lang="en">${title}</p>
${reasonOf(one)}${occurrences.map(violationTable)}${exchanges(one, violationsIn(occurrences))}${shared.map((cause) => alsoIn(cause, placeOf(cause)))}</article>
`;
}

function violationsIn(occurrences: readonly Occurrence[]) {
  return occurrences.map(({ violation }) => violation);
}

function alsoIn({ what, occurrences }: Cause, place: string): Markup {
  const name = markup`${both(before(casesWords(occurrences.length)))}<span lang="en">${what}</span>`;
  return markup`<p>${both(words.alsoIn)} <a href="#${place}">${name}</a></p>
`;
}

function reasonOf(one: ReportedCase): Markup {
  const reason = furtherReason(one);
  return reason === "" ? nothing : markup`<p lang="en">${reason}</p>\n`;
}

export function choiceTable(choices: readonly OpenChoice[]): Markup[] {
  if (choices.length === 0) return [];
  const rows = choices.map(
    ({ choice, mock, target, cases }) =>
      markup`<tr><th scope="row"><code>${choice}</code></th><td>${target}</td><td>${mock}</td><td class="figure">${cases.length}</td></tr>\n`,
  );
  return [
    markup`<div class="wide" tabindex="0">
<table>
<thead><tr><th scope="col">${both(words.choice)}</th><th scope="col">${both(words.thisTarget)}</th><th scope="col">${both(words.mock)}</th><th scope="col" class="figure">${both(words.cases)}</th></tr></thead>
<tbody>
${rows}</tbody>
</table>
</div>
`,
  ];
}
