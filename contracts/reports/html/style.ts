/** The style of the page: light and dark, from phone width up, and the rules that hide outcomes. */
import { countOf } from "../summary.ts";

const palette = `
:root {
  color-scheme: light dark;
  --ground: #ffffff; --raised: #f6f8fa; --line: #d1d9e0; --ink: #1f2328; --quiet: #59636e; --link: #0969da;
  --passed: #1a7f37; --failed: #c6182a; --blocked: #59636e; --not-applicable: #59636e;
  --known: #7a3fd1; --stale: #8a5a00; --finding: #0969da; --error: #b04400;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #0d1117; --raised: #161b22; --line: #3d444d; --ink: #f0f6fc; --quiet: #9da7b3; --link: #79b8ff;
    --passed: #3fb950; --failed: #ff7b72; --blocked: #9da7b3; --not-applicable: #9da7b3;
    --known: #d2a8ff; --stale: #e3b341; --finding: #79c0ff; --error: #ffa657;
  }
}`;

const layout = `
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); line-height: 1.5; overflow-wrap: anywhere;
  font-family: system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; }
header, main { max-width: 76rem; margin: 0 auto; padding: 1rem; }
header { display: flex; flex-wrap: wrap; gap: 0.5rem 2rem; align-items: baseline; justify-content: space-between; }
h1 { font-size: 1.5rem; margin: 0; }
h2 { font-size: 1.25rem; margin: 2.5rem 0 0.75rem; padding-bottom: 0.25rem; border-bottom: 1px solid var(--line); }
h3 { font-size: 1rem; margin: 0 0 0.5rem; }
h4 { font-size: 0.875rem; margin: 0.75rem 0 0.25rem; color: var(--quiet); }
p { margin: 0.25rem 0; }
a { color: var(--link); }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
code, pre { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; font-size: 0.8125rem; }
pre { margin: 0; padding: 0.75rem; background: var(--ground); border: 1px solid var(--line); border-radius: 6px;
  max-height: 24rem; overflow: auto; white-space: pre-wrap; }
ul { margin: 0; padding-left: 1.25rem; }
fieldset { border: 0; margin: 0; padding: 0; display: flex; gap: 1rem; }
legend { float: left; padding: 0; margin-right: 1rem; color: var(--quiet); }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: 0.375rem 0.5rem; border-top: 1px solid var(--line); }
th { font-weight: 600; }
thead th, caption { color: var(--quiet); font-size: 0.8125rem; font-weight: 400; text-align: left; border-top: 0; }
.figure { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.quiet { color: var(--quiet); font-weight: 400; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.wide { overflow-x: auto; }
.facts { display: grid; grid-template-columns: max-content 1fr; gap: 0.25rem 1rem; margin: 1rem 0 0; }
.facts dt { color: var(--quiet); }
.facts dd { margin: 0; }
@media (max-width: 30rem) { .facts { grid-template-columns: 1fr; gap: 0; } .facts dd { margin-bottom: 0.5rem; } }`;

const parts = `
.verdict { font-size: 1.25rem; padding: 0.75rem 1rem; border-left: 6px solid var(--tone); background: var(--raised); border-radius: 0 6px 6px 0; }
.verdict strong { color: var(--tone); }
[data-verdict="conforms"] { --tone: var(--passed); }
[data-verdict="violates"] { --tone: var(--failed); }
[data-verdict="inconclusive"] { --tone: var(--error); }
.operations { columns: 32rem; column-gap: 1rem; }
.operations .card { break-inside: avoid; }
.card { background: var(--raised); border: 1px solid var(--line); border-radius: 6px; padding: 0.75rem 1rem; min-width: 0; margin-bottom: 1rem; }
.operations table { table-layout: fixed; }
.operations thead th:first-child { width: 13.5rem; }
@media (max-width: 30rem) { .card { padding: 0.5rem; } .operations thead th:first-child { width: 45%; } }
[data-count] label { white-space: nowrap; }
.card > .sentence { font-weight: 600; }
.chips { list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: 0.125rem 0.875rem; }
.tone { color: var(--tone); font-weight: 600; }
.chips a { color: inherit; }
.violation { margin: 0.75rem 0; }
.violation caption { padding: 0.25rem 0; color: var(--ink); }
.violation th { width: 6rem; font-weight: 400; color: var(--quiet); }
details { margin-top: 0.5rem; }
summary { cursor: pointer; }
.command { position: relative; }
.command pre { padding-right: 5.5rem; }
button { position: absolute; top: 0.4rem; right: 0.4rem; font: inherit; font-size: 0.8125rem; padding: 0.125rem 0.625rem; cursor: pointer;
  color: var(--ink); background: var(--raised); border: 1px solid var(--line); border-radius: 6px; }
[hidden], .done, button.copied .todo { display: none; }
button.copied .done { display: inline; }
.zh, :root:has(#language-zh:checked) .en { display: none; }
:root:has(#language-zh:checked) .zh { display: inline; }`;

const perOutcome = Object.keys(countOf).map(
  (outcome) => `
[data-outcome="${outcome}"], [data-count="${outcome}"] { --tone: var(--${outcome}); }
:root:has(#show-${outcome}:not(:checked)) main [data-outcome="${outcome}"] { display: none; }`,
);

export const style = [palette, layout, parts, ...perOutcome, ""].join("\n");
