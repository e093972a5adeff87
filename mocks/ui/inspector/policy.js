/** What the documents leave open: each key with its value, its default and how that is known; for all systems, or for one. */
import { element, showList } from "./element.js";
import { choices } from "./field.js";
import { policyInput } from "./policy-input.js";
import { contains } from "./search.js";

/** @import { PolicyEntry, Schemas } from "./control-call.d.ts" */
/** @import { Session, View } from "./session.js" */

/** @typedef {{ entry: PolicyEntry, value: unknown, differing: readonly string[], isSet: boolean }} Row */

/**
 * @param {Session} session
 * @returns {View}
 */
export function policy(session) {
  const { ask, say, attempt } = session;
  /** @type {readonly PolicyEntry[]} */
  let entries = [];
  /** @type {Schemas["Policy"] | undefined} */
  let values;
  /** @type {Map<string, number>} How often a value of the key was refused: each time its field is made anew. */
  const refusals = new Map();
  const list = element("ul", { class: "rows", "aria-label": say("policy") });
  const none = element("p", { class: "empty", hidden: true }, say("nothingFits"));
  const scope = element("select", { "aria-label": say("scope"), onchange: show });
  const search = element("input", {
    type: "search",
    placeholder: say("policySearch"),
    "aria-label": say("policySearch"),
    oninput: show,
  });

  function show() {
    if (values === undefined) return;
    const text = search.value.trim().toLowerCase();
    const rows = rowsOf(entries, values, scope.value).filter(({ entry: { key, source } }) =>
      contains([key, source], text),
    );
    showList(
      list,
      rows.map((row) => ({ ...row, refused: refusals.get(row.entry.key) ?? 0 })),
      ({ entry }) => `${scope.value} ${entry.key}`,
      (row) => rowElement(session, row, change),
    );
    none.hidden = rows.length > 0;
  }

  /**
   * @param {string} key
   * @param {unknown} value  null for the default.
   */
  function change(key, value) {
    const patch = scope.value === "" ? { [key]: value } : { [scope.value]: { [key]: value } };
    return attempt(async () => {
      try {
        // Which keys there are the page learns from the catalogue, and the server checks each value.
        values = await ask("patch", "/__testkit/policy", { body: /** @type {Schemas["PolicyPatch"]} */ (patch) });
      } catch (error) {
        refusals.set(key, (refusals.get(key) ?? 0) + 1);
        throw error;
      } finally {
        show();
      }
    });
  }

  return {
    element: element("div", {}, element("div", { class: "tools" }, search, scope), none, list),
    async load() {
      const [catalogue, read] = await Promise.all([session.catalogue(), ask("get", "/__testkit/policy")]);
      entries = catalogue.policy;
      values = read;
      if (scope.options.length === 0) {
        const dialects = new Set(catalogue.operations.map(({ dialect }) => dialect));
        scope.append(
          ...choices(
            [["", say("everySystem")], ...[...dialects].map((name) => /** @type {const} */ ([name, name]))],
            "",
          ),
        );
      }
      show();
    },
  };
}

/**
 * The keys that the scope has: all that are common, and a dialect's own.
 * @param {readonly PolicyEntry[]} entries
 * @param {Schemas["Policy"]} policyValues
 * @param {string} scope  A dialect's name, or nothing for all.
 * @returns {Row[]}
 */
function rowsOf(entries, policyValues, scope) {
  const common = entries.filter(({ dialect }) => dialect === undefined);
  const isCommon = (/** @type {string} */ key) => common.some((entry) => entry.key === key);
  const own = entries.filter(
    ({ key, dialect }) => dialect !== undefined && !isCommon(key) && (scope === "" || scope === dialect),
  );
  const all = record(policyValues);
  const dialects = Object.entries(all).filter(([key]) => !entries.some((entry) => entry.key === key));
  return [...common, ...own].map((entry) => {
    const { key } = entry;
    const scoped = entries.find((other) => other.key === key && other.dialect === scope) ?? entry;
    const here = record(all[scope]);
    const value = key in here ? here[key] : all[key];
    const differing =
      scope !== ""
        ? []
        : dialects
            .filter(([, values]) => key in record(values))
            .map(([name, values]) => `${name}: ${shortly(record(values)[key])}`);
    const isDefault = same(value, scoped.default);
    return { entry: scoped, value, differing, isSet: !isDefault && (scope === "" || key in here || !isCommon(key)) };
  });
}

/**
 * @param {unknown} value
 * @returns {Record<string, unknown>}
 */
function record(value) {
  return Object.fromEntries(Object.entries(value ?? {}));
}

/**
 * @param {unknown} one
 * @param {unknown} other
 */
function same(one, other) {
  return JSON.stringify(one) === JSON.stringify(other);
}

/**
 * @param {Session} session
 * @param {Row} row
 * @param {(key: string, value: unknown) => Promise<void>} change
 */
function rowElement({ say }, { entry: { key, dialect, default: standard, source }, value, differing, isSet }, change) {
  const input = policyInput(say, key, value, standard, (wanted) => change(key, wanted));
  input.setAttribute("data-focus", key);
  input.setAttribute("aria-label", key);
  const reset = () => change(key, null);
  return element(
    "li",
    { class: `row policy-row ${isSet ? "is-set" : ""}` },
    element(
      "div",
      { class: "policy-key" },
      element("code", {}, key),
      dialect !== undefined && element("span", { class: "chip" }, dialect),
      differing.map((text) => element("span", { class: "chip" }, text)),
      element("p", { class: "hint" }, source),
    ),
    element("div", { class: "policy-value" }, input),
    element(
      "div",
      { class: "policy-default" },
      element(
        "span",
        { class: "muted" },
        say("default"),
        " ",
        element("span", { class: "default-value" }, shortly(standard)),
      ),
      isSet &&
        element(
          "button",
          { type: "button", "data-focus": key, "aria-label": say("policyReset", { key }), onclick: reset },
          say("reset"),
        ),
    ),
  );
}

/** @param {unknown} value */
function shortly(value) {
  if (Array.isArray(value)) return value.join(", ");
  return value === null ? "–" : String(value);
}
