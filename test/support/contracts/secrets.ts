/** Secrets of every kind, their written forms, and a search for what is left of one. */
import fc from "fast-check";

export interface Secret {
  /** Its placeholder, such as `id_token`. */
  readonly name: string;
  readonly text: string;
}

function kind(name: string, texts: fc.Arbitrary<string>): fc.Arbitrary<Secret> {
  return texts.map((text) => ({ name, text }));
}

/** Upper case, so that none is by chance part of a placeholder. */
export const anySecret: fc.Arbitrary<Secret> = fc.oneof(
  kind("mobile", fc.stringMatching(/^(\+86-?)?1[3-9]\d{9}$/)),
  kind("email", fc.stringMatching(/^[a-z]{3}[a-z0-9.+-]{1,8}@[a-z]{3,8}\.example$/)),
  kind("verify_code", fc.stringMatching(/^\d{4,8}$/)),
  kind("password", fc.stringMatching(/^[A-Z][!-~]{7,17}$/)),
  kind("password", fc.stringMatching(/^[A-Z]["\\$`'/%é密 ]{3,8}$/)),
  kind("captcha_token", fc.stringMatching(/^[A-Z][A-Za-z0-9+/=]{20,60}$/)),
  kind(
    "captcha_token",
    fc.stringMatching(/^[A-Z]{8}$/).map((secret) => JSON.stringify({ secret, x: 1 })),
  ),
  kind("id_token", fc.stringMatching(/^[A-Z][\w-]{20,40}\.[\w-]{10,20}\.[\w-]{10}$/)),
);

/** A text with one of the secrets in one of its forms. */
export function writtenIn(secrets: readonly Secret[]): fc.Arbitrary<string> {
  return fc
    .record({ secret: fc.constantFrom(...secrets), way: fc.nat(), before: fc.string(), after: fc.string() })
    .map(({ secret, way, before, after }) => {
      const ways = formsOf(secret);
      return `${before}|${ways[way % ways.length]}|${after}`;
    });
}

function formsOf({ name, text }: Secret): readonly string[] {
  const inJson = JSON.stringify(text).slice(1, -1);
  const forms = [
    text,
    inJson,
    JSON.stringify(inJson).slice(1, -1),
    inJson.replaceAll("/", "\\/"),
    inJson.replace(/[<>&@]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`),
    encodeURIComponent(text),
  ];
  if (name === "email") return [...forms, text.toUpperCase(), text.replace(/^./, (first) => first.toUpperCase())];
  const national = text.slice(-11);
  return name === "mobile" ? [...forms, ...["", "+86", "+86-", "86", "0086"].map((area) => area + national)] : forms;
}

/** The form in which the text still has the secret; undefined when it has none. A number counts by its national part. */
export function traceOf({ name, text }: Secret, written: string): string | undefined {
  const secret = { name, text: name === "mobile" ? text.slice(-11) : text };
  return [...new Set(formsOf(secret))].find((form) => written.includes(form));
}
