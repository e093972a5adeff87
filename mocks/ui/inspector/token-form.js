/** Asks for the control token, where the server has one. */
import { element } from "./element.js";
import { field } from "./field.js";

/** @import { Say } from "./words.js" */

/**
 * @param {Say} say
 * @param {{ readonly wasTried: boolean, readonly onToken: (token: string) => void }} parts
 */
export function tokenForm(say, { wasTried, onToken }) {
  const input = element("input", { type: "password", required: true, autocomplete: "off" });
  /** @param {Event} event */
  const submitted = (event) => {
    event.preventDefault();
    onToken(input.value);
  };
  return element(
    "form",
    { class: "panel token-form", onsubmit: submitted },
    element("h1", { tabindex: -1 }, say("tokenTitle")),
    element("p", {}, say("tokenIntro")),
    field(say("token"), input, say("tokenHint")),
    wasTried && element("p", { class: "refusal", role: "alert" }, say("tokenWrong")),
    element("button", { type: "submit", class: "primary" }, say("tokenUse")),
  );
}
