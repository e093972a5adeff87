/** Tokens that resemble a valid one, and valid ones in another place, for any operation that requires a token. */

import { inferred, universal } from "../../spec/basis.ts";
import type { Case } from "../../world/case.ts";
import { expectRefused } from "../../world/expect.ts";
import { NotApplicable } from "../../world/world.ts";
import { caseOf, eachRenewed, type Scenario } from "../scenario.ts";
import { inBatches } from "./in-batches.ts";
import { claimsOf, unsigned } from "./json-web-token.ts";
import { authorized, type TokenKind, tokenOf } from "./token-kind.ts";
import type { SignedInFixture } from "./token-mutations.ts";

export function nearTokenCases<S extends SignedInFixture>(scenario: Scenario<S>, kind: TokenKind): readonly Case[] {
  const { name, noun, prefix, other } = kind;
  return [
    caseOf(
      scenario,
      {
        name: `near-${name}s`,
        title: `A value that only resembles a valid ${noun} is refused`,
        category: "security",
      },
      (fixture) => {
        const token = tokenOf(fixture, kind);
        const values = [...NEAR.map((change) => change(token)), fixture.account.id, ...NEVER_ISSUED];
        const near = values.filter((value) => value !== token && IN_A_HEADER.test(value));
        return areRefused(
          scenario,
          fixture,
          kind,
          near.map((value) => `${prefix}${value}`),
        );
      },
    ),
    caseOf(
      scenario,
      {
        name: `${name}-in-another-scheme`,
        title: `An ${noun} with another scheme than the documented one is refused`,
        category: "security",
        basis: inferred("The page shows one form of the header. It does not say that other forms are refused."),
      },
      (fixture) => {
        const token = tokenOf(fixture, kind);
        const schemes = ["Basic", "Token", prefix === "" ? "Bearer Bearer" : "BearerX", `${prefix}Basic`];
        return areRefused(
          scenario,
          fixture,
          kind,
          schemes.map((scheme) => `${scheme} ${token}`),
        );
      },
    ),
    caseOf(
      scenario,
      {
        name: "two-tokens",
        title: `A valid ${noun} and a forged one of another account, in two headers, give that account nothing`,
        category: "security",
        basis: universal("A request reaches the account of a valid token only."),
      },
      (fixture) =>
        eachRenewed(scenario, fixture, [0, 1] as const, async (one, forgedFirst) => {
          const { world, draft } = one;
          const own = `${prefix}${tokenOf(one, kind)}`;
          const forged = `${prefix}${forgedFor(one, kind)}`;
          const [first, second] = forgedFirst ? [forged, own] : [own, forged];
          const headers = { ...draft.headers, Authorization: first };
          const reply = await world.send({ ...draft, headers, moreHeaders: [["Authorization", second]] });
          if (reply.succeeded) await one.verifyEffects(reply);
          else expectRefused(world, reply, "two tokens");
        }),
    ),
    caseOf(
      scenario,
      {
        name: `${other.name}-for-${name}`,
        title: `The ${other.noun} of the account is refused in place of its ${noun}`,
        category: "security",
        basis: inferred(`The page asks for an ${noun}. It does not say that the ${other.noun} is refused.`),
      },
      async (fixture) => {
        const tokens = await fixture.world.target.issueTokens?.(fixture.account.id, {});
        const [own, wrong] = tokens === undefined ? [] : [kind.of(tokens), other.of(tokens)];
        if (wrong === undefined || wrong === own) throw new NotApplicable("the target issues one kind of token only");
        await areRefused(scenario, fixture, kind, [`${prefix}${wrong}`]);
      },
    ),
  ];
}

/** With the claims of the other account where the token is a JSON Web Token. */
function forgedFor(fixture: SignedInFixture, kind: TokenKind): string {
  const { world, account, bystander } = fixture;
  const claims = claimsOf(tokenOf(fixture, kind))?.replaceAll(account.id, bystander.id);
  return claims === undefined ? world.random.letters(60) : unsigned(claims);
}

const NEAR: readonly ((token: string) => string)[] = [
  (token) => token.slice(0, Math.ceil(token.length / 2)),
  (token) => token.slice(1),
  (token) => token.split(".").slice(0, -1).join("."),
  (token) => `${token.split(".").slice(0, -1).join(".")}.`,
  (token) => `${token}x`,
  (token) => `${token}.x`,
  swappedCase,
];

/** An account may have an id that no header can carry. */
const IN_A_HEADER = /^[\x20-\x7e]*$/;

const NEVER_ISSUED: readonly string[] = [
  "null",
  "undefined",
  "0",
  "*",
  "..",
  "a.b.c",
  "' OR '1'='1",
  "__proto__",
  "constructor",
];

function swappedCase(token: string): string {
  return [...token].map((one) => (one === one.toLowerCase() ? one.toUpperCase() : one.toLowerCase())).join("");
}

/** More than one fixture serves; a success ends it. */
const TOKENS_PER_FIXTURE = 100;

async function areRefused<S extends SignedInFixture>(
  scenario: Scenario<S>,
  fixture: S,
  { name, noun }: TokenKind,
  authorizations: readonly string[],
): Promise<void> {
  const batches = { values: authorizations, size: TOKENS_PER_FIXTURE };
  await inBatches(scenario, fixture, batches, async ({ world, draft }, authorization) => {
    world.secrets.add(name.replaceAll("-", "_"), authorization.replace(/^.* /, ""));
    const reply = await world.send({ ...authorized(draft, authorization), broken: `${noun} is not valid` });
    expectRefused(world, reply, `Authorization: ${authorization}`);
    return reply;
  });
}
