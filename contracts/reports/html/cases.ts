/**
 * The details on the page: each case that did not pass, with its exchanges, and the blocked cases by missing
 * capability.
 */
import type { Outcome, ReportedCase, ReportedExchange, StaleEntry, Violation } from "../report.ts";
import { requestText, responseText } from "../shared/exchange-text.ts";
import { type BlockedGroup, byMissing, byReason, furtherReason, groupedBy, nameOf } from "../shared/grouping.ts";
import { type Markup, markup, nothing } from "../shared/markup.ts";
import { cut } from "../shared/visible-text.ts";
import { type Places, sign } from "./matrix.ts";
import { both, casesWords, needsWords, type Words, words } from "./words.ts";

const LONGEST_BODY = 20_000;
/** Longer than any shell accepts. The limit only keeps a huge request from making the page unusable. */
const LONGEST_COMMAND = 200_000;

export function section(heading: Words, content: readonly Markup[]): Markup {
  if (content.length === 0) return nothing;
  return markup`<section>
<h2>${both(heading)}</h2>
${content}</section>
`;
}

export function caseCards(cases: readonly ReportedCase[], places: Places): Markup[] {
  return cases.map((one) => caseCard(one, places.get(one) ?? ""));
}

function caseCard(told: ReportedCase, place: string): Markup {
  const { id, outcome, title, violations, exchanges } = told;
  const reason = furtherReason(told);
  const why = reason === "" ? nothing : markup`<p lang="en">${reason}</p>\n`;
  return markup`<article class="card" id="${place}" data-outcome="${outcome}">
<h3><span class="tone">${sign(outcome)}</span> <code>${id}</code></h3>
<p class="sentence" lang="en">${title}</p>
${why}${violations.map(violationTable)}${exchanges.map((one, index) => exchangeDetails(one, index + 1 === exchanges.length))}</article>
`;
}

function violationTable({ what, expected, got }: Violation): Markup {
  return markup`<table class="violation">
<caption lang="en">${what}</caption>
<tbody>
<tr><th scope="row">${both(words.expected)}</th><td>${value(expected)}</td></tr>
<tr><th scope="row">${both(words.got)}</th><td>${value(got)}</td></tr>
</tbody>
</table>
`;
}

function value(text: string): Markup {
  return text === "" ? both(words.empty) : markup`<code>${cut(text, LONGEST_BODY)}</code>`;
}

/** The last exchange is usually the one that the case tests; the earlier ones prepare it. */
function exchangeDetails(exchange: ReportedExchange, last: boolean): Markup {
  const { request, response } = exchange;
  const status = response === null ? both(words.noResponse) : markup`${response.status}`;
  const head = markup`<summary><code>${request.method} ${request.url}</code> <span aria-hidden="true">→</span> ${status}</summary>`;
  const content = markup`${head}
<h4>${both(words.toRepeat)}</h4>
${copyable(cut(exchange.curl, LONGEST_COMMAND))}<h4>${both(words.request)}</h4>
${block(requestText(exchange, LONGEST_BODY))}<h4>${both(words.response)}</h4>
${block(responseText(exchange, LONGEST_BODY))}`;
  return last ? markup`<details open="">${content}</details>\n` : markup`<details>${content}</details>\n`;
}

/** Keyboard users can scroll only an element that takes focus. */
function block(text: string): Markup {
  return markup`<pre tabindex="0"><code>${text}</code></pre>
`;
}

/** The script shows the button, because copying needs the script. */
export function copyable(text: string): Markup {
  const label = markup`<span class="todo">${both(words.copy)}</span><span class="done" role="status">${both(words.copied)}</span>`;
  return markup`<div class="command">${block(text)}<button type="button" hidden="">${label}</button></div>
`;
}

/** All cases that ended without a result for the same reason, with the exchange of the first. */
export function errorCards(cases: readonly ReportedCase[]): Markup[] {
  return byReason(cases).map(([reason, group]) => {
    const exchange = group[0]?.exchanges.at(-1);
    return markup`<article class="card" data-outcome="error">
<h3><span class="tone">${both(casesWords(group.length))}</span></h3>
<p lang="en">${reason}</p>
${foldedIds(group)}${exchange === undefined ? nothing : exchangeDetails(exchange, true)}</article>
`;
  });
}

function foldedIds(cases: readonly ReportedCase[]): Markup {
  return markup`<details><summary>${both(casesWords(cases.length))}</summary>
${idsByOperation(cases)}</details>
`;
}

export function blockedCards(cases: readonly ReportedCase[]): Markup[] {
  return byMissing(cases).map(
    ({ missing, reason, cases: group }: BlockedGroup) => markup`<article class="card" data-outcome="blocked">
<h3>${both(missing.length === 0 ? casesWords(group.length) : needsWords(group.length, missing))}</h3>
${missing.length === 0 ? markup`<p lang="en">${reason}</p>\n` : nothing}${idsByOperation(group)}</article>
`,
  );
}

function idsByOperation(cases: readonly ReportedCase[]): Markup {
  const operations = [...groupedBy(cases, ({ operation }) => operation)];
  return markup`<ul>
${operations.map(([operation, group]) => markup`<li><code>${operation}</code>: ${group.map(nameOf).join(", ")}</li>\n`)}</ul>
`;
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
