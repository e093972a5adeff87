/** The part of the fault form that says what happens to the request: four kinds, each with fields of its own. */
import type { Catalogue, FaultOrder } from "../../../client/sandbox.ts";
import { element } from "../../widgets/element.ts";
import { field, hintedField, type Option, options } from "../../widgets/field.ts";
import type { Session } from "../app/session.ts";

type CataloguedError = Catalogue["operations"][number]["errors"][number];

interface Kind {
  readonly fields: readonly HTMLElement[];
  readonly value: () => Partial<FaultOrder>;
}

export function faultKinds({ texts, language }: Session) {
  const { faults: text } = texts;
  const check = element("select", { name: "check" });
  const kinds: Readonly<Record<keyof typeof text.kinds, Kind>> = {
    error: { fields: [field(text.error, check)], value: () => ({ check: check.value }) },
    own: ownResponse(text),
    transport: connectionFailure(text),
    latency: { fields: [], value: () => ({}) },
  };
  const names = ["error", "own", "transport", "latency"] as const;
  const chosen = () => names.find((name) => name === kind.value) ?? "error";
  const kind = element(
    "select",
    { name: "kind", onchange: show },
    options(
      names.map((name) => [name, text.kinds[name]]),
      "error",
    ),
  );

  function show(): void {
    for (const name of names) for (const shown of kinds[name].fields) shown.hidden = name !== chosen();
  }

  show();
  return {
    elements: [field(text.kind, kind), ...names.flatMap((name) => kinds[name].fields)],
    value: () => kinds[chosen()].value(),
    showErrors(errors: readonly CataloguedError[]): void {
      const all = errors.map((one): Option => [one.check, `${one.error} · ${one.check} · ${one.text[language]}`]);
      check.replaceChildren(...options(all));
    },
  };
}

function ownResponse(text: Session["texts"]["faults"]): Kind {
  const status = element("input", { name: "status", type: "number", min: "200", max: "599", value: "503" });
  const body = element("textarea", { name: "body", rows: 3, spellcheck: false });
  return {
    fields: [field(text.status, status), hintedField(text.body, body, text.bodyHint)],
    value: () => ({
      status: Number(status.value),
      ...(body.value === "" ? {} : { body: jsonOrText(body.value) }),
    }),
  };
}

function connectionFailure(text: Session["texts"]["faults"]): Kind {
  const names = ["reset", "empty", "truncate", "hang"] as const;
  const all = names.map((name): Option => [name, text.transports[name]]);
  const transport = element("select", { name: "transport" }, options(all));
  return {
    fields: [field(text.transport, transport)],
    value: () => ({ transport: names.find((name) => name === transport.value) ?? "reset" }),
  };
}

function jsonOrText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
