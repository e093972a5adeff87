/**
 * The overlay's styles: light, dark, phone width, hidden in print. Lengths are in pixels, because `rem` depends on the page.
 * `:host` needs `!important`, because otherwise the page's styles win.
 */

export const CORNERS = ["bottom-right", "bottom-left", "top-right", "top-left"] as const;

export type Corner = (typeof CORNERS)[number];

export function styleIn(corner: Corner): string {
  const [edge, side] = corner.split("-");
  return `
:host { all: initial !important; position: fixed !important; ${edge}: 12px !important; ${side}: 12px !important;
  z-index: 2147483647 !important; direction: ltr !important; }
@media print { :host { display: none !important; } }
section { display: flex; flex-direction: column${edge === "top" ? "" : "-reverse"}; align-items: ${side === "left" ? "start" : "end"}; gap: 8px; max-height: min(640px, 100vh - 24px); color-scheme: light;
  --ground: #ffffff; --raised: #f6f8fa; --line: #848d97; --ink: #1f2328; --quiet: #59636e; --tone: #0969da;
  color: var(--ink); font: 14px/1.4 system-ui, sans-serif; }
@media (prefers-color-scheme: dark) { section { color-scheme: dark;
  --ground: #0d1117; --raised: #151b23; --line: #7d8590; --ink: #f0f6fc; --quiet: #9da7b3; --tone: #79b8ff; } }
@media (max-width: 480px) { section { max-height: 60vh; } }
* { box-sizing: border-box; }
[hidden] { display: none !important; }
:focus-visible { outline: 2px solid var(--tone); outline-offset: 2px; }
.badge { flex: none; width: 44px; height: 44px; padding: 0; border-radius: 22px; font-weight: 700;
  background: var(--tone); color: var(--ground); border: 2px solid var(--ground); }
.panel, .said { max-width: min(340px, calc(100vw - 24px)); }
.panel { width: 340px; min-height: 0; overflow: auto; overscroll-behavior: contain; padding: 4px 12px 12px;
  background: var(--ground); border: 1px solid var(--line); border-radius: 10px; }
.said { flex: none; margin: 0; padding: 6px 10px; background: var(--ink); color: var(--ground); border-radius: 8px;
  overflow-wrap: anywhere; }
.closed .said, .said:empty { position: absolute; width: 1px; height: 1px; padding: 0; overflow: hidden; clip-path: inset(50%); }
fieldset { border: 0; margin: 8px 0 0; padding: 0; min-width: 0; }
legend { padding: 0; font-weight: 600; }
p { margin: 4px 0; }
ul { list-style: none; margin: 0; padding: 0; }
li { margin-top: 6px; padding: 8px; background: var(--raised); border-radius: 6px; overflow-wrap: anywhere; }
.line { display: flex; flex-wrap: wrap; gap: 6px; align-items: center; margin-top: 6px; }
.apart { justify-content: space-between; }
li > .apart { margin: 0; }
.code { font: 600 24px/1.2 ui-monospace, monospace; letter-spacing: 1px; min-width: 0; }
.life { font-variant-numeric: tabular-nums; }
.quiet { color: var(--quiet); font-size: 13px; }
label { display: block; margin-top: 6px; color: var(--quiet); font-size: 13px; }
select { display: block; width: 100%; }
button, select { font: inherit; min-height: 28px; padding: 2px 10px; color: var(--ink); background: var(--raised);
  border: 1px solid var(--line); border-radius: 6px; }
button { cursor: pointer; }
[aria-disabled="true"] { opacity: 0.6; cursor: default; }`;
}
