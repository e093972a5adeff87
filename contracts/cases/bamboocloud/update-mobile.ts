/** POST profile/update-mobile: the signed-in account gets the number that received the code. */
import type { Case } from "../../world/case.ts";
import { checkCases, formCase, orderCases } from "../check-cases.ts";
import { fieldCases, headerCases } from "../field-cases.ts";
import { successCase } from "../scenario.ts";
import { MALFORMED_MOBILES } from "../shared/malformed.ts";
import { tokenMutations } from "../shared/token-mutations.ts";
import { wireCases } from "../shared/wire/wire-cases.ts";
import { changeCases } from "./change-cases.ts";
import { type ContactChange, contactChangeMutations, contactChangeScenario } from "./contact-change.ts";
import { CLIENT_HEADER, headerMutations, REQUIRED_HEADERS } from "./header-mutations.ts";
import { languageCases } from "./language-cases.ts";
import { formsOfMobile } from "./receiver-forms.ts";

const change: ContactChange = {
  operation: "updateMobile",
  field: "mobile",
  noun: "number",
  scene: "UPDATE_MOBILE_SMS",
  otherScene: "BIND_MOBILE_SMS",
  sending: "sendSms",
  checks: {
    missing: "new-mobile-missing",
    malformed: "mobile-malformed",
    unknown: "mobile-unverified",
    own: "mobile-own",
    taken: "mobile-taken",
  },
  malformed: MALFORMED_MOBILES,
  fresh: (world) => world.freshMobile(),
  formsOf: formsOfMobile,
};

const scenario = contactChangeScenario(change);
const mutations = contactChangeMutations(change);

export const updateMobileCases: readonly Case[] = [
  successCase(scenario, "A valid request gives the signed-in account the new number", ["account-read"]),
  formCase(scenario, headerMutations["device-incomplete"]),
  ...checkCases(scenario, mutations),
  ...headerCases(scenario, REQUIRED_HEADERS),
  ...fieldCases(scenario, { mobile: "new-mobile-missing", verify_code: "code-missing" }),
  ...languageCases(scenario),
  ...wireCases(scenario, {
    refused: tokenMutations["id-token-missing"],
    clientHeader: CLIENT_HEADER,
    fields: {},
  }),
  ...orderCases(scenario, mutations, [
    ["device-incomplete", "client-missing"],
    ["client-unknown", "id-token-missing"],
    ["id-token-invalid", "code-missing"],
    ["code-missing", "new-mobile-missing"],
    ["new-mobile-missing", "account-gone"],
    ["mobile-malformed", "code-wrong"],
    ["code-wrong", "mobile-taken"],
    ["mobile-taken", "account-gone"],
  ]),
  ...changeCases(change, scenario),
];
