/** The cases of both password operations beyond their checks. */
import type { Case } from "../../world/case.ts";
import type { Draft, World } from "../../world/world.ts";
import { caseOf, type Scenario } from "../scenario.ts";
import { codeCases } from "../shared/code-cases.ts";
import { VERY_LONG } from "../shared/malformed.ts";
import { ownAccountOnly } from "../shared/own-account-only.ts";
import { manyAtOnce, manyTimes, oneSucceeds } from "../shared/races.ts";
import { veryLongCase } from "../shared/value-cases.ts";
import { codeToTheOldNumber } from "./outlived-codes.ts";
import { boundCases } from "./password-bounds.ts";
import {
  expectPassword,
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
import { setPasswordCases } from "./set-password-cases.ts";

export function passwordCases(flow: PasswordFlow, scenario: Scenario<PasswordFixture>): readonly Case[] {
  return [
    ...identityCases(flow),
    reversedNameCase(scenario),
    othersCase(scenario),
    ...boundCases(scenario),
    ...setPasswordCases(scenario),
    ...historyCases(flow),
    veryLongCase(scenario, { verify_code: VERY_LONG.code, password: "Ab3#".repeat(2_560) }),
    ...codeCases(scenario, {
      otherScene: flow.otherScene,
      unknown: "code-unknown",
      sending: "sendSms",
      ...(flow.otherForms === undefined ? {} : { otherForms: flow.otherForms }),
      otherReceiver: async (fixture) => receiverOf(await strangerIn(fixture)),
      requestOf: (fixture, code) => requestOf(flow, fixture.world, ownerOf(fixture, code.to), code),
    }),
    codeToTheOldNumber(scenario),
    ownAccountOnly(scenario, "password-check"),
    sameCodeTwice(scenario),
    manyAtOnce(scenario, {
      noun: "code",
      of: ({ world, draft }) => manyTimes(draft).map((one) => withPassword(world, one)),
      async after({ world, account }, winner) {
        await expectPassword(world, account, passwordOf(winner));
      },
    }),
  ];
}

function withPassword(world: World, draft: Draft): Draft {
  return { ...draft, body: { ...draft.body, password: world.freshPassword() } };
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
      const rival = withPassword(world, draft);
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
