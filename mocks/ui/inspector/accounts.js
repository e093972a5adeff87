/** The accounts: found, made, changed, deleted, and signed in without the API. */
import { copyButton } from "./copy.js";
import { askPerson } from "./dialog.js";
import { element, setText, showList } from "./element.js";
import { field } from "./field.js";
import { coalesced } from "./session.js";

/** @import { Account, Schemas } from "./control-call.d.ts" */
/** @import { Session, View } from "./session.js" */

const members = /** @type {const} */ (["mobile", "email", "username", "name"]);

/**
 * @param {Session} session
 * @returns {View}
 */
export function accounts(session) {
  const { ask, say, attempt } = session;
  const list = element("ul", { class: "rows accounts", "aria-label": say("accounts") });
  const none = element("p", { class: "empty", hidden: true });
  const search = element("input", {
    type: "search",
    placeholder: say("accountsSearch"),
    "aria-label": say("accountsSearch"),
    oninput: coalesced(() => attempt(load)),
  });

  async function load() {
    const text = search.value.trim();
    const answer = await ask("get", "/__testkit/accounts", { query: { search: text } });
    showList(
      list,
      answer.accounts,
      ({ id }) => id,
      (account) => row(session, account),
    );
    none.hidden = answer.accounts.length > 0;
    setText(none, text === "" ? say("accountsEmpty") : say("nothingFits"));
  }

  const create = element(
    "button",
    { type: "button", class: "primary", onclick: () => askForAccount(session) },
    say("accountNew"),
  );
  return { element: element("div", {}, element("div", { class: "tools" }, search, create), none, list), load };
}

/**
 * @param {Session} session
 * @param {Account} account
 */
function row(session, account) {
  const { ask, say } = session;
  const { id, mobile, email, username, name } = account;
  const who = name ?? username ?? mobile ?? email ?? id;
  const tokens = () => ask("post", "/__testkit/accounts/{id}/tokens", { path: { id }, body: {} });
  const shown = members.map((member) =>
    element(
      "div",
      { class: "cell" },
      element("dt", {}, say(member)),
      element("dd", { class: account[member] === null ? "muted" : "" }, account[member] ?? "–"),
    ),
  );
  return element(
    "li",
    { class: "row account" },
    element(
      "dl",
      { class: "cells" },
      shown,
      element("div", { class: "cell" }, element("dt", {}, "id"), element("dd", {}, id)),
    ),
    element(
      "div",
      { class: "row-actions" },
      element("span", { class: "hint", "aria-hidden": "true" }, say("copy")),
      copyButton(session, "id_token", say("copyIdToken", { who }), async () => (await tokens()).id_token, ""),
      copyButton(
        session,
        "access_token",
        say("copyAccessToken", { who }),
        async () => (await tokens()).access_token,
        "",
      ),
      button(say("change"), say("changeWho", { who }), `change ${id}`, () => askForAccount(session, account)),
      button(
        say("delete"),
        say("deleteWho", { who }),
        `delete ${id}`,
        () => askToDelete(session, id, who),
        "danger-quiet",
      ),
    ),
  );
}

/**
 * @param {string} label
 * @param {string} what
 * @param {string} focus
 * @param {() => void} onclick
 * @param {string} [style]
 */
function button(label, what, focus, onclick, style = "") {
  return element("button", { type: "button", class: style, "aria-label": what, "data-focus": focus, onclick }, label);
}

/**
 * @param {Session} session
 * @param {string} id
 * @param {string} who
 */
function askToDelete(session, id, who) {
  const { ask, say } = session;
  askPerson(session, {
    title: say("deleteWho", { who }),
    content: [element("p", {}, say("deleteAccountHint"))],
    action: say("delete"),
    isDanger: true,
    submit: () => ask("delete", "/__testkit/accounts/{id}", { path: { id } }),
  });
}

/**
 * Makes an account, or changes this one.
 * @param {Session} session
 * @param {Account} [account]
 */
function askForAccount(session, account) {
  const { ask, say } = session;
  const fields = members.map((name) =>
    field(say(name), element("input", { name, value: account?.[name] ?? "", autocomplete: "off" })),
  );
  const password = element("input", { name: "password", type: "text", autocomplete: "off" });
  askPerson(session, {
    title: say(account === undefined ? "accountNew" : "accountChange"),
    content: [...fields, field(say("password"), password, account && say("passwordHint"))],
    action: say(account === undefined ? "create" : "save"),
    submit: async (form) => {
      if (account === undefined) await ask("post", "/__testkit/accounts", { body: seedOf(form) });
      else await change(session, account, form);
    },
  });
}

/**
 * @param {FormData} form
 * @returns {Schemas["AccountSeed"]}
 */
function seedOf(form) {
  const given = [...form].flatMap(([name, value]) => (value === "" ? [] : [[name, String(value)]]));
  return Object.fromEntries(given);
}

/**
 * Only what differs is sent; an empty field takes its member away, but for the password, which nobody can read.
 * @param {Session} session
 * @param {Account} account
 * @param {FormData} form
 */
async function change({ ask }, account, form) {
  const wanted = seedOf(form);
  /** @type {Schemas["AccountChange"]} */
  const body = wanted.password === undefined ? {} : { password: wanted.password };
  for (const member of members) {
    const value = wanted[member] ?? null;
    if (value !== account[member]) body[member] = value;
  }
  if (Object.keys(body).length === 0) return;
  await ask("patch", "/__testkit/accounts/{id}", { path: { id: account.id }, body });
}
