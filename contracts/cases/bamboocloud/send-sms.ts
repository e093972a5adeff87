/** POST sms/send: sends a verification code to a mobile number. */
import type { Case } from "../../world/case.ts";
import { canonical, nationalPart } from "../../world/receivers.ts";
import { NotApplicable } from "../../world/world.ts";
import { amend, type RequestMutations } from "../scenario.ts";
import { SMS } from "./channels.ts";
import { unknownScenes } from "./message-cases.ts";
import { sendCases } from "./send-cases.ts";
import type { SendFixture } from "./sending.ts";

const mutations = {
  "area-code-missing": {
    title: "UPDATE_PWD_SMS to a number without an area code is refused",
    requires: ["accounts"],
    async apply({ world, draft }) {
      if (!world.figure("update_pwd_requires_area_code"))
        throw new NotApplicable("the target's policy does not require the area code");
      const { mobile = "" } = await world.account();
      const plain = nationalPart(mobile);
      if (plain === canonical(mobile)) throw new NotApplicable("the area code of the target's numbers is unknown");
      amend(draft, { body: { mobile: plain, type: "UPDATE_PWD_SMS", captcha_token: await world.captchaPass(plain) } });
    },
    singleUse: true,
  },
} satisfies RequestMutations<SendFixture>;

export const sendSmsCases: readonly Case[] = [
  ...sendCases(SMS, mutations),
  unknownScenes(
    SMS,
    "scenes-of-sibling-product",
    "Scenes that exist only in the API for employees are refused as unknown",
    ["CHANGE_PWD_SMS", "MFA_AUTH_SMS"],
  ),
];
