/** Every operation and error with its texts and how it is known; each can be ordered from here. */
import { element, setText } from "./element.js";
import { contains } from "./search.js";

/** @import { CataloguedError, CataloguedOperation } from "./control-call.d.ts" */
/** @import { Session, View } from "./session.js" */

/**
 * @param {Session} session
 * @returns {View}
 */
export function catalogue(session) {
  const { say } = session;
  /** @type {readonly { made: HTMLElement, update: (text: string) => boolean }[]} */
  let sections = [];
  const place = element("div", { class: "operations" });
  const none = element("p", { class: "empty", hidden: true }, say("nothingFits"));
  const search = element("input", {
    type: "search",
    placeholder: say("catalogueSearch"),
    "aria-label": say("catalogueSearch"),
    oninput: show,
  });

  function show() {
    const text = search.value.trim().toLowerCase();
    const shown = sections.filter(({ update }) => update(text));
    none.hidden = shown.length > 0;
  }

  return {
    element: element("div", {}, element("div", { class: "tools" }, search), none, place),
    async load() {
      if (sections.length > 0) return;
      const { operations } = await session.catalogue();
      sections = operations.map((operation) => section(session, operation));
      place.replaceChildren(...sections.map(({ made }) => made));
      show();
    },
  };
}

/**
 * @param {Session} session
 * @param {CataloguedOperation} entry
 */
function section(session, entry) {
  const { operation, dialect, method, path, summary, errors } = entry;
  const { say } = session;
  const count = element("span", { class: "muted" });
  const rows = errors.map((error) => ({ error, made: row(session, operation, error) }));
  const made = element(
    "section",
    { class: "panel operation-section", "aria-label": operation },
    element(
      "header",
      {},
      element("h2", {}, operation),
      element("span", { class: "chip" }, dialect),
      count,
      element("p", { class: "line" }, `${method} ${path}`),
      element("p", { class: "muted" }, summary),
    ),
    element(
      "ul",
      { class: "errors" },
      rows.map(({ made: one }) => one),
    ),
  );

  /** @param {string} text */
  function update(text) {
    const isWhole = contains([operation, path, summary], text);
    const fitting = rows.filter(({ error, made: one }) => {
      const fits = isWhole || contains([error.error, error.check, error.summary, error.text.en, error.text.zh], text);
      one.hidden = !fits;
      return fits;
    });
    setText(count, say("errorCount", { count: fitting.length }));
    made.hidden = fitting.length === 0;
    return fitting.length > 0;
  }
  return { made, update };
}

/**
 * @param {Session} session
 * @param {string} operation
 * @param {CataloguedError} error
 */
function row(
  { ask, say, tell, attempt },
  operation,
  { check, error, summary, text, source, text_source, reason, also, magic_suffix },
) {
  const arm = () =>
    attempt(async () => {
      await ask("post", "/__testkit/faults", { body: { operation, check } });
      tell(say("armedWith", { operation, error }));
    });
  return element(
    "li",
    { class: "error-row" },
    element(
      "div",
      { class: "error-name" },
      element("code", { class: "error" }, error),
      element("span", { class: "check-name" }, check),
      element("span", { class: "hint" }, summary),
    ),
    element(
      "div",
      { class: "error-texts" },
      wording("en", text.en, text_source.en, say),
      wording("zh-CN", text.zh, text_source.zh, say),
      element(
        "p",
        { class: "hint" },
        source !== "inferred" || reason === "" ? "" : `${say("inferred")}: `,
        reason,
        also.length > 0 && ` ${say("also", { codes: also.join(", ") })}`,
      ),
    ),
    element(
      "div",
      { class: "error-actions" },
      sourceChip(source, say),
      magic_suffix !== null && element("span", { class: "chip", title: say("magicHint") }, `…${magic_suffix}`),
      element(
        "button",
        { type: "button", "aria-label": say("armWith", { operation, error, check }), onclick: arm },
        say("armShort"),
      ),
    ),
  );
}

/**
 * @param {string} lang
 * @param {string} text
 * @param {string} source
 * @param {Session["say"]} say
 */
function wording(lang, text, source, say) {
  const mark =
    source === "inferred" && element("span", { class: "mark", title: say("textInferred") }, ` ${say("inferredMark")}`);
  return element("p", { class: "wording" }, element("span", { lang }, text), mark);
}

/**
 * @param {CataloguedError["source"]} source
 * @param {Session["say"]} say
 */
function sourceChip(source, say) {
  return element("span", { class: `chip chip-${source}` }, say(source));
}
