/** The cases of both password operations beyond their checks. */
import type { Case } from "../../world/case.ts";
import type { Draft } from "../../world/world.ts";
import { caseOf, type Scenario } from "../scenario.ts";
import { codeCases } from "../shared/code-cases.ts";
import { VERY_LONG } from "../shared/malformed.ts";
import { ownAccountOnly } from "../shared/own-account-only.ts";
import { oneSucceeds } from "../shared/races.ts";
import { veryLongCase } from "../shared/value-cases.ts";
import { boundCases } from "./password-bounds.ts";
import {
  ownerOf,
  type PasswordFixture,
  type PasswordFlow,
  passwordOf,
  receiverOf,
  requestOf,
  strangerIn,
} from "./password-flow.ts";
import { historyCases } from "./password-history.ts";
import { identityCases, othersCase, reversedNameCase } from "./password-identity.ts";

export function passwordCases(flow: PasswordFlow, scenario: Scenario<PasswordFixture>): readonly Case[] {
  return [
    ...identityCases(flow),
    reversedNameCase(scenario),
    othersCase(scenario),
    ...boundCases(scenario),
    ...historyCases(flow),
    veryLongCase(scenario, { verify_code: VERY_LONG.code, password: "Ab3#".repeat(2_560) }),
    ...codeCases(scenario, {
      otherScene: flow.otherScene,
      unknown: "code-unknown",
      sending: "sendSms",
      otherReceiver: async (fixture) => receiverOf(await strangerIn(fixture)),
      requestOf: (fixture, code) => requestOf(flow, fixture.world, ownerOf(fixture, code.to), code),
    }),
    ownAccountOnly(scenario, "password-check"),
    sameCodeTwice(scenario),
  ];
}

function sameCodeTwice(scenario: Scenario<PasswordFixture>): Case {
  return caseOf(
    scenario,
    {
      name: "same-code-twice-at-once",
      title: "Of two simultaneous requests with the same code, exactly one succeeds and sets its password",
      category: "concurrency",
      requires: ["unique-codes"],
    },
    async ({ world, draft, account }) => {
      const rival: Draft = { ...draft, body: { ...draft.body, password: world.freshPassword() } };
      await oneSucceeds(world, [draft, rival]);
      const { target } = world;
      if (target.passwordMatches === undefined) return;
      const good = await Promise.all(
        [draft, rival].map((one) => target.passwordMatches?.(account.id, passwordOf(one))),
      );
      world.expect(good.filter(Boolean).length === 1, "number of the two passwords that match", "one", good.join(", "));
    },
  );
}
