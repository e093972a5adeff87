/** The field that fits a value of the policy: a number, yes or no, a choice, a list or a text. */
import { element } from "./element.js";
import { choices } from "./field.js";

/** @import { Schemas } from "./control-call.d.ts" */
/** @import { Say } from "./words.js" */

/** @typedef {Schemas["PolicyValues"]} Values */
/** @typedef {{ [K in keyof Values]-?: string extends NonNullable<Values[K]> ? never : NonNullable<Values[K]> extends string ? K : never }[keyof Values]} ChoiceKey */

/**
 * The catalogue tells what a key is by default; what else it may be, control.yaml says.
 * @type {{ readonly [K in ChoiceKey]: readonly NonNullable<Values[K]>[] }}
 */
const choiceKeys = {
  send_to_unknown: ["silent", "fail"],
  unverified_mobile: ["distinct", "as-wrong-code"],
  default_language: ["en", "zh"],
  genauth_http_status: ["always-200", "mirror"],
};

/** @typedef {(value: unknown) => void} Change  null for the default. */

/**
 * @param {Say} say
 * @param {string} key
 * @param {unknown} value
 * @param {unknown} standard
 * @param {Change} change
 */
export function policyInput(say, key, value, standard, change) {
  const possible = Object.hasOwn(choiceKeys, key) ? choiceKeys[/** @type {ChoiceKey} */ (key)] : undefined;
  if (possible !== undefined) return choiceInput(asOptions(possible), String(value), change);
  if (typeof standard === "boolean") return yesOrNo(say, String(value), change);
  if (typeof standard === "number") return numberInput(Number(value), change);
  return Array.isArray(value) ? listInput(value, change) : textInput(say, value, change);
}

/** @param {readonly string[]} values */
function asOptions(values) {
  return values.map((value) => /** @type {const} */ ([value, value]));
}

/**
 * @param {Parameters<typeof choices>[0]} options
 * @param {string} chosen
 * @param {Change} change
 */
function choiceInput(options, chosen, change) {
  /** @type {HTMLSelectElement} */
  const input = element("select", { onchange: () => change(input.value) }, choices(options, chosen));
  return input;
}

/**
 * @param {Say} say
 * @param {string} chosen
 * @param {Change} change
 */
function yesOrNo(say, chosen, change) {
  /** @type {(readonly [string, string])[]} */
  const options = [
    ["true", say("yes")],
    ["false", say("no")],
  ];
  return choiceInput(options, chosen, (text) => change(text === "true"));
}

/**
 * @param {number} value
 * @param {Change} change
 */
function numberInput(value, change) {
  /** @type {HTMLInputElement} */
  const input = element("input", { type: "number", step: "any", value, onchange: () => change(input.valueAsNumber) });
  return input;
}

/**
 * One on each line.
 * @param {readonly unknown[]} values
 * @param {Change} change
 */
function listInput(values, change) {
  const lines = () => input.value.split("\n").flatMap((line) => line.trim() || []);
  /** @type {HTMLTextAreaElement} */
  const input = element(
    "textarea",
    { rows: Math.max(1, Math.min(4, values.length)), spellcheck: "false", onchange: () => change(lines()) },
    values.join("\n"),
  );
  return input;
}

/**
 * An empty text is none.
 * @param {Say} say
 * @param {unknown} value
 * @param {Change} change
 */
function textInput(say, value, change) {
  /** @type {HTMLInputElement} */
  const input = element("input", {
    value: value === null ? "" : String(value),
    placeholder: say("none"),
    onchange: () => change(input.value || null),
  });
  return input;
}
