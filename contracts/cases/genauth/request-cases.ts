/** Cases of every GenAuth request: its application header, and its access token. */
import { inferred } from "../../spec/basis.ts";
import type { Case } from "../../world/case.ts";
import { expectRefusal, expectSuccess } from "../../world/expect.ts";
import type { Account, Draft, World } from "../../world/world.ts";
import { headerCases } from "../field-cases.ts";
import { caseOf, type Fixture, leavesAlone, type Scenario, succeeds } from "../scenario.ts";
import { forgeriesOf } from "../shared/forged-token-cases.ts";
import { nearTokenCases } from "../shared/near-token-cases.ts";
import type { TokenKind } from "../shared/token-kind.ts";
import type { SignedInFixture } from "../shared/token-mutations.ts";
import { APP_ID, bear } from "./mutations.ts";

const RENAMED_APP_ID = "x-genauth-app-id";

export function appCases<S extends Fixture>(scenario: Scenario<S>): readonly Case[] {
  return [
    ...headerCases(scenario, { [APP_ID]: "client-missing" }),
    caseOf(
      scenario,
      {
        name: "renamed-app-id",
        title: `The app id is accepted in ${RENAMED_APP_ID}, the header of the renamed SDK`,
        category: "boundary",
        basis: inferred("Only the renamed SDK sends this header. No page shows it."),
      },
      async (fixture) => {
        await leavesAlone(fixture, async ({ world, draft }) => {
          const unknown = renamed(draft, world.random.letters(24));
          expectRefusal(world, await world.send(unknown, "en"), "client-unknown", "en");
        });
        await fixture.refreshToken?.(fixture.draft);
        await succeeds({ ...fixture, draft: renamed(fixture.draft, fixture.draft.headers[APP_ID] ?? "") });
      },
    ),
  ];
}

function renamed(draft: Draft, appId: string): Draft {
  const { [APP_ID]: _, ...headers } = draft.headers;
  return { ...draft, headers: { ...headers, [RENAMED_APP_ID]: appId } };
}

const ACCESS_TOKEN: TokenKind = {
  name: "access-token",
  noun: "access token",
  invalid: "access-token-invalid",
  prefix: "",
  of: ({ accessToken }) => accessToken,
  other: { name: "id-token", noun: "id_token", of: ({ idToken }) => idToken },
};

const TOKEN_LIFE_S = 600;
const MARGIN_S = 60;

/** `requestOf` creates a valid request of the account, with new codes and tokens. */
export function accessTokenCases<S extends SignedInFixture>(
  scenario: Scenario<S>,
  requestOf: (world: World, account: Account) => Promise<Draft>,
): readonly Case[] {
  return [
    ...headerCases(scenario, { Authorization: "access-token-missing" }),
    ...forgeriesOf(scenario, ACCESS_TOKEN),
    ...nearTokenCases(scenario, ACCESS_TOKEN),
    caseOf(
      scenario,
      {
        name: "access-token-with-bearer",
        title: 'An access token with a "Bearer" prefix is accepted',
        category: "boundary",
        basis: inferred("The vendor's SDK sends the bare token. No page mentions the prefix."),
      },
      async (fixture) => {
        const { draft } = fixture;
        const authorization = `Bearer ${draft.headers["Authorization"]}`;
        await succeeds({
          ...fixture,
          draft: { ...draft, headers: { ...draft.headers, Authorization: authorization } },
        });
      },
    ),
    caseOf(
      scenario,
      {
        name: "access-token-lifetime",
        title: "An access token works until shortly before it expires, and not after",
        category: "time",
        requires: ["clock"],
        alone: true,
      },
      async (fixture) => {
        const { world, account, bystander } = fixture;
        // Two accounts, because the first success would change the conditions of the second request.
        const [early, late] = [await shortLived(world, account), await shortLived(world, bystander)];
        await world.advance(TOKEN_LIFE_S - MARGIN_S);
        expectSuccess(world, await world.send(borne(await requestOf(world, account), early)));
        await world.advance(MARGIN_S + 1);
        await leavesAlone({ ...fixture, mustNotChange: [bystander] }, async () => {
          const request = borne(await requestOf(world, bystander), late);
          expectRefusal(world, await world.send(request, "en"), "access-token-expired", "en");
        });
      },
    ),
  ];
}

function shortLived(world: World, account: Account): Promise<string> {
  return world.accessToken(account, { expiresIn: TOKEN_LIFE_S });
}

function borne(draft: Draft, accessToken: string): Draft {
  bear(draft, accessToken);
  return draft;
}
