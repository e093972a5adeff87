/** What the documents leave open: each key with what it does, its value, its default and its source, for all systems or one. */
import type { Catalogue, PolicyPatch, PolicyValues } from "../../../client/sandbox.ts";
import { element } from "../../widgets/element.ts";
import { options, plainOptions, searchField } from "../../widgets/field.ts";
import { rowsIn } from "../../widgets/rows.ts";
import { contains } from "../../widgets/search.ts";
import type { Session, View } from "../app/session.ts";
import { emptyNotice, toolbar } from "./layout.ts";
import { type PolicyRow, policyRow } from "./policy-row.ts";
import { policySettings } from "./policy-settings.ts";

export function policy(session: Session): View {
  const { mock, texts, attempt } = session;
  let entries: Catalogue["policy"] = [];
  let values: PolicyValues | undefined;
  /** How often the server refused a value of the key. Each time the row is made again, so its field shows the old value. */
  const refusals = new Map<string, number>();
  const list = element("ul", { className: "rows", ariaLabel: texts.views.policy });
  const system = element("select", { ariaLabel: texts.policy.system, onchange: show });
  const rows = rowsIn(
    list,
    ({ key }: PolicyRow) => `${system.value} ${key}`,
    (row) => ({ element: policyRow(session, row, change) }),
  );
  const empty = emptyNotice();
  const search = searchField(texts.policy.search, show);

  function show(): void {
    if (values === undefined) return;
    const text = search.value.trim().toLowerCase();
    const matching = policySettings(entries, values, system.value).filter(({ key, description, source }) =>
      contains([key, description, source], text),
    );
    rows.show(matching.map((setting) => ({ ...setting, refusals: refusals.get(setting.key) ?? 0 })));
    empty.show(matching.length === 0, texts.noMatches);
  }

  /** null sets the default. */
  function change(key: string, value: unknown): Promise<void> {
    const patch = system.value === "" ? { [key]: value } : { [system.value]: { [key]: value } };
    return attempt(async () => {
      try {
        // The catalogue names the keys, and the server checks each value.
        values = await mock.policy.patch(patch as PolicyPatch);
      } catch (error) {
        refusals.set(key, (refusals.get(key) ?? 0) + 1);
        throw error;
      } finally {
        show();
      }
    });
  }

  return {
    element: element("div", {}, toolbar(search, system), empty.element, list),
    async load() {
      const [catalogue, read] = await Promise.all([session.catalogue(), mock.policy.read()]);
      entries = catalogue.policy;
      values = read;
      if (system.options.length === 0) {
        const dialects = [...new Set(catalogue.operations.map(({ dialect }) => dialect))];
        system.append(...options([["", texts.policy.allSystems], ...plainOptions(dialects)]));
      }
      show();
    },
  };
}
