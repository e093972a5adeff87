/**
 * `ciam-testkit/overlay`: a small tool in the page under development. It shows the codes that were sent, moves the clock, and
 * makes the next request fail. Knows the mock's interface and the page; reads nothing of the mock before it is opened.
 */
import { LANGUAGES, type Language, preferredLanguage } from "../i18n/language.ts";
import { textsIn } from "../i18n/overlay/texts.ts";
import { element } from "../widgets/element.ts";
import { badgeOf, TITLE } from "./badge.ts";
import { hostIn } from "./host.ts";
import type { OverlayContext, OverlayMock } from "./overlay-context.ts";
import { panelOf } from "./panel.ts";
import { CORNERS, type Corner, styleIn } from "./style.ts";

export type { OverlayMock };

export interface OverlayOptions {
  /** By default Chinese where the browser prefers it, English elsewhere. */
  readonly language?: Language;
  /** Whether it is open at first. A choice of the user in this tab wins. */
  readonly open?: boolean;
  readonly corner?: Corner;
}

export interface Overlay {
  /** Removes it from the page, with all its listeners. */
  remove(): void;
}

/** The event that tells an overlay to give way to another one, and the key of the user's choice. */
const NAME = "ciam-testkit-overlay";

/** Shows the overlay of this mock, and removes one that is already there. Waits until the page is parsed. */
export function showOverlay(mock: OverlayMock, options: OverlayOptions = {}): Overlay {
  const { language = preferredLanguage(), open = false, corner = "bottom-right" } = options;
  assertOneOf("language", language, LANGUAGES);
  assertOneOf("corner", corner, CORNERS);
  document.dispatchEvent(new Event(NAME));

  const removal = new AbortController();
  const { signal } = removal;
  const state = { open: chosen() ?? open, unread: 0 };
  const texts = textsIn[language];
  const { element: said, ...saying } = speaker();
  const panel = panelOf({ mock, language, texts, ...saying }, signal);
  const badge = badgeOf(texts, () => choose(!state.open));
  const section = element("section", { ariaLabel: TITLE, lang: language }, badge.element, said, panel.element);

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
      saying.say(texts.arrived(code, to, scene));
      state.unread++;
    }
    show();
  });

  section.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !state.open) return;
    // Otherwise a dialog around the overlay would close as well.
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

/** Shows one sentence at a time; a screen reader reads it out. */
function speaker(): Pick<OverlayContext, "say" | "act"> & { readonly element: HTMLElement } {
  const said = element("p", { role: "status", className: "said" });
  const say = (sentence: string) => {
    said.textContent = sentence;
  };
  return { element: said, say, act: (work) => work().then(say, (error: Error) => say(error.message)) };
}

function assertOneOf(option: string, value: string, values: readonly string[]): void {
  if (!values.includes(value)) throw new TypeError(`${option} must be one of ${values.join(", ")}, not ${value}`);
}

function chosen(): boolean | undefined {
  const kept = storage()?.getItem(NAME);
  return kept == null ? undefined : kept === "open";
}

function remember(open: boolean): void {
  storage()?.setItem(NAME, open ? "open" : "closed");
}

/** undefined where the page has no storage, as in a sandboxed frame. */
function storage(): Storage | undefined {
  try {
    return sessionStorage;
  } catch {
    return undefined;
  }
}
