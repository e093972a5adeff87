/** The axes of a change of password beyond its checks. Knows neither of the two operations by name. */
import type { Case } from "../case.ts";
import { expectSomeRefusal } from "../judge.ts";
import { caseOf, type Scenario } from "../scenario.ts";
import type { Draft } from "../world.ts";
import { codeCases } from "./code-cases.ts";
import { VERY_LONG } from "./malformed.ts";
import { boundCases } from "./password-bounds.ts";
import {
  ownerOf,
  type PasswordFlow,
  type PasswordScene,
  passwordOf,
  receiverOf,
  requestOf,
  strangerIn,
} from "./password-flow.ts";
import { historyCases } from "./password-history.ts";
import { identityCases, othersCase } from "./password-identity.ts";
import { oneSucceeds } from "./races.ts";
import { veryLongCase } from "./value-cases.ts";

export function passwordCases(flow: PasswordFlow, scenario: Scenario<PasswordScene>): readonly Case[] {
  return [
    ...identityCases(flow),
    othersCase(scenario),
    ...boundCases(scenario),
    ...historyCases(flow),
    veryLongCase(scenario, { verify_code: VERY_LONG.code, password: "Ab3#".repeat(2_560) }),
    ...codeCases(scenario, {
      otherScene: flow.otherScene,
      unknown: "code-unknown",
      sending: "sendSms",
      otherReceiver: async (scene) => receiverOf(await strangerIn(scene)),
      requestOf: (scene, code) => requestOf(flow, scene.world, ownerOf(scene, code.to), code),
    }),
    ownAccountOnly(scenario),
    sameCodeTwice(scenario),
  ];
}

/** Whether a target refuses the members that no page names, or overlooks them: it must not act on them. */
function ownAccountOnly(scenario: Scenario<PasswordScene>): Case {
  return caseOf(
    scenario,
    {
      name: "own-account-only",
      title: "A request that names another account does not touch it",
      axis: "security",
      needs: ["password-check"],
    },
    async ({ world, draft, decoy, watched, happened }) => {
      const { id, username, email } = decoy;
      const named = {
        id,
        account_id: id,
        accountId: id,
        user_id: id,
        userId: id,
        sub: id,
        username,
        user_name: username,
        email,
      };
      const before = await world.remember(...watched);
      const body = { ...named, ...draft.body };
      const reply = await world.send({ ...draft, body, broken: "the body names another account" });
      if (reply.status === 200) return happened(reply);
      expectSomeRefusal(world, reply, "members of the body that no page names");
      await before.unchanged();
    },
  );
}

function sameCodeTwice(scenario: Scenario<PasswordScene>): Case {
  return caseOf(
    scenario,
    {
      name: "same-code-twice-at-once",
      title: "Of two requests with one code at once, one succeeds, and its password is the new one",
      axis: "concurrency",
      needs: ["unique-codes"],
    },
    async ({ world, draft, member }) => {
      const rival: Draft = { ...draft, body: { ...draft.body, password: world.freshPassword() } };
      await oneSucceeds(world, [draft, rival]);
      const { target } = world;
      if (target.passwordMatches === undefined) return;
      const good = await Promise.all([draft, rival].map((one) => target.passwordMatches?.(member.id, passwordOf(one))));
      world.expect(good.filter(Boolean).length === 1, "the two passwords", "one of them is good", good.join(", "));
    },
  );
}
