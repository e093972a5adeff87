/** One key of the policy: what it does, its value, its default and its source. */
import { button, element } from "../../widgets/element.ts";
import type { Session } from "../app/session.ts";
import { chip } from "./layout.ts";
import { policyInput } from "./policy-input.ts";
import { inShort, type PolicySetting } from "./policy-settings.ts";

export interface PolicyRow extends PolicySetting {
  readonly refusals: number;
}

export function policyRow(
  { texts }: Session,
  { key, dialect, description, values, default: standard, source, value, differing, isSet }: PolicyRow,
  change: (key: string, value: unknown) => Promise<void>,
): HTMLElement {
  const { policy: text } = texts;
  const input = policyInput(text, { value, standard, values }, (wanted) => change(key, wanted));
  const reset = button(texts.reset, () => change(key, null), { name: key, ariaLabel: text.resetOne(key) });
  return element(
    "li",
    { className: `row policy-row ${isSet ? "is-set" : ""}` },
    element(
      "div",
      { className: "policy-key" },
      element("code", {}, key),
      dialect !== undefined && chip(dialect),
      differing.map((one) => chip(one)),
      element("p", {}, description.replaceAll("`", "")),
      element("p", { className: "hint" }, source),
    ),
    element("div", { className: "policy-value" }, Object.assign(input, { name: key, ariaLabel: key })),
    element(
      "div",
      { className: "policy-default" },
      element(
        "span",
        { className: "muted" },
        `${text.default} `,
        element("span", { className: "default-value" }, inShort(standard)),
      ),
      isSet && reset,
    ),
  );
}
