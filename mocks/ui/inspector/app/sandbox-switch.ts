/** The choice of the sandbox that is shown. */
import { element } from "../../widgets/element.ts";
import { type Option, options } from "../../widgets/field.ts";
import { address, linkTo } from "./address.ts";
import type { OpenSandbox } from "./remote-mock.ts";
import type { Session } from "./session.ts";

export function sandboxSwitch({ mock, texts, clientId }: Session) {
  const text = texts.sandbox;
  const select = element("select", {
    onchange: () => {
      location.hash = linkTo({ view: address().view, sandbox: select.value || undefined });
    },
  });

  /** The address does not name the default sandbox, so a link works on a server with another default. */
  function show(sandboxes: readonly OpenSandbox[]): void {
    const isDefault = sandboxes.some((sandbox) => sandbox.default && sandbox.client_id === clientId);
    const chosen = isDefault ? "" : (clientId ?? "");
    const open = sandboxes.map(
      (sandbox): Option => (sandbox.default ? ["", text.default] : [sandbox.client_id, sandbox.client_id]),
    );
    const isOpen = open.some(([value]) => value === chosen);
    select.replaceChildren(...options(isOpen ? open : [...open, [chosen, text.closed(chosen)]], chosen));
  }

  return { element: select, load: async () => show(await mock.openSandboxes()) };
}
