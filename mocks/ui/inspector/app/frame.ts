/** The frame around every view: navigation, the sandbox and its clock, the state of the connection, settings. */
import { button, element, setText } from "../../widgets/element.ts";
import { field } from "../../widgets/field.ts";
import { linkTo, VIEW_NAMES, type ViewName } from "./address.ts";
import { sandboxSwitch } from "./sandbox-switch.ts";
import type { Session, View } from "./session.ts";
import { settingsBar } from "./settings-bar.ts";

export type State = "connecting" | "live" | "lost" | "locked" | "gone";

interface Parts {
  readonly clock: HTMLElement;
  readonly notices: HTMLElement;
  readonly reopen: (focusName: string) => void;
}

export function pageFrame(session: Session, { clock, notices, reopen }: Parts) {
  const { texts } = session;
  const main = element("main", { id: "main" });
  const state = element("p", { className: "connection", role: "status" });
  const nav = navigation(session);
  const sandbox = sandboxSwitch(session);
  const reset = button(texts.sandbox.reset, () => askToReset(session), { className: "danger-quiet" });
  const which = element("div", { className: "which" }, field(texts.sandbox.title, sandbox.element), reset);
  const topBar = element("section", { className: "top-bar", ariaLabel: texts.sandbox.title }, clock, which);

  return {
    elements: [
      skipLink(texts.skip, main),
      element("header", { className: "side-bar" }, brand(texts.title), state, nav.element),
      element("div", { className: "page" }, topBar, notices, main),
      settingsBar(texts, reopen),
    ],
    loadSandboxes: sandbox.load,
    loadFaults: nav.loadFaults,

    show(name: ViewName, view: View, movesFocus: boolean): void {
      nav.mark(name);
      document.title = `${texts.views[name]} · ciam-testkit`;
      main.replaceChildren(element("h1", { tabIndex: -1 }, texts.views[name]), view.element);
      if (movesFocus) main.querySelector("h1")?.focus();
    },

    /** Shows what the user must do first, in the place of the view. */
    showInstead(content: HTMLElement): void {
      document.title = "ciam-testkit";
      main.replaceChildren(content);
    },

    showState(now: State): void {
      state.dataset["state"] = now;
      topBar.hidden = now === "locked";
      clock.hidden = now === "gone";
      reset.hidden = now === "gone";
      setText(state, texts.states[now]);
    },
  };
}

function brand(title: string): HTMLElement {
  return element("p", { className: "brand" }, element("strong", {}, "ciam-testkit"), element("span", {}, title));
}

/** The links to the views; the one to the faults tells how many are scheduled. */
function navigation({ mock, texts, clientId }: Session) {
  const badge = element("span", { className: "badge", hidden: true });
  const links = VIEW_NAMES.map((view) => {
    const href = linkTo({ view, sandbox: clientId });
    const link = element("a", { href }, element("span", {}, texts.views[view]), view === "faults" && badge);
    return { view, link };
  });
  const items = links.map(({ link }) => element("li", {}, link));

  return {
    element: element("nav", { ariaLabel: texts.views.title }, element("ul", {}, items)),
    mark(name: ViewName): void {
      for (const { view, link } of links) link.ariaCurrent = view === name ? "page" : null;
    },
    async loadFaults(): Promise<void> {
      const { length } = await mock.faults.list();
      badge.hidden = length === 0;
      badge.replaceChildren(String(length), element("span", { className: "unseen" }, texts.faults.badge));
    },
  };
}

/** The address belongs to the view, so the link moves the focus itself. */
function skipLink(label: string, main: HTMLElement): HTMLElement {
  const onclick = (event: Event) => {
    event.preventDefault();
    main.querySelector("h1")?.focus();
  };
  return element("a", { className: "skip", href: "#main", onclick }, label);
}

function askToReset({ mock, texts, ask }: Session): void {
  ask({
    title: texts.sandbox.resetTitle,
    content: [element("p", {}, texts.sandbox.resetHint)],
    action: texts.reset,
    isDanger: true,
    submit: () => mock.reset(),
  });
}
