/** Finds values that are secret because of their name: fields of JSON at any depth, of forms and of XML, and headers of a response. */

/** A value and the name that stands for it in a report. */
export type NamedSecret = readonly [name: string, secret: string];

const SECRET =
  /token|secret|passw|passphrase|pwd|authori[sz]ation|credential|cookie|(?:api|private|access)[_-]?key|session[_-]?id/i;
/** One-time codes, but not error codes, postal codes and the like. */
const ONE_TIME_CODE = /(?:verif\w*|pass|sms|mail|auth\w*|login|captcha|recovery|reset|one[_-]?time)[_-]?code|passcode/i;
/** Short words that are part of other words, so that their borders count. */
const SHORT_SECRET = /(?:^|[_-])(?:otp|pin|jwt)(?:[_-]|$)|[a-z](?:Otp|OTP|Pin|PIN|Jwt|JWT)(?![a-z])/;
/** Such as `token_type`, whose value "Bearer" is in every request, and `token_expires_in`. An account is not a count. */
const HARMLESS = /type|expir|lifetime|ttl|length|(?<!ac)count|country|endpoint|ur[il]$/i;
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
    const isSecret = fields.has(name) || (!HARMLESS.test(name) && (within || isSecretName(name)));
    if (typeof value === "object" && value !== null) left.push({ name, value, within: isSecret });
    else if (isSecret && isWorthHiding(value)) found.push([variable(name), String(value)]);
  };
  const json = parsed(text);
  if (json === undefined) for (const [name, value] of pairsIn(text)) enter(name, value, false);
  else enter("", json, false);
  // The list grows while it is read.
  for (const { name, value, within } of left) {
    for (const [key, inner] of Object.entries(Object(value))) enter(Array.isArray(value) ? name : key, inner, within);
  }
  return found;
}

function isSecretName(name: string): boolean {
  return SECRET.test(name) || ONE_TIME_CODE.test(name) || SHORT_SECRET.test(name);
}

/** The fields of a form or a query, and the elements of XML. */
function pairsIn(text: string): readonly (readonly [name: string, value: string])[] {
  const fields = text.matchAll(/(?<![\w.-])([\w.-]{1,60})=([^&#;,\s"'<>]+)/g);
  const elements = text.matchAll(/<([\w.-]{1,60})>([^<>]+)<\/\1>/g);
  return [...fields, ...elements].map(([, name = "", value = ""]) => [name, value]);
}

/** The headers of a response whose values are secret. The request has none that the suite does not know. */
export function secretsInHeaders(headers: Readonly<Record<string, string>>): readonly NamedSecret[] {
  return Object.entries(headers).flatMap(([name, value]): readonly NamedSecret[] => {
    // The address of a redirect may have a token or a code in its query.
    if (/^(?:content-)?location$/i.test(name)) return secretsIn(value, new Set());
    if (!(SECRET_HEADER.test(name) || isSecretName(name)) || HARMLESS.test(name)) return [];
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
