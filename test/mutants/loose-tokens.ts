/** Bugs in the reading of tokens. */
import type { Mutant } from "./mutant.ts";

const TOKENS = "dialect-kit/token-checks.ts";

export const looseTokenMutants: readonly Mutant[] = [
  {
    name: "the claims of a token are believed without its signature",
    file: TOKENS,
    find: 'const record = context.tx.get("token", textOf(context) ?? "");',
    put: `const text = textOf(context) ?? "";
    const [, claims = ""] = text.split(".");
    let sub: string | undefined;
    try {
      sub = JSON.parse(atob(claims.replaceAll("-", "+").replaceAll("_", "/"))).sub;
    } catch {}
    const stored = context.tx.get("token", text);
    const record = stored ?? (sub === undefined ? undefined : { use, accountId: sub, expiresAt: 1e15, forgetAt: 1e15 });`,
    kills: ["*/near-id-tokens", "*/near-access-tokens", "*-token-unsigned"],
  },
  {
    name: "a token of either kind signs in",
    file: TOKENS,
    find: "return record?.use === use ? record : undefined;",
    put: "return record;",
    kills: ["*/access-token-for-id-token", "*/id-token-for-access-token"],
  },
  {
    name: "the first token is checked, and the last one used",
    file: TOKENS,
    find: `const record = context.tx.get("token", textOf(context) ?? "");
    return record?.use === use ? record : undefined;
  });

  /** The account of the token; undefined if the token is unknown or its account was deleted. */
  const account = oncePerWalk((context: RequestContext): Account | undefined => {
    const token = issued(context);`,
    put: `const record = context.tx.get("token", textOf(context)?.split(/,\\s*/)[0] ?? "");
    return record?.use === use ? record : undefined;
  });

  const account = oncePerWalk((context: RequestContext): Account | undefined => {
    let token = issued(context);
    try {
      const [, claims = ""] = (textOf(context)?.split(",")[1] ?? "").split(".");
      if (token !== undefined && claims !== "") token = { ...token, accountId: JSON.parse(atob(claims)).sub };
    } catch {}`,
    kills: ["updateMobile/two-tokens", "updateEmail/two-tokens", "genauthGetProfile/two-tokens"],
  },
  {
    name: "any scheme is taken for Bearer",
    file: "dialects/bamboocloud/id-token.ts",
    find: "/^Bearer(?:\\s+|$)/i",
    put: "/^\\w+(?:\\s+|$)/i",
    kills: ["*/id-token-in-another-scheme"],
  },
  {
    name: "GenAuth takes the last word of Authorization for the token",
    file: "dialects/genauth/headers.ts",
    find: 'replace(/^Bearer(?:\\s+|$)/i, "")',
    put: 'replace(/^.*\\s/, "")',
    kills: ["*/access-token-in-another-scheme"],
  },
];
