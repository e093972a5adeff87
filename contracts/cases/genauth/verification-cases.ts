/** Verifications beyond their checks: forms of a number, channels, and invalid values. */

import { inferred } from "../../spec/basis.ts";
import { CODE } from "../../target/requirements.ts";
import type { Case } from "../../world/case.ts";
import { expectRefusal, expectSomeRefusal, expectSuccess } from "../../world/expect.ts";
import { NotApplicable, type World } from "../../world/world.ts";
import { fieldCases } from "../field-cases.ts";
import { caseOf, eachRenewed, leavesAlone, succeeds } from "../scenario.ts";
import { MALFORMED_MOBILES, VERY_LONG } from "../shared/malformed.ts";
import { inPayload, payloadOf, withPayload } from "./payload.ts";
import { assertHome, channelsFor, foreignChannel, newCode, phone, statesChannels } from "./phones.ts";
import { requestOfNewAccount, verification, verificationMutations } from "./verification.ts";

const always = (value: string) => () => value;

/** A target that keeps only the digits of these would see the number that received the code. */
const AROUND: readonly ((good: string) => string)[] = [
  (good) => `x${good}`,
  (good) => `${good}x`,
  (good) => `<b>${good}</b>`,
  (good) => `${good}' OR '`,
];

const MALFORMED_COUNTRY_CODES: readonly string[] = ["china", "+", "+86;+1", "+".padEnd(64, "8")];

const LONG_TAILS: readonly (readonly [field: string, tail: string])[] = [
  ["newPhoneNumber", VERY_LONG.mobile],
  ["newPhonePassCode", VERY_LONG.code],
];

export const verificationFormCases: readonly Case[] = [
  ...fieldCases(verification, { verifyMethod: "verify-method-unknown", phonePassCodePayload: "new-mobile-missing" }),
  ...fieldCases(verification, { newPhoneNumber: "new-mobile-missing", newPhonePassCode: "code-missing" }, inPayload),
  caseOf(
    verification,
    {
      name: "malformed-numbers",
      title: "A value that is clearly not a number is refused as malformed",
      category: "boundary",
    },
    (fixture) =>
      eachRenewed(verification, fixture, [...MALFORMED_MOBILES.map(always), ...AROUND], async (one, malformed) => {
        const { world, draft } = one;
        const newPhoneNumber = malformed(String(payloadOf(draft)["newPhoneNumber"]));
        const reply = await world.send(withPayload(draft, { newPhoneNumber }), "en");
        expectRefusal(world, reply, "mobile-malformed", "en");
      }),
  ),
  caseOf(
    verification,
    {
      name: "malformed-country-codes",
      title: "A value that is clearly not a country code is refused",
      category: "boundary",
      basis: inferred("No page prints the rule for a country code."),
    },
    (fixture) =>
      eachRenewed(verification, fixture, MALFORMED_COUNTRY_CODES, async ({ world, draft }, newPhoneCountryCode) => {
        const reply = await world.send(withPayload(draft, { newPhoneCountryCode }));
        expectSomeRefusal(world, reply, `the country code ${newPhoneCountryCode}`);
      }),
  ),
  caseOf(
    verification,
    {
      name: "very-long-values",
      title: "A valid value followed by ten thousand more characters is refused",
      category: "boundary",
    },
    (fixture) =>
      eachRenewed(verification, fixture, LONG_TAILS, async ({ world, draft }, [name, tail]) => {
        const reply = await world.send(withPayload(draft, { [name]: `${payloadOf(draft)[name]}${tail}` }));
        expectSomeRefusal(world, reply, `a very long ${name}`);
      }),
  ),
  caseOf(
    verification,
    {
      name: "new-country-code-left-out",
      title: "A mainland China new number is accepted without its country code",
      category: "boundary",
      basis: inferred("The documents say that the country code is optional, but not which country is then meant."),
    },
    async (fixture) => {
      assertHome(fixture.code.to);
      await succeeds({ ...fixture, draft: withPayload(fixture.draft, { newPhoneCountryCode: undefined }) });
    },
  ),
  caseOf(
    verification,
    {
      name: "new-country-code-counts",
      title: "A code sent to a number does not prove the same digits in another country",
      category: "security",
      requires: ["unique-codes"],
    },
    async (fixture) => {
      const others = ["+44", "+91"].filter((other) => other !== phone(fixture.code.to).countryCode);
      await eachRenewed(verification, fixture, others, async ({ world, draft }, newPhoneCountryCode) => {
        const reply = await world.send(withPayload(draft, { newPhoneCountryCode }));
        expectSomeRefusal(world, reply, `the number with ${newPhoneCountryCode} before it`);
      });
    },
  ),
  caseOf(
    verification,
    {
      name: "had-number-without-country-code",
      title: "A taken or own number is refused without its country code too",
      category: "state",
      basis: inferred("The documents say that the country code is optional, but not which country is then meant."),
    },
    async (fixture) => {
      const { world, draft } = fixture;
      for (const check of ["mobile-taken", "mobile-own"] as const) {
        const broken = { ...draft };
        await verificationMutations[check].apply({ ...fixture, draft: broken });
        assertHome(check === "mobile-own" ? (fixture.account.mobile ?? "") : (fixture.bystander.mobile ?? ""));
        await leavesAlone(fixture, async () => {
          const reply = await world.send(withPayload(broken, { newPhoneCountryCode: undefined }), "en");
          expectRefusal(world, reply, check, "en");
        });
      }
    },
  ),
];

export const newChannelCases: readonly Case[] = [
  caseOf(
    verification,
    {
      name: "each-new-channel",
      title: "A code from every stated channel proves a new number",
      category: "state",
      requires: ["policy|policy-read"],
      alone: true,
    },
    async ({ world }) => {
      if (!statesChannels(world)) throw new NotApplicable("the target does not state its channels");
      for (const channel of await severalChannels(world)) {
        const code = await newCode(world, await world.freshMobile(), channel);
        expectSuccess(world, await world.send(await requestOfNewAccount(world, code)));
      }
    },
  ),
  caseOf(
    verification,
    {
      name: "code-of-the-other-system",
      title: "A code sent by one system is refused by the other system for the same number",
      category: "security",
      requires: [CODE, "unique-codes"],
      calls: ["updateMobile"],
    },
    async (fixture) => {
      const { world, draft, code, account, withCode } = fixture;
      const theirs = await world.code({ to: code.to, scene: "UPDATE_MOBILE_SMS" });
      await leavesAlone(fixture, async () => {
        const here = await world.send(withCode?.(draft, theirs.code) ?? draft, "en");
        expectRefusal(world, here, "code-wrong", "en", { or: ["code-unknown"] });
        const body = { mobile: code.to, verify_code: code.code };
        const idToken = await world.idToken(account);
        const there = await world.send(world.draft("updateMobile", { body, idToken }), "en");
        expectRefusal(world, there, "code-wrong", "en", { or: ["mobile-unverified"] });
      });
    },
  ),
];

/** The channels of the policy, with a second one added if there is only one and the policy can be changed. */
async function severalChannels(world: World): Promise<readonly string[]> {
  const stated = channelsFor("new", world);
  if (stated.length > 1 || world.target.setPolicy === undefined) return stated;
  const several = [...stated, foreignChannel(world)];
  await world.setPolicy({ genauth_new_phone_channels: several });
  return several;
}
