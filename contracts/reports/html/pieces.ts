/** Parts that several cards of the page share: violations, exchanges, lists of cases. */
import type { ReportedCase, ReportedExchange, Violation } from "../report.ts";
import type { Occurrence } from "../shared/alike.ts";
import { differenceIn } from "../shared/difference.ts";
import { requestText, responseText } from "../shared/exchange-text.ts";
import { groupedBy, nameOf } from "../shared/grouping.ts";
import { type Markup, markup, nothing } from "../shared/markup.ts";
import { languageOf, shownExchange } from "../shared/shown-exchange.ts";
import { cut } from "../shared/visible-text.ts";
import { assumesFigure } from "../shared/words.ts";
import { before, both, differenceWords, furtherWords, strengthNames, words } from "./words.ts";

const LONGEST_BODY = 20_000;
/** Longer than any shell accepts. The limit only keeps a huge request from making the page unusable. */
const LONGEST_COMMAND = 200_000;

export function violationTable({ case: about, violation, further }: Occurrence): Markup {
  const { what, expected, got, strength, source } = violation;
  const difference = differenceIn(violation);
  const assumed = assumesFigure(about, violation) ? markup` (${both(words.assumption)})` : nothing;
  const basis = markup`${both(before(strengthNames[strength]))}<span lang="en">${source}</span>${assumed}`;
  return markup`<table class="violation">
<caption lang="en">${what}</caption>
<tbody>
<tr><th scope="row">${both(words.expected)}</th><td>${value(expected)}</td></tr>
<tr><th scope="row">${both(words.got)}</th><td>${value(got)}</td></tr>
${difference === undefined ? nothing : row("difference", both(differenceWords(difference)))}${row("basis", basis)}${further === 0 ? nothing : row("further", both(furtherWords(further)))}</tbody>
</table>
`;
}

function row(name: "difference" | "basis" | "further", content: Markup): Markup {
  return markup`<tr><th scope="row">${both(words[name])}</th><td>${content}</td></tr>
`;
}

function value(text: string): Markup {
  return text === "" ? both(words.empty) : markup`<code>${cut(text, LONGEST_BODY)}</code>`;
}

/** All exchanges of the case. Those that show a violation are open. */
export function exchanges(about: ReportedCase, violations: readonly Violation[]): Markup[] {
  const shown = violations.length === 0 ? [shownExchange(about)] : violations.map((one) => shownExchange(about, one));
  const open = new Set(shown.map((one) => one?.index));
  const isMarked = about.exchanges.length > 1 && violations.length > 0;
  return about.exchanges.map((one, index) => exchangeDetails(one, open.has(index), isMarked));
}

export function exchangeDetails(exchange: ReportedExchange, isOpen: boolean, isMarked = false): Markup {
  const { request, response } = exchange;
  const status = response === null ? both(words.noResponse) : markup`${response.status}`;
  const language = languageOf(exchange).map((text) => markup` <span class="quiet">${text}</span>`);
  const mark = isOpen && isMarked ? markup` <span class="tone">${both(words.shownHere)}</span>` : nothing;
  const head = markup`<summary><code>${request.method} ${request.url}</code> <span aria-hidden="true">→</span> ${status}${language}${mark}</summary>`;
  const content = markup`${head}
<h4>${both(words.toRepeat)}</h4>
${copyable(cut(exchange.curl, LONGEST_COMMAND))}<h4>${both(words.request)}</h4>
${block(requestText(exchange, LONGEST_BODY))}<h4>${both(words.response)}</h4>
${block(responseText(exchange, LONGEST_BODY))}`;
  return isOpen ? markup`<details open="">${content}</details>\n` : markup`<details>${content}</details>\n`;
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

export function foldedIds(cases: readonly ReportedCase[]): Markup {
  return markup`<details><summary>${both(words.caseIds)}</summary>
${idsByOperation(cases)}</details>
`;
}

export function idsByOperation(cases: readonly ReportedCase[]): Markup {
  const operations = [...groupedBy(cases, ({ operation }) => operation)];
  return markup`<ul>
${operations.map(([operation, group]) => markup`<li><code>${operation}</code>: ${group.map(nameOf).join(", ")}</li>\n`)}</ul>
`;
}
