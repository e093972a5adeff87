/** POST send-sms: a verification code to a phone number, for a channel. */
import type { Case } from "../../world/case.ts";
import { expectSomeRefusal, judgeRefusal } from "../../world/expect.ts";
import { NotApplicable, type World } from "../../world/world.ts";
import { caseOf, checkCases, fieldCases, leavesAlone, succeeds, successCase } from "../scenario.ts";
import { MALFORMED_MOBILES, VERY_LONG } from "../shared/malformed.ts";
import { messageLimits } from "../shared/send-limits.ts";
import { malformedCase, veryLongCase } from "../shared/value-cases.ts";
import { mirrorCase } from "./http-status.ts";
import { messageCases } from "./message-cases.ts";
import { assertHome } from "./phones.ts";
import { appCases } from "./request-cases.ts";
import { OTHER_CHANNEL, sending, sendingMutations, setUnknownChannel } from "./sending.ts";

/** Once a minute for each number and channel: that is documented. */
const INTERVAL_S = 60;

function intervalOf(world: World): number {
  return world.states("code_resend_seconds") ? world.figure("code_resend_seconds") : INTERVAL_S;
}

const formCases: readonly Case[] = [
  malformedCase(
    sending,
    { field: "phoneNumber", check: "mobile-malformed", values: MALFORMED_MOBILES },
    "What is clearly no number is refused as such",
  ),
  veryLongCase(sending, { phoneNumber: VERY_LONG.mobile }),
  caseOf(
    sending,
    {
      name: "scenes-of-the-other-system",
      title: "What the other system calls a scene is no channel",
      category: "boundary",
    },
    (fixture) =>
      leavesAlone(fixture, async ({ world, draft }) => {
        for (const channel of ["UPDATE_MOBILE_SMS", "BIND_MOBILE_SMS", "LOGIN_SMS"]) {
          setUnknownChannel(draft, channel);
          judgeRefusal(world, await world.send(draft, "en"), "scene-unknown", "en");
        }
      }),
  ),
  caseOf(
    sending,
    {
      name: "malformed-country-codes",
      title: "What is clearly no country code is refused",
      category: "boundary",
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
      title: "A number of mainland China needs no country code",
      category: "boundary",
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
      title: "The interval holds for the number with and without its country code",
      category: "boundary",
    },
    async (fixture) => {
      const { world, draft, to } = fixture;
      assertHome(to);
      if (intervalOf(world) === 0) throw new NotApplicable("by its policy, messages may follow each other at once");
      await succeeds(fixture);
      await leavesAlone(fixture, async () => {
        const again = { ...draft, body: withoutCountryCode(draft.body) };
        judgeRefusal(world, await world.send(again, "en"), "send-too-soon", "en");
      });
    },
  ),
];

function withoutCountryCode(body: Record<string, unknown> | undefined): Record<string, unknown> {
  const { phoneCountryCode: _, ...others } = body ?? {};
  return others;
}

export const genauthSendSmsCases: readonly Case[] = [
  successCase(sending, "The answer says that it is done, and a message goes out"),
  ...checkCases(sending, sendingMutations),
  ...appCases(sending),
  ...fieldCases(sending, { phoneNumber: "mobile-missing", channel: "scene-missing" }),
  mirrorCase(sending, sendingMutations, "mobile-missing"),
  ...formCases,
  ...messageCases,
  ...messageLimits(sending, {
    noun: "number",
    inOtherScene: (draft) => ({ ...draft, body: { ...draft.body, channel: OTHER_CHANNEL } }),
    interval: intervalOf,
  }),
];
