/** The details on the page beside the failures: errors, blocked cases, and the list of all cases. */
import type { Outcome, ReportedCase, StaleEntry } from "../report.ts";
import { type BlockedGroup, byMissing, byReason } from "../shared/grouping.ts";
import { type Markup, markup, nothing } from "../shared/markup.ts";
import { shownExchange } from "../shared/shown-exchange.ts";
import { sign } from "./matrix.ts";
import { exchangeDetails, foldedIds, idsByOperation } from "./pieces.ts";
import { both, casesWords, needsWords, type Words, words } from "./words.ts";

export function section(heading: Words, content: readonly Markup[]): Markup {
  if (content.length === 0) return nothing;
  return markup`<section>
<h2>${both(heading)}</h2>
${content}</section>
`;
}

/** All cases that ended without a result for the same reason, with the exchange of the first. */
export function errorCards(cases: readonly ReportedCase[]): Markup[] {
  return byReason(cases).map(([reason, group]) => {
    const shown = group[0] && shownExchange(group[0]);
    return markup`<article class="card" data-outcome="error">
<h3><span class="tone">${both(casesWords(group.length))}</span></h3>
<p lang="en">${reason}</p>
${foldedIds(group)}${shown === undefined ? nothing : exchangeDetails(shown.exchange, true)}</article>
`;
  });
}

export function blockedCards(cases: readonly ReportedCase[]): Markup[] {
  return byMissing(cases).map(
    ({ missing, reason, cases: group }: BlockedGroup) => markup`<article class="card" data-outcome="blocked">
<h3>${both(missing.length === 0 ? casesWords(group.length) : needsWords(group.length, missing))}</h3>
${missing.length === 0 ? markup`<p lang="en">${reason}</p>\n` : nothing}${idsByOperation(group)}</article>
`,
  );
}

export function reasonList(cases: readonly ReportedCase[], outcome: Outcome): Markup[] {
  if (cases.length === 0) return [];
  const items = byReason(cases).map(
    ([reason, group]) =>
      markup`<li data-outcome="${outcome}">${both(casesWords(group.length))}: <span lang="en">${reason}</span></li>\n`,
  );
  return [
    markup`<ul>
${items}</ul>
`,
  ];
}

export function staleList(entries: readonly StaleEntry[]): Markup[] {
  if (entries.length === 0) return [];
  const items = entries.map(
    ({ pattern, reason, why }) => markup`<li lang="en"><code>${pattern}  # ${reason}</code>: ${why}</li>\n`,
  );
  return [
    markup`<ul>
${items}</ul>
`,
  ];
}

export function hintList(hints: readonly string[]): Markup[] {
  if (hints.length === 0) return [];
  const items = hints.map((hint) => markup`<li lang="en">${hint}</li>\n`);
  return [
    markup`<ul>
${items}</ul>
`,
  ];
}

export function caseTable(cases: readonly ReportedCase[]): Markup {
  const rows = cases.map(
    (one) =>
      markup`<tr data-outcome="${one.outcome}"><th scope="row"><code>${one.id}</code></th><td>${one.title}</td><td class="tone">${sign(one.outcome)}</td><td class="figure">${one.duration_ms.toFixed(1)}</td></tr>\n`,
  );
  return markup`<details>
<summary>${both(casesWords(cases.length))}</summary>
<div class="wide" tabindex="0">
<table>
<thead><tr><th scope="col">${both(words.caseId)}</th><th scope="col">${both(words.sentence)}</th><th scope="col">${both(words.outcome)}</th><th scope="col" class="figure">${both(words.milliseconds)}</th></tr></thead>
<tbody>
${rows}</tbody>
</table>
</div>
</details>
`;
}
