/** Finds values that are secret because of their name: fields of JSON at any depth, and headers of a response. */

/** A value and the name that stands for it in a report. */
export type NamedSecret = readonly [name: string, secret: string];

const SECRET = /token|secret|passw/i;
/** Such as `token_type`, whose value "Bearer" is in every request, and `token_expires_in`. */
const HARMLESS = /type|expir|lifetime|ttl|length|count/i;
const SECRET_HEADER = /token|secret|passw|cookie|authorization/i;
/** Words that stand everywhere. */
const WORDS: ReadonlySet<string> = new Set(["true", "false", "null", "none", "undefined", "bearer"]);
/** A shorter number is likely to be a count. */
const SHORTEST_NUMBER = 6;
const LONGEST_NAME = 40;

/** `fields` are secret by their description. All texts inside a secret field are secret too. */
export function secretsIn(text: string, fields: ReadonlySet<string>): readonly NamedSecret[] {
  const found: NamedSecret[] = [];
  // A list of what is left to do: the nesting of a response has no limit.
  const left: { readonly name: string; readonly value: unknown; readonly within: boolean }[] = [];
  const enter = (name: string, value: unknown, within: boolean) => {
    const isSecret = fields.has(name) || (!HARMLESS.test(name) && (within || SECRET.test(name)));
    if (typeof value === "object" && value !== null) left.push({ name, value, within: isSecret });
    else if (isSecret && isWorthHiding(value)) found.push([variable(name), String(value)]);
  };
  enter("", parsed(text), false);
  // The list grows while it is read.
  for (const { name, value, within } of left) {
    for (const [key, inner] of Object.entries(Object(value))) enter(Array.isArray(value) ? name : key, inner, within);
  }
  return found;
}

/** The headers of a response whose values are secret. The request has none that the suite does not know. */
export function secretsInHeaders(headers: Readonly<Record<string, string>>): readonly NamedSecret[] {
  return Object.entries(headers).flatMap(([name, value]): readonly NamedSecret[] => {
    if (!SECRET_HEADER.test(name) || HARMLESS.test(name)) return [];
    const [, cookie = value] = /^[^=;\s]+=([^;]+)/.exec(value) ?? [];
    return [...new Set([value, cookie])].filter(isWorthHiding).map((secret) => [variable(name), secret]);
  });
}

function isWorthHiding(value: unknown): boolean {
  if (typeof value === "number") return String(value).length >= SHORTEST_NUMBER;
  return typeof value === "string" && !WORDS.has(value.trim().toLowerCase());
}

/** The name is also that of a shell variable, and comes from the target. */
function variable(name: string): string {
  return name
    .slice(0, LONGEST_NAME)
    .replace(/\W+/g, "_")
    .replace(/^(?=\d)/, "_");
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A text that is not JSON has no fields.
    return undefined;
  }
}
