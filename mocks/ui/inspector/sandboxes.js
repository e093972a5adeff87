/** The sandboxes: separate worlds that share nothing but the server. */
import { linkTo } from "./address.js";
import { askPerson } from "./dialog.js";
import { element, showList } from "./element.js";
import { field } from "./field.js";

/** @import { Schemas } from "./control-call.d.ts" */
/** @import { Session, View } from "./session.js" */

/** @typedef {Schemas["Sandboxes"]["sandboxes"][number]} Sandbox */

/**
 * @param {Session} session
 * @returns {View}
 */
export function sandboxes(session) {
  const { ask, say, attempt } = session;
  const list = element("ul", { class: "rows", "aria-label": say("sandboxes") });

  async function load() {
    const { sandboxes: open } = await ask("get", "/__testkit/sandboxes");
    showList(
      list,
      open,
      ({ client_id }) => client_id,
      (sandbox) => row(session, sandbox, load),
    );
  }

  const open = element(
    "button",
    { type: "button", class: "primary", onclick: () => askToOpen(session, load) },
    say("sandboxOpen"),
  );
  const again = element("button", { type: "button", onclick: () => attempt(load) }, say("refresh"));
  return {
    element: element(
      "div",
      {},
      element("p", { class: "intro" }, say("sandboxesIntro")),
      element("div", { class: "tools" }, open, again),
      list,
    ),
    load,
  };
}

/**
 * @param {Session} session
 * @param {Sandbox} sandbox
 * @param {() => Promise<void>} load
 */
function row(session, { client_id, default: isDefault }, load) {
  const { say, clientId } = session;
  const isCurrent = clientId === client_id || (clientId === undefined && isDefault);
  const href = linkTo({ view: "inbox", sandbox: isDefault ? undefined : client_id });
  const close = () => askToClose(session, client_id, load);
  return element(
    "li",
    { class: "row sandbox" },
    element("code", { class: "client-id" }, client_id),
    isDefault && element("span", { class: "chip" }, say("defaultSandbox")),
    isCurrent && element("span", { class: "chip chip-good" }, say("shownNow")),
    element(
      "div",
      { class: "row-actions" },
      !isCurrent &&
        element("a", { class: "button", href, "aria-label": say("sandboxShow", { id: client_id }) }, say("show")),
      !isDefault &&
        element(
          "button",
          {
            type: "button",
            class: "danger-quiet",
            "aria-label": say("sandboxClose", { id: client_id }),
            onclick: close,
          },
          say("closeIt"),
        ),
    ),
  );
}

/**
 * @param {Session} session
 * @param {() => Promise<void>} load
 */
function askToOpen(session, load) {
  const { ask, say } = session;
  const input = element("input", {
    name: "client_id",
    pattern: "[A-Za-z0-9_.\\-]{1,64}",
    autocomplete: "off",
    spellcheck: "false",
  });
  askPerson(session, {
    title: say("sandboxOpen"),
    content: [field("X-client-id", input, say("sandboxNameHint"))],
    action: say("open"),
    submit: async (form) => {
      const name = String(form.get("client_id"));
      await ask("post", "/__testkit/sandboxes", { body: name === "" ? {} : { client_id: name } });
      await load();
    },
  });
}

/**
 * @param {Session} session
 * @param {string} client_id
 * @param {() => Promise<void>} load
 */
function askToClose(session, client_id, load) {
  const { ask, say } = session;
  askPerson(session, {
    title: say("sandboxClose", { id: client_id }),
    content: [element("p", {}, say("sandboxCloseHint"))],
    action: say("closeIt"),
    isDanger: true,
    submit: async () => {
      await ask("delete", "/__testkit/sandboxes/{client_id}", { path: { client_id } });
      await load();
    },
  });
}
