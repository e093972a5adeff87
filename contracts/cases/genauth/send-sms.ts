/** POST send-sms: sends a verification code to a phone number, for a channel. */
import { inferred } from "../../spec/basis.ts";
import { OPEN_CODE, SIGNED_IN } from "../../target/requirements.ts";
import type { Case } from "../../world/case.ts";
import { expectRefusal, expectSomeRefusal, expectSuccess } from "../../world/expect.ts";
import { NotApplicable } from "../../world/world.ts";
import { checkCases, formCase } from "../check-cases.ts";
import { fieldCases } from "../field-cases.ts";
import { caseOf, leavesAlone, type Scenario, succeeds, successCase } from "../scenario.ts";
import { MALFORMED_MOBILES, VERY_LONG } from "../shared/malformed.ts";
import { messageLimits } from "../shared/send-limits.ts";
import { sentCodeCases } from "../shared/sent-code-cases.ts";
import { malformedCase, veryLongCase } from "../shared/value-cases.ts";
import { wireCases } from "../shared/wire/wire-cases.ts";
import { mirrorCase } from "./http-status.ts";
import { messageCases } from "./message-cases.ts";
import { APP_ID } from "./mutations.ts";
import { assertHome, newChannel, relyOnChannels } from "./phones.ts";
import { appCases } from "./request-cases.ts";
import {
  OTHER_CHANNEL,
  type SendingFixture,
  sending,
  sendingFixture,
  sendingMutations,
  setUnknownChannel,
} from "./sending.ts";
import { requestOfNewAccount, VERIFY } from "./verification.ts";

const formCases: readonly Case[] = [
  malformedCase(
    sending,
    { field: "phoneNumber", check: "mobile-malformed", values: MALFORMED_MOBILES },
    "A value that is clearly not a number is refused as malformed",
  ),
  veryLongCase(sending, { phoneNumber: VERY_LONG.mobile }),
  caseOf(
    sending,
    {
      name: "scenes-of-the-other-system",
      title: "A scene name of the other system is refused as a channel",
      category: "boundary",
    },
    (fixture) =>
      leavesAlone(fixture, async ({ world, draft }) => {
        for (const channel of ["UPDATE_MOBILE_SMS", "BIND_MOBILE_SMS", "LOGIN_SMS"]) {
          setUnknownChannel(draft, channel);
          expectRefusal(world, await world.send(draft, "en"), "scene-unknown", "en");
        }
      }),
  ),
  caseOf(
    sending,
    {
      name: "malformed-country-codes",
      title: "A value that is clearly not a country code is refused",
      category: "boundary",
      basis: inferred("No page prints the rule for a country code."),
    },
    (fixture) =>
      leavesAlone(fixture, async ({ world, draft }) => {
        for (const phoneCountryCode of ["china", "+", "+86;+1", "+".padEnd(64, "8")]) {
          const reply = await world.send({ ...draft, body: { ...draft.body, phoneCountryCode } });
          expectSomeRefusal(world, reply, `the country code ${phoneCountryCode}`);
        }
      }),
  ),
  caseOf(
    sending,
    {
      name: "country-code-left-out",
      title: "A mainland China number is accepted without a country code",
      category: "boundary",
      basis: inferred("The documents say that the country code is optional, but not which country is then meant."),
    },
    async (fixture) => {
      assertHome(fixture.to);
      await succeeds({ ...fixture, draft: { ...fixture.draft, body: withoutCountryCode(fixture.draft.body) } });
    },
  ),
  caseOf(
    sending,
    {
      name: "interval-is-of-the-number",
      title: "The resend interval applies to the number with and without its country code",
      category: "boundary",
      basis: inferred("The documents say that the country code is optional, but not which country is then meant."),
    },
    async (fixture) => {
      const { world, draft, to } = fixture;
      assertHome(to);
      if (world.figure("code_resend_seconds") === 0)
        throw new NotApplicable("the target's policy has no resend interval");
      await succeeds(fixture);
      await leavesAlone(fixture, async () => {
        const again = { ...draft, body: withoutCountryCode(draft.body) };
        expectRefusal(world, await world.send(again, "en"), "send-too-soon", "en");
      });
    },
  ),
];

function withoutCountryCode(body: Record<string, unknown> | undefined): Record<string, unknown> {
  const { phoneCountryCode: _, ...others } = body ?? {};
  return others;
}

/** A message whose code proves a new number. */
const toNewNumber: Scenario<SendingFixture> = {
  ...sending,
  async arrange(world) {
    relyOnChannels(world);
    return sendingFixture(world, await world.freshMobile(), newChannel(world));
  },
};

export const genauthSendSmsCases: readonly Case[] = [
  successCase(sending, "A valid request reports success and sends one message"),
  formCase(sending, sendingMutations["mobile-missing"]),
  ...checkCases(sending, sendingMutations),
  ...appCases(sending),
  ...wireCases(sending, {
    refused: sendingMutations["mobile-missing"],
    clientHeader: APP_ID,
    fields: { free: ["phoneNumber"] },
  }),
  ...fieldCases(sending, { phoneNumber: "mobile-missing", channel: "scene-missing" }),
  mirrorCase(sending, sendingMutations, "mobile-missing"),
  ...formCases,
  ...messageCases,
  ...sentCodeCases(toNewNumber, {
    taker: VERIFY,
    requires: [...SIGNED_IN, OPEN_CODE],
    accepted: async (world, to, text) => {
      const code = { to, scene: newChannel(world), code: text };
      expectSuccess(world, await world.send(await requestOfNewAccount(world, code)));
    },
  }),
  ...messageLimits(sending, {
    noun: "number",
    inOtherScene: (draft) => ({ ...draft, body: { ...draft.body, channel: OTHER_CHANNEL } }),
  }),
];
