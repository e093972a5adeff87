/** The accounts: searched, created, edited, deleted, and signed in without the API. */
import type { Account } from "../../../client/sandbox.ts";
import { coalesced } from "../../widgets/coalesce.ts";
import { button, element } from "../../widgets/element.ts";
import { searchField } from "../../widgets/field.ts";
import { rowsIn } from "../../widgets/rows.ts";
import type { Session, View } from "../app/session.ts";
import { ACCOUNT_FIELDS, askForAccount } from "./account-form.ts";
import { copyButton } from "./copy-button.ts";
import { cell, emptyNotice, toolbar } from "./layout.ts";

export function accounts(session: Session): View {
  const { mock, texts, attempt } = session;
  const list = element("ul", { className: "rows accounts", ariaLabel: texts.views.accounts });
  const rows = rowsIn(
    list,
    ({ id }: Account) => id,
    (account) => ({ element: row(session, account) }),
  );
  const empty = emptyNotice();
  const search = searchField(
    texts.accounts.search,
    coalesced(() => attempt(load)),
  );
  const create = button(texts.accounts.create, () => askForAccount(session), { className: "primary" });

  async function load(): Promise<void> {
    const text = search.value.trim();
    const found = await mock.accounts.list(text === "" ? {} : { search: text });
    rows.show(found);
    empty.show(found.length === 0, text === "" ? texts.accounts.empty : texts.noMatches);
  }

  return { element: element("div", {}, toolbar(search, create), empty.element, list), load };
}

function row(session: Session, account: Account): HTMLElement {
  const { accounts: text } = session.texts;
  const cells = ACCOUNT_FIELDS.map((name) => cell(text.fields[name], account[name]));
  return element(
    "li",
    { className: "row account" },
    element("dl", { className: "cells" }, cells, cell("id", account.id)),
    element("div", { className: "row-actions" }, actions(session, account)),
  );
}

function actions(session: Session, account: Account): HTMLElement[] {
  const { mock, texts } = session;
  const { accounts: text } = texts;
  const { id } = account;
  const title = account.name ?? account.username ?? account.mobile ?? account.email ?? id;
  const tokens = () => mock.accounts.issueTokens(id);
  const idToken = async () => (await tokens()).idToken;
  const accessToken = async () => (await tokens()).accessToken;
  return [
    element("span", { className: "hint", ariaHidden: "true" }, texts.copy),
    copyButton(session, "id_token", text.copyIdToken(title), idToken, ""),
    copyButton(session, "access_token", text.copyAccessToken(title), accessToken, ""),
    button(texts.edit, () => askForAccount(session, account), { ariaLabel: text.editOne(title), name: `edit ${id}` }),
    button(texts.delete, () => askToDelete(session, id, title), {
      className: "danger-quiet",
      ariaLabel: text.deleteOne(title),
      name: `delete ${id}`,
    }),
  ];
}

function askToDelete({ mock, texts, ask }: Session, id: string, title: string): void {
  ask({
    title: texts.accounts.deleteOne(title),
    content: [element("p", {}, texts.accounts.deleteHint)],
    action: texts.delete,
    isDanger: true,
    submit: () => mock.accounts.delete(id),
  });
}
