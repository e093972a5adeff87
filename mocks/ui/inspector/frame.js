/** What stands around every view: where one can go, which sandbox is shown, its clock, and how the connection is. */
import { address, linkTo, viewNames } from "./address.js";
import { askPerson } from "./dialog.js";
import { element, setText } from "./element.js";
import { choices, field } from "./field.js";
import { language, rememberLanguage, rememberScheme, scheme } from "./settings.js";

/** @import { ViewName } from "./address.js" */
/** @import { Schemas } from "./control-call.d.ts" */
/** @import { Session, View } from "./session.js" */

/** @typedef {"connecting" | "live" | "lost" | "locked" | "gone"} State */
/** @typedef {{ readonly clock: HTMLElement, readonly notices: HTMLElement, readonly onLanguage: () => void }} Parts */

/**
 * @param {Session} session
 * @param {Parts} parts
 */
export function frameOf(session, { clock, notices, onLanguage }) {
  const { ask, say, clientId } = session;
  const main = element("main", { id: "main" });
  const state = element("p", { class: "connection", role: "status" });
  const badge = element("span", { class: "badge", hidden: true });
  const links = viewNames.map((view) => ({ view, link: linkOf(session, view, view === "faults" && badge) }));
  const sandbox = sandboxSwitch();
  const reset = element(
    "button",
    { type: "button", class: "danger-quiet", onclick: () => askToReset(session) },
    say("resetSandbox"),
  );
  const which = element("div", { class: "which" }, field(say("sandbox"), sandbox), reset);
  const topBar = element("section", { class: "top-bar", "aria-label": say("sandbox") }, clock, which);

  /**
   * @param {readonly HTMLElement[]} content
   * @param {boolean} isMoved
   */
  function fill(content, isMoved) {
    main.replaceChildren(...content);
    if (isMoved) main.querySelector("h1")?.focus();
  }

  return {
    elements: [
      skipLink(session, main),
      element(
        "header",
        { class: "side-bar" },
        element("p", { class: "brand" }, element("strong", {}, "ciam-testkit"), element("span", {}, say("inspector"))),
        state,
        element(
          "nav",
          { "aria-label": say("views") },
          element("ul", {}, ...links.map(({ link }) => element("li", {}, link))),
        ),
      ),
      element("div", { class: "page" }, topBar, notices, main),
      element("footer", { class: "settings" }, languageSwitch(session, onLanguage), schemeSwitch(session)),
    ],

    /**
     * @param {ViewName} name
     * @param {View} view
     * @param {boolean} isMoved  The focus goes to the heading.
     */
    show(name, view, isMoved) {
      for (const { view: of, link } of links) {
        if (of === name) link.setAttribute("aria-current", "page");
        else link.removeAttribute("aria-current");
      }
      document.title = `${say(name)} · ciam-testkit`;
      fill([element("h1", { tabindex: -1 }, say(name)), view.element], isMoved);
    },

    /**
     * In the place of the view: what must be done first.
     * @param {HTMLElement} content
     */
    showInstead(content) {
      document.title = "ciam-testkit";
      fill([content], false);
    },

    /** @param {State} now */
    showState(now) {
      state.dataset["state"] = now;
      topBar.hidden = now === "locked";
      clock.hidden = now === "gone";
      reset.hidden = now === "gone";
      setText(state, say(`state_${now}`));
    },

    async loadFaults() {
      const { faults } = await ask("get", "/__testkit/faults");
      badge.hidden = faults.length === 0;
      badge.replaceChildren(String(faults.length), element("span", { class: "unseen" }, say("waiting")));
    },

    async loadSandboxes() {
      const { sandboxes } = await ask("get", "/__testkit/sandboxes");
      showSandboxes(session, sandbox, sandboxes, clientId);
    },
  };
}

/**
 * @param {Session} session
 * @param {ViewName} view
 * @param {HTMLElement | false} badge
 */
function linkOf({ say, clientId }, view, badge) {
  return element("a", { href: linkTo({ view, sandbox: clientId }) }, element("span", {}, say(view)), badge);
}

/**
 * The address belongs to the view, so the page itself moves the focus.
 * @param {Session} session
 * @param {HTMLElement} main
 */
function skipLink({ say }, main) {
  /** @param {Event} event */
  const onclick = (event) => {
    event.preventDefault();
    main.querySelector("h1")?.focus();
  };
  return element("a", { class: "skip", href: "#main", onclick }, say("skip"));
}

function sandboxSwitch() {
  /** @type {HTMLSelectElement} */
  const select = element("select", {
    onchange: () => {
      location.hash = linkTo({ view: address().view, sandbox: select.value || undefined });
    },
  });
  return select;
}

/**
 * The default one is named by nothing, so that a link to it holds wherever the server has another.
 * @param {Session} session
 * @param {HTMLSelectElement} select
 * @param {Schemas["Sandboxes"]["sandboxes"]} sandboxes
 * @param {string | undefined} clientId
 */
function showSandboxes({ say }, select, sandboxes, clientId) {
  const isDefault = sandboxes.some((sandbox) => sandbox.default && sandbox.client_id === clientId);
  const chosen = isDefault ? "" : (clientId ?? "");
  const options = sandboxes.map((sandbox) => option(sandbox.default ? "" : sandbox.client_id, sandbox.client_id));
  const isGone = !options.some(([value]) => value === chosen);
  const all = isGone ? [...options, option(chosen, say("vanished", { id: chosen }))] : options;
  select.replaceChildren(
    ...choices(
      all.map(([value, label]) => option(value, value === "" ? say("defaultSandbox") : label)),
      chosen,
    ),
  );
}

/**
 * @param {string} value
 * @param {string} label
 */
function option(value, label) {
  return /** @type {const} */ ([value, label]);
}

/**
 * @param {Session} session
 * @param {() => void} onLanguage
 */
function languageSwitch({ say }, onLanguage) {
  const chosen = () => {
    rememberLanguage(select.value);
    onLanguage();
  };
  const options = choices([option("en", "English"), option("zh", "中文")], language());
  /** @type {HTMLSelectElement} */
  const select = element("select", { "data-focus": "language", onchange: chosen }, options);
  return field(say("language"), select);
}

/** @param {Session} session */
function schemeSwitch({ say }) {
  const all = [
    option("auto", say("schemeAuto")),
    option("light", say("schemeLight")),
    option("dark", say("schemeDark")),
  ];
  /** @type {HTMLSelectElement} */
  const select = element("select", { onchange: () => rememberScheme(select.value) }, choices(all, scheme()));
  return field(say("scheme"), select);
}

/** @param {Session} session */
function askToReset(session) {
  const { ask, say } = session;
  askPerson(session, {
    title: say("resetTitle"),
    content: [element("p", {}, say("resetHint"))],
    action: say("reset"),
    isDanger: true,
    submit: () => ask("post", "/__testkit/reset"),
  });
}
