/** The page's address names the view and the sandbox, so a reload and a link keep both. */

export const VIEW_NAMES = ["inbox", "journal", "accounts", "faults", "catalogue", "policy", "sandboxes"] as const;

export type ViewName = (typeof VIEW_NAMES)[number];

export interface Address {
  readonly view: ViewName;
  /** undefined for the default sandbox. */
  readonly sandbox: string | undefined;
}

export function address(): Address {
  const parts = new URLSearchParams(location.hash.slice(1));
  const view = VIEW_NAMES.find((name) => name === parts.get("view")) ?? "inbox";
  return { view, sandbox: parts.get("sandbox") || undefined };
}

export function linkTo({ view, sandbox }: Address): string {
  return `#${new URLSearchParams({ view, ...(sandbox === undefined ? {} : { sandbox }) })}`;
}
