/** Bugs in the reading of tokens. */
import type { Mutant } from "./mutant.ts";

const TOKENS = "dialect-kit/token-checks.ts";

export const looseTokenMutants: readonly Mutant[] = [
  {
    name: "the claims of a token are believed without its signature",
    file: TOKENS,
    find: 'const record = await context.tx.get("token", textOf(context) ?? "");',
    put: `const text = textOf(context) ?? "";
    const [, claims = ""] = text.split(".");
    let sub: string | undefined;
    try {
      sub = JSON.parse(atob(claims.replaceAll("-", "+").replaceAll("_", "/"))).sub;
    } catch {}
    const stored = await context.tx.get("token", text);
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
