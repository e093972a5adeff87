/**
 * `ciam-testkit/overlay`: a small tool in the page under development. It shows the codes that arrived, lets time pass, and lets
 * the next request fail. Knows what a mock offers and the page; reads nothing of the mock before it is opened.
 */
import { badgeOf } from "./badge.ts";
import { element } from "./element.ts";
import { hostIn } from "./host.ts";
import type { Desk, OverlayMock } from "./overlay-context.ts";
import { panelOf } from "./panel.ts";
import { CORNERS, type Corner, styleIn } from "./style.ts";
import { type Language, wordsIn } from "./words.ts";

export type { OverlayMock };

export interface OverlayOptions {
  /** By default Chinese where the browser prefers it, English elsewhere. */
  readonly language?: Language;
  /** Whether it is open at first. What a person chose since then, in this tab, counts for more. */
  readonly open?: boolean;
  readonly corner?: Corner;
}

export interface Overlay {
  /** Takes it out of the page, with all that it listens to. */
  remove(): void;
}

/** The event by which an overlay learns that another one takes its place, and the key of what a person chose. */
const NAME = "ciam-testkit-overlay";

/** Shows the overlay of this mock, in the place of one that is there already. Nothing is shown before the page is parsed. */
export function showOverlay(mock: OverlayMock, options: OverlayOptions = {}): Overlay {
  const { language = preferredLanguage(), open = false, corner = "bottom-right" } = options;
  assertOneOf("language", language, Object.keys(wordsIn));
  assertOneOf("corner", corner, CORNERS);
  document.dispatchEvent(new Event(NAME));

  const removal = new AbortController();
  const { signal } = removal;
  const state = { open: chosen() ?? open, unread: 0 };
  const words = wordsIn[language];
  const { element: said, ...saying } = speaker();
  const panel = panelOf({ mock, language, words, ...saying }, signal);
  const badge = badgeOf(words, () => choose(!state.open));
  const section = element("section", { ariaLabel: words.title, lang: language }, badge.element, said, panel.element);

  function choose(opens: boolean): void {
    state.open = opens;
    remember(opens);
    saying.say("");
    show();
  }

  function show(): void {
    if (state.open) state.unread = 0;
    section.className = state.open ? "open" : "closed";
    badge.show(state);
    panel.show(state.open);
  }

  const unsubscribe = mock.subscribe((event) => {
    if (event.clientId !== mock.clientId || event.type === "request") return;
    if (event.type === "reset") state.unread = 0;
    if (event.type === "message") {
      const { code, to, scene } = event.message;
      saying.say(words.arrived(code, to, scene));
      state.unread++;
    }
    show();
  });

  section.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !state.open) return;
    // Otherwise a dialog in which the overlay stands would close as well.
    event.preventDefault();
    choose(false);
    badge.element.focus();
  });

  signal.addEventListener("abort", unsubscribe);
  document.addEventListener(NAME, () => removal.abort(), { signal });
  show();
  hostIn(section, styleIn(corner), signal);
  return { remove: () => removal.abort() };
}

/** A sentence at a time, for who sees it and for who hears it. */
function speaker(): Pick<Desk, "say" | "act"> & { readonly element: HTMLElement } {
  const said = element("p", { role: "status", className: "said" });
  const say = (sentence: string) => {
    said.textContent = sentence;
  };
  return { element: said, say, act: (work) => work().then(say, (error: Error) => say(error.message)) };
}

function preferredLanguage(): Language {
  return navigator.language.startsWith("zh") ? "zh" : "en";
}

function assertOneOf(option: string, value: string, values: readonly string[]): void {
  if (!values.includes(value)) throw new TypeError(`${option}: ${value} is none of ${values.join(", ")}`);
}

function chosen(): boolean | undefined {
  const kept = storage()?.getItem(NAME);
  return kept == null ? undefined : kept === "open";
}

function remember(open: boolean): void {
  storage()?.setItem(NAME, open ? "open" : "closed");
}

/** Undefined where a page may keep nothing, as in a sandboxed frame. */
function storage(): Storage | undefined {
  try {
    return sessionStorage;
  } catch {
    return undefined;
  }
}
