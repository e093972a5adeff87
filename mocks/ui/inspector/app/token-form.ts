/** Asks for the control token when the server has one. */
import type { Texts } from "../../i18n/inspector/en.ts";
import { element } from "../../widgets/element.ts";
import { hintedField } from "../../widgets/field.ts";

interface Parts {
  /** A token was sent, and the server refused it. */
  readonly wasTried: boolean;
  readonly onToken: (token: string) => void;
}

export function tokenForm({ token: text }: Texts, { wasTried, onToken }: Parts): HTMLElement {
  const input = element("input", { type: "password", required: true, autocomplete: "off" });
  const onsubmit = (event: Event) => {
    event.preventDefault();
    onToken(input.value);
  };
  return element(
    "form",
    { className: "panel token-form", onsubmit },
    element("h1", { tabIndex: -1 }, text.title),
    element("p", {}, text.intro),
    hintedField(text.label, input, text.hint),
    wasTried && element("p", { className: "refusal", role: "alert" }, text.wrong),
    element("button", { type: "submit", className: "primary" }, text.unlock),
  );
}
