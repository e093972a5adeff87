/** Every operation and error with its texts and its source. Each error can be scheduled from here. */
import type { Catalogue } from "../../../client/sandbox.ts";
import { element, setText } from "../../widgets/element.ts";
import { searchField } from "../../widgets/field.ts";
import { contains } from "../../widgets/search.ts";
import type { Session, View } from "../app/session.ts";
import { errorRow } from "./catalogue-error.ts";
import { chip, emptyNotice, toolbar } from "./layout.ts";

type Operation = Catalogue["operations"][number];

interface Section {
  readonly element: HTMLElement;
  /** Shows what matches the text; returns whether anything does. */
  filter(text: string): boolean;
}

export function catalogue(session: Session): View {
  const { texts } = session;
  let sections: readonly Section[] = [];
  const place = element("div", { className: "operations" });
  const empty = emptyNotice();
  const search = searchField(texts.catalogue.search, show);

  function show(): void {
    const text = search.value.trim().toLowerCase();
    const matching = sections.filter((one) => one.filter(text));
    empty.show(matching.length === 0, texts.noMatches);
  }

  return {
    element: element("div", {}, toolbar(search), empty.element, place),
    async load() {
      if (sections.length > 0) return;
      const { operations } = await session.catalogue();
      sections = operations.map((operation) => section(session, operation));
      place.replaceChildren(...sections.map((one) => one.element));
      show();
    },
  };
}

function section(session: Session, { operation, dialect, method, path, summary, errors }: Operation): Section {
  const { catalogue: text } = session.texts;
  const count = element("span", { className: "muted" });
  const rows = errors.map((error) => ({ error, element: errorRow(session, operation, error) }));
  const header = element(
    "header",
    {},
    element("h2", {}, operation),
    chip(dialect),
    count,
    element("p", { className: "line" }, `${method} ${path}`),
    element("p", { className: "muted" }, summary),
  );
  const list = element(
    "ul",
    { className: "errors" },
    rows.map((row) => row.element),
  );
  const whole = element("section", { className: "panel operation-section", ariaLabel: operation }, header, list);

  return {
    element: whole,
    filter(wanted) {
      const takesAll = contains([operation, path, summary], wanted);
      const matching = rows.filter(({ error, element: row }) => {
        const searched = [error.error, error.check, error.summary, error.text.en, error.text.zh];
        row.hidden = !takesAll && !contains(searched, wanted);
        return !row.hidden;
      });
      setText(count, text.count(matching.length));
      whole.hidden = matching.length === 0;
      return matching.length > 0;
    },
  };
}
