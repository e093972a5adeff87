/** The field for a value of the policy: a number, yes or no, a choice, a list or a text. */
import type { Texts } from "../../i18n/inspector/en.ts";
import { element } from "../../widgets/element.ts";
import { type Option, options, plainOptions } from "../../widgets/field.ts";

type Input = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

/** null sets the default. */
type Change = (value: unknown) => void;

interface Current {
  readonly value: unknown;
  readonly standard: unknown;
  /** The allowed texts, for a choice of texts. */
  readonly values?: readonly string[] | undefined;
}

export function policyInput(text: Texts["policy"], { value, standard, values }: Current, change: Change): Input {
  if (values !== undefined) return choiceInput(plainOptions(values), String(value), change);
  if (typeof standard === "boolean") return yesOrNo(text, String(value), change);
  if (typeof standard === "number") return numberInput(String(value), change);
  return Array.isArray(value) ? listInput(value, change) : textInput(text.none, value, change);
}

function choiceInput(all: readonly Option[], chosen: string, change: Change): Input {
  const input = element("select", { onchange: () => change(input.value) }, options(all, chosen));
  return input;
}

function yesOrNo({ yes, no }: Texts["policy"], chosen: string, change: Change): Input {
  const all: readonly Option[] = [
    ["true", yes],
    ["false", no],
  ];
  return choiceInput(all, chosen, (text) => change(text === "true"));
}

function numberInput(value: string, change: Change): Input {
  const onchange = () => change(input.valueAsNumber);
  const input = element("input", { type: "number", step: "any", value, onchange });
  return input;
}

/** One value on each line. */
function listInput(values: readonly unknown[], change: Change): Input {
  const input = element("textarea", {
    rows: Math.max(1, Math.min(4, values.length)),
    spellcheck: false,
    value: values.join("\n"),
    onchange: () => change(input.value.split("\n").flatMap((line) => line.trim() || [])),
  });
  return input;
}

/** An empty text means none. */
function textInput(placeholder: string, value: unknown, change: Change): Input {
  const input = element("input", {
    value: value === null ? "" : String(value),
    placeholder,
    onchange: () => change(input.value || null),
  });
  return input;
}
