/** Forged tokens, for any operation that requires one, in either dialect. */

import type { Case } from "../../world/case.ts";
import { expectRefusal } from "../../world/expect.ts";
import { NotApplicable, NotArranged } from "../../world/world.ts";
import { caseOf, eachRenewed, leavesAlone, type Scenario, stillSucceeds } from "../scenario.ts";
import { claimsOf, unsigned } from "./json-web-token.ts";
import { nearTokenCases } from "./near-token-cases.ts";
import { authorized, type TokenKind, tokenOf } from "./token-kind.ts";
import type { SignedInFixture } from "./token-mutations.ts";

const ID_TOKEN: TokenKind = {
  name: "id-token",
  noun: "id_token",
  invalid: "id-token-invalid",
  prefix: "Bearer ",
  of: ({ idToken }) => idToken,
  other: { name: "access-token", noun: "access token", of: ({ accessToken }) => accessToken },
};

export function forgedTokenCases<S extends SignedInFixture>(scenario: Scenario<S>): readonly Case[] {
  const [altered, unsigned, ofAnotherApplication] = forgeriesOf(scenario, ID_TOKEN);
  return [altered, unsigned, withoutBearer(scenario), ofAnotherApplication, ...nearTokenCases(scenario, ID_TOKEN)];
}

export function forgeriesOf<S extends SignedInFixture>(
  scenario: Scenario<S>,
  kind: TokenKind,
): readonly [altered: Case, unsigned: Case, ofAnotherApplication: Case] {
  const { name, noun } = kind;
  return [
    caseOf(
      scenario,
      {
        name: `${name}-altered`,
        title: `An ${noun} with one changed character, in any of its parts, is refused`,
        category: "security",
      },
      async (fixture) => {
        const parts = tokenOf(fixture, kind).split(".");
        const altered = parts.map((part, index) => parts.with(index, withAnotherMiddle(part)).join("."));
        await areRefused(scenario, fixture, kind, altered);
      },
    ),
    caseOf(
      scenario,
      {
        name: `${name}-unsigned`,
        title: `An unsigned ${noun} with "alg": "none" is refused`,
        category: "security",
      },
      async (fixture) => {
        const claims = claimsOf(tokenOf(fixture, kind));
        if (claims === undefined) throw new NotApplicable(`the target's ${noun} is not a JSON Web Token`);
        const forOther = claims.replaceAll(fixture.account.id, fixture.bystander.id);
        await areRefused(scenario, fixture, kind, [claims, forOther].map(unsigned));
      },
    ),
    caseOf(
      scenario,
      {
        name: `${name}-of-another-application`,
        title: `An ${noun} issued for another application is refused`,
        category: "security",
        requires: ["sandboxes"],
      },
      async (fixture) => areRefused(scenario, fixture, kind, [await tokenOfAnotherApplication(fixture, kind)]),
    ),
  ];
}

function withoutBearer<S extends SignedInFixture>(scenario: Scenario<S>): Case {
  return caseOf(
    scenario,
    {
      name: "id-token-without-bearer",
      title: 'An id_token without a "Bearer" prefix is refused',
      category: "security",
    },
    async (fixture) => {
      const { world, draft } = fixture;
      if (!world.figure("bearer_required"))
        throw new NotApplicable('the policy of the target accepts an id_token without "Bearer"');
      await leavesAlone(fixture, async () => {
        const bare = { ...authorized(draft, tokenOf(fixture, ID_TOKEN)), broken: 'Authorization has no "Bearer"' };
        const reply = await world.send(bare, "en");
        // Inferred: the token counts as invalid. It may also count as missing.
        const or = ["id-token-missing"].filter((name) => world.operation(draft.operation).errors.has(name));
        expectRefusal(world, reply, "id-token-invalid", "en", { or });
      });
      await stillSucceeds(scenario, fixture, fixture.draft);
    },
  );
}

/** Each token is refused as invalid and changes nothing; the real one still works. */
async function areRefused<S extends SignedInFixture>(
  scenario: Scenario<S>,
  fixture: S,
  { name, invalid, prefix }: TokenKind,
  tokens: readonly string[],
): Promise<void> {
  await eachRenewed(scenario, fixture, tokens, async ({ world, draft }, token) => {
    world.secrets.add(name.replaceAll("-", "_"), token);
    const reply = await world.send(authorized(draft, `${prefix}${token}`), "en");
    expectRefusal(world, reply, invalid, "en");
  });
  await stillSucceeds(scenario, fixture, fixture.draft);
}

async function tokenOfAnotherApplication({ world }: SignedInFixture, kind: TokenKind): Promise<string> {
  const { createAccount, issueTokens } = await world.anotherApplication();
  const account = await createAccount?.({ mobile: await world.freshMobile(), username: world.random.username() });
  const tokens = account === undefined ? undefined : await issueTokens?.(account.id, {});
  const token = tokens === undefined ? undefined : kind.of(tokens);
  if (token === undefined) throw new NotArranged("another application of the target could not issue a token");
  return token;
}

/** In the middle, because the last character of base64 has unused bits. */
export function withAnotherMiddle(part: string): string {
  const middle = Math.floor(part.length / 2);
  const other = part.charAt(middle).toLowerCase() === "x" ? "y" : "x";
  return `${part.slice(0, middle)}${other}${part.slice(middle + 1)}`;
}
