/** Keeps secrets out of reports: replaces each known secret by its name, in every text. */

export interface Secrets {
  /** Remembers a secret under a name, such as `id_token`. */
  add(name: string, secret: string | null | undefined): void;
  /** The text with each secret as `<name>`. */
  mask(text: string): string;
  /** The text for use between double quotes in a shell, with its secrets as variables such as `$ID_TOKEN`. */
  asShell(text: string): string;
}

/** Shorter texts occur by chance in other text. */
const SHORTEST = 4;

/**
 * Longer than any token. A value that is too long on purpose would make a regular expression that no engine accepts.
 */
const LONGEST = 2_000;

interface Secret {
  readonly name: string;
  /** All spellings of the secret. Built on first use, because most cases pass and need none. */
  written(): RegExp;
  /** Whether the secret may be in the text; much faster than a search for every spelling. */
  mayBeIn(text: string): boolean;
}

/** Unregistered secrets: text that looks like a token. */
const TOKEN_LIKE: Secret = {
  name: "token",
  written: () => /\beyJ[\w-]+\.[\w-]+(?:\.[\w-]*)?/g,
  mayBeIn: (text) => text.includes("eyJ"),
};

/** Values that look harmless, and are secrets because of their field name. */
type Piece = string | Secret;

export function secretsOf(): Secrets {
  const known = new Map<string, Secret>();
  const counts = new Map<string, number>();
  const pieces = (text: string) => {
    // The longest first: a code may be a part of a number.
    const all = [...known].sort(([one], [other]) => other.length - one.length).map(([, secret]) => secret);
    let found: readonly Piece[] = [text];
    for (const secret of [...all, TOKEN_LIKE]) found = found.flatMap((piece) => split(piece, secret));
    return found;
  };
  return {
    add(name, secret) {
      if (typeof secret !== "string" || secret.length < SHORTEST || known.has(secret)) return;
      const count = (counts.get(name) ?? 0) + 1;
      counts.set(name, count);
      const numbered = count === 1 ? name : `${name}_${count}`;
      let forms: RegExp | undefined;
      const written = () => {
        forms ??= writtenForms(secret);
        return forms;
      };
      const plain = secret.toLowerCase();
      const mayBeIn = (text: string) => isEscaped(text) || text.toLowerCase().includes(plain);
      known.set(secret, { name: numbered, written, mayBeIn });
    },
    mask: (text) =>
      pieces(text)
        .map((piece) => (typeof piece === "string" ? piece : `<${piece.name}>`))
        .join(""),
    asShell: (text) => pieces(text).map(shellPiece).join(""),
  };
}

function split(piece: Piece, secret: Secret): readonly Piece[] {
  if (typeof piece !== "string" || !secret.mayBeIn(piece)) return [piece];
  return piece.split(secret.written()).flatMap((part, index) => (index === 0 ? [part] : [secret, part]));
}

/** Whether a part of the text may be escaped in one of the ways below. */
function isEscaped(text: string): boolean {
  return /[%\\]|u[\da-f]{4}/i.test(text);
}

/** Plain, or escaped in JSON (also JSON in JSON) or in a URL, character by character; an address in either case. */
function writtenForms(secret: string): RegExp {
  const flags = secret.includes("@") ? "gi" : "g";
  if (secret.length > LONGEST) return new RegExp(plainly(secret), flags);
  const characters = [...secret].map((character, index) => {
    const plain = plainly(character);
    const bytes = [...new TextEncoder().encode(character)].map((byte) => `%${hex(byte, 2)}`);
    // JSON in JSON in JSON needs seven. Without a limit, a long row of backslashes takes for ever.
    const prefix = index === 0 ? "" : "\\\\{0,7}";
    return `${prefix}(?:${plain}|${bytes.join("")}|u${hex(character.charCodeAt(0), 4)})`;
  });
  return new RegExp(characters.join(""), flags);
}

function plainly(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
}

/** In upper and lower case. */
function hex(number: number, digits: number): string {
  const text = number.toString(16).padStart(digits, "0");
  return text.replace(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`);
}

/** Braces only where the name would continue. */
function shellPiece(piece: Piece, index: number, all: readonly Piece[]): string {
  // In an interactive shell, an exclamation mark between double quotes recalls an earlier command.
  if (typeof piece === "string") return piece.replace(/["\\$`]/g, "\\$&").replaceAll("!", `"'!'"`);
  const variable = piece.name.toUpperCase();
  const next = all[index + 1];
  return typeof next === "string" && /^\w/.test(next) ? `\${${variable}}` : `$${variable}`;
}
