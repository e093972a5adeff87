/** What the page's address says: which view, and which sandbox. So a reload and a link keep both. */

/** @typedef {"inbox" | "journal" | "accounts" | "faults" | "catalogue" | "policy" | "sandboxes"} ViewName */
/** @typedef {{ readonly view: ViewName, readonly sandbox: string | undefined }} Address No sandbox is the default one. */

/** @type {readonly ViewName[]} */
export const viewNames = ["inbox", "journal", "accounts", "faults", "catalogue", "policy", "sandboxes"];

/** @returns {Address} */
export function address() {
  const parts = new URLSearchParams(location.hash.slice(1));
  const view = viewNames.find((name) => name === parts.get("view")) ?? "inbox";
  return { view, sandbox: parts.get("sandbox") || undefined };
}

/** @param {Address} address */
export function linkTo({ view, sandbox }) {
  return `#${new URLSearchParams({ view, ...(sandbox === undefined ? {} : { sandbox }) })}`;
}
