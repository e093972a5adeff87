/** Keeps secrets out of whatever is written: each known secret is replaced by its name, in every text. */

export interface Secrets {
  /** Remembers a secret under the name that stands for it, such as `id_token`. */
  add(name: string, secret: string | null | undefined): void;
  /** The text with each secret as `<name>`. */
  mask(text: string): string;
  /** The text, and its secrets as shell variables such as `$ID_TOKEN`; for what stands between double quotes. */
  asShell(text: string): string;
}

/** Shorter texts occur by chance in what is no secret. */
const SHORTEST = 4;

/** Secrets that nobody told us of: what looks like a token. */
const TOKEN_LIKE = /\beyJ[\w-]+\.[\w-]+(?:\.[\w-]*)?/g;

export function secretsOf(): Secrets {
  const names = new Map<string, string>();
  const counts = new Map<string, number>();
  const known = () => [...names].sort(([one], [other]) => other.length - one.length);
  const replaced = (text: string, written: (name: string) => string) =>
    known()
      .reduce((masked, [secret, name]) => masked.replaceAll(secret, written(name)), text)
      .replace(TOKEN_LIKE, written("token"));
  return {
    add(name, secret) {
      if (typeof secret !== "string" || secret.length < SHORTEST || names.has(secret)) return;
      const count = (counts.get(name) ?? 0) + 1;
      counts.set(name, count);
      names.set(secret, count === 1 ? name : `${name}_${count}`);
    },
    mask: (text) => replaced(text, (name) => `<${name}>`),
    asShell: (text) => replaced(text, (name) => `$${name.toUpperCase()}`),
  };
}
