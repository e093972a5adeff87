/** The cases of sendSms and sendEmail, for either channel. */
import { SIGNED_IN } from "../../target/requirements.ts";
import type { Case } from "../../world/case.ts";
import { checkCases, formCase, orderCases } from "../check-cases.ts";
import { fieldCases, headerCases } from "../field-cases.ts";
import { type RequestMutations, successCase } from "../scenario.ts";
import { limitCases } from "../shared/send-limits.ts";
import { sentCodeCases } from "../shared/sent-code-cases.ts";
import { wireCases } from "../shared/wire/wire-cases.ts";
import type { Channel } from "./channels.ts";
import { CLIENT_HEADER, headerMutations, REQUIRED_HEADERS } from "./header-mutations.ts";
import { languageCases } from "./language-cases.ts";
import { expectAccepted, messageCases } from "./message-cases.ts";
import { sendFormCases } from "./send-form-cases.ts";
import { tokenCases } from "./send-token-cases.ts";
import { mutationsWithoutPass, type SendFixture, scenarioWithoutPass, sendMutations, sendScenario } from "./sending.ts";

/** `more` are the mutations of this channel only. */
export function sendCases(channel: Channel, more: RequestMutations<SendFixture> = {}): readonly Case[] {
  const [scenario, withoutPass] = [sendScenario(channel), scenarioWithoutPass(channel)];
  const mutations = { ...sendMutations(channel), ...more };
  return [
    successCase(scenario, "A valid request gets an empty response and sends one message"),
    formCase(scenario, headerMutations["device-incomplete"]),
    ...checkCases(scenario, mutations),
    ...checkCases(withoutPass, mutationsWithoutPass),
    ...headerCases(scenario, REQUIRED_HEADERS),
    ...fieldCases(scenario, { [channel.field]: channel.missing, type: "scene-missing" }),
    ...fieldCases(withoutPass, { captcha_token: "captcha-token-missing" }),
    ...languageCases(scenario),
    ...wireCases(scenario, {
      refused: headerMutations["client-unknown"],
      clientHeader: CLIENT_HEADER,
      fields: { free: [channel.field] },
    }),
    ...orderCases(scenario, { ...mutations, ...mutationsWithoutPass }, [
      ["device-incomplete", "client-missing"],
      ["client-unknown", channel.missing],
      [channel.missing, "scene-missing"],
      ["scene-missing", "captcha-token-missing"],
      ["captcha-token-missing", "scene-unknown"],
      ["captcha-token-expired", "scene-unknown"],
      ["captcha-token-used", "scene-unknown"],
      ["captcha-token-unknown", "scene-unknown"],
      ["captcha-token-altered", "scene-unknown"],
      ["captcha-token-foreign", "scene-unknown"],
      ["scene-unknown", "receiver-undeliverable"],
    ]),
    ...messageCases(channel),
    ...sendFormCases(channel),
    ...tokenCases(channel),
    ...limitCases(channel),
    ...sentCodeCases(scenario, {
      taker: channel.taker.operation,
      requires: SIGNED_IN,
      accepted: async (world, to, code) =>
        expectAccepted(world, channel.taker, { account: await world.account(), to, code }),
    }),
  ];
}
