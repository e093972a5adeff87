/** The sandboxes: separate worlds that share only the server. */
import { button, element } from "../../widgets/element.ts";
import { hintedField } from "../../widgets/field.ts";
import { rowsIn } from "../../widgets/rows.ts";
import { linkTo } from "../app/address.ts";
import type { OpenSandbox } from "../app/remote-mock.ts";
import type { Session, View } from "../app/session.ts";
import { chip, toolbar } from "./layout.ts";

export function sandboxes(session: Session): View {
  const { mock, texts, attempt } = session;
  const list = element("ul", { className: "rows", ariaLabel: texts.views.sandboxes });
  const rows = rowsIn(
    list,
    ({ client_id }: OpenSandbox) => client_id,
    (sandbox) => ({ element: row(session, sandbox, load) }),
  );

  async function load(): Promise<void> {
    rows.show(await mock.openSandboxes());
  }

  const create = button(texts.sandboxes.create, () => askToCreate(session, load), { className: "primary" });
  const refresh = button(texts.refresh, () => attempt(load));
  const intro = element("p", { className: "intro" }, texts.sandboxes.intro);
  return { element: element("div", {}, intro, toolbar(create, refresh), list), load };
}

function row(session: Session, sandbox: OpenSandbox, load: () => Promise<void>): HTMLElement {
  const { texts, clientId } = session;
  const { client_id, default: isDefault } = sandbox;
  const isCurrent = clientId === client_id || (clientId === undefined && isDefault);
  return element(
    "li",
    { className: "row sandbox" },
    element("code", { className: "client-id" }, client_id),
    isDefault && chip(texts.sandbox.default),
    isCurrent && chip(texts.sandboxes.current, "chip-good"),
    element(
      "div",
      { className: "row-actions" },
      !isCurrent && showLink(session, sandbox),
      !isDefault && closeButton(session, client_id, load),
    ),
  );
}

function showLink({ texts }: Session, { client_id, default: isDefault }: OpenSandbox): HTMLElement {
  const href = linkTo({ view: "inbox", sandbox: isDefault ? undefined : client_id });
  return element("a", { className: "button", href, ariaLabel: texts.sandboxes.showOne(client_id) }, texts.show);
}

function closeButton(session: Session, id: string, load: () => Promise<void>): HTMLElement {
  const { texts } = session;
  return button(texts.close, () => askToClose(session, id, load), {
    className: "danger-quiet",
    ariaLabel: texts.sandboxes.closeOne(id),
  });
}

function askToCreate({ mock, texts, ask }: Session, load: () => Promise<void>): void {
  const name = element("input", {
    name: "client_id",
    pattern: "[A-Za-z0-9_.\\-]{1,64}",
    autocomplete: "off",
    spellcheck: false,
  });
  ask({
    title: texts.sandboxes.create,
    content: [hintedField("X-client-id", name, texts.sandboxes.nameHint)],
    action: texts.create,
    submit: async () => {
      await mock.sandboxes.create(name.value === "" ? {} : { clientId: name.value });
      await load();
    },
  });
}

function askToClose({ mock, texts, ask }: Session, id: string, load: () => Promise<void>): void {
  ask({
    title: texts.sandboxes.closeOne(id),
    content: [element("p", {}, texts.sandboxes.closeHint)],
    action: texts.close,
    isDanger: true,
    submit: async () => {
      await mock.sandboxes.delete(id);
      await load();
    },
  });
}
