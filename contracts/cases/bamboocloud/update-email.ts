/** POST profile/update-email: the signed-in account gets the address that received the code. */
import type { Case } from "../../world/case.ts";
import { checkCases, formCase, orderCases } from "../check-cases.ts";
import { fieldCases, headerCases } from "../field-cases.ts";
import { successCase } from "../scenario.ts";
import { MALFORMED_EMAILS } from "../shared/malformed.ts";
import { tokenMutations } from "../shared/token-mutations.ts";
import { wireCases } from "../shared/wire/wire-cases.ts";
import { changeCases } from "./change-cases.ts";
import { type ContactChange, contactChangeMutations, contactChangeScenario } from "./contact-change.ts";
import { CLIENT_HEADER, headerMutations, REQUIRED_HEADERS } from "./header-mutations.ts";
import { languageCases } from "./language-cases.ts";
import { formsOfEmail } from "./receiver-forms.ts";
import { unusualAddresses } from "./unusual-addresses.ts";

const change: ContactChange = {
  operation: "updateEmail",
  field: "email",
  noun: "address",
  scene: "UPDATE_EMAIL_EMS",
  otherScene: "BIND_EMAIL_EMS",
  sending: "sendEmail",
  checks: {
    missing: "new-email-missing",
    malformed: "email-malformed",
    unknown: "code-unknown",
    own: "email-own",
    taken: "email-taken",
  },
  malformed: MALFORMED_EMAILS,
  fresh: (world) => world.freshEmail(),
  formsOf: formsOfEmail,
};

const scenario = contactChangeScenario(change);
const mutations = contactChangeMutations(change);

export const updateEmailCases: readonly Case[] = [
  successCase(scenario, "A valid request gives the signed-in account the new address", ["account-read"]),
  formCase(scenario, headerMutations["device-incomplete"]),
  ...checkCases(scenario, mutations),
  ...headerCases(scenario, REQUIRED_HEADERS),
  ...fieldCases(scenario, { email: "new-email-missing", verify_code: "code-missing" }),
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
    ["code-missing", "new-email-missing"],
    ["new-email-missing", "account-gone"],
    ["email-malformed", "code-wrong"],
    ["code-wrong", "email-taken"],
    ["email-taken", "account-gone"],
  ]),
  ...changeCases(change, scenario),
  ...unusualAddresses(change, scenario),
];
