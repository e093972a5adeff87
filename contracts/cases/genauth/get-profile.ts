/** GET get-profile: the signed-in account, where a change must show. */

import { SIGNED_IN } from "../../target/requirements.ts";
import type { Case } from "../../world/case.ts";
import { expectSuccess } from "../../world/expect.ts";
import { canonical } from "../../world/receivers.ts";
import { type Account, NotApplicable, type Reply, type World } from "../../world/world.ts";
import { checkCases, formCase, orderCases } from "../check-cases.ts";
import { caseOf, type Scenario, succeeds, successCase } from "../scenario.ts";
import { passwordHidden } from "../shared/password-hidden.ts";
import type { SignedInFixture } from "../shared/token-mutations.ts";
import { wireCases } from "../shared/wire/wire-cases.ts";
import { mirrorCase } from "./http-status.ts";
import { APP_ID, accessTokenMutations, appMutations } from "./mutations.ts";
import { expectPhone, PROFILE, profileIn, profileOf } from "./profile.ts";
import { accessTokenCases, appCases } from "./request-cases.ts";

const mutations = { ...appMutations, ...accessTokenMutations };

const scenario: Scenario<SignedInFixture> = {
  operation: PROFILE,
  requires: SIGNED_IN,
  async arrange(world) {
    const [account, bystander] = [await world.account(), await world.account()];
    return {
      world,
      account,
      bystander,
      draft: await profileOf(world, account),
      mustNotChange: [account, bystander],
      async verifyEffects(reply) {
        expectProfile(world, reply, account);
      },
    };
  },
};

/** The documents do not say which other fields a token may see. Every field shown must be the account's. */
function expectProfile(world: World, reply: Reply, account: Account): void {
  expectPhone(world, reply, account.mobile ?? "");
  const profile = profileIn(reply);
  for (const name of ["email", "username", "name"] as const) {
    const [shown, own] = [profile[name], account[name] ?? "none"];
    if (typeof shown !== "string" || shown === "") continue;
    world.expect(canonical(shown) === canonical(own), `${name} of the profile`, own, shown);
  }
}

export const genauthGetProfileCases: readonly Case[] = [
  successCase(scenario, "get-profile shows the signed-in account's number and other fields"),
  formCase(scenario, mutations["access-token-missing"]),
  ...checkCases(scenario, mutations),
  ...appCases(scenario),
  ...wireCases(scenario, {
    refused: mutations["access-token-missing"],
    clientHeader: APP_ID,
    fields: undefined,
  }),
  ...accessTokenCases(scenario, profileOf),
  ...orderCases(scenario, mutations, [["client-unknown", "access-token-missing"]]),
  mirrorCase(scenario, mutations, "access-token-missing"),
  passwordHidden(scenario),
  caseOf(
    scenario,
    {
      name: "flags-of-the-sdk",
      title: "The query parameters that the vendor's SDK always sends are accepted",
      category: "boundary",
    },
    async (fixture) => {
      const query = { withCustomData: "false", withIdentities: "false", withDepartmentIds: "false" };
      await succeeds({ ...fixture, draft: { ...fixture.draft, query } });
    },
  ),
  caseOf(
    scenario,
    { name: "no-number", title: "The profile of an account without a number shows no number", category: "state" },
    async ({ world }) => {
      const account = await world.account({ mobile: null });
      if (account.mobile !== undefined) throw new NotApplicable("every account of the target has a number");
      const reply = await world.send(await profileOf(world, account));
      if (!expectSuccess(world, reply)) return;
      const { phone = null } = profileIn(reply);
      world.expect(phone === null || phone === "", "phone of the profile", "none", String(phone));
    },
  ),
  caseOf(
    scenario,
    {
      name: "same-account-same-id",
      title: "get-profile shows the same userId at every sign-in, and a different one for another account",
      category: "state",
    },
    async ({ world, draft, account, bystander }) => {
      const ids: unknown[] = [];
      for (const request of [draft, await profileOf(world, account), await profileOf(world, bystander)]) {
        const reply = await world.send(request);
        if (expectSuccess(world, reply)) ids.push(profileIn(reply)["userId"]);
      }
      const [one, again, other] = ids;
      world.expect(one === again, "userId of a later sign-in", String(one), String(again));
      world.expect(one !== other, "userId of another account", "a different userId", "the same userId");
    },
  ),
  caseOf(
    scenario,
    {
      name: "two-profiles-at-once",
      title: "Two accounts that request their profiles simultaneously each see their own",
      category: "concurrency",
    },
    async ({ world, draft, account, bystander }) => {
      const requests = [draft, await profileOf(world, bystander)];
      const [one, another] = await Promise.all(requests.map((request) => world.send(request)));
      for (const [reply, owner] of [[one, account] as const, [another, bystander] as const]) {
        if (reply !== undefined && expectSuccess(world, reply)) expectProfile(world, reply, owner);
      }
    },
  ),
];
