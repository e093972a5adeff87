/**
 * POST verify-update-phone-request: exchanges the codes of the new and the old number for a token that changes the
 * number.
 */

import { OPEN_CODE } from "../../target/requirements.ts";
import type { Case } from "../../world/case.ts";
import { checkCases, formCase, orderCases } from "../check-cases.ts";
import { successCase } from "../scenario.ts";
import { codeCases } from "../shared/code-cases.ts";
import { REFUSAL_KEEPS_CODE } from "../shared/code-mutations.ts";
import { nearCodeCasesAt } from "../shared/near-code-cases.ts";
import { ownerHidden } from "../shared/owner-hidden.ts";
import { wireCases } from "../shared/wire/wire-cases.ts";
import { mirrorCase } from "./http-status.ts";
import { APP_ID } from "./mutations.ts";
import { oldNumberCases } from "./old-number-cases.ts";
import { inPayload, payloadOf, withPassCode } from "./payload.ts";
import { CHANNEL_BASIS, foreignChannel, newCode, oldCode } from "./phones.ts";
import { accessTokenCases, appCases } from "./request-cases.ts";
import { SEND } from "./sending.ts";
import { demanding, requestOf, requestOfNewAccount, verification, verificationMutations } from "./verification.ts";
import { newChannelCases, verificationFormCases } from "./verification-cases.ts";
import { verificationRaces } from "./verification-races.ts";

export const genauthVerifyUpdatePhoneRequestCases: readonly Case[] = [
  successCase(verification, "The codes of both numbers give an update token, and the number does not change yet", [
    "account-read",
  ]),
  formCase(verification, verificationMutations["access-token-missing"]),
  ...checkCases(verification, verificationMutations),
  ...appCases(verification),
  ...wireCases(verification, {
    refused: verificationMutations["access-token-missing"],
    clientHeader: APP_ID,
    fields: { of: (draft) => Object.keys(payloadOf(draft)), put: inPayload },
  }),
  ...accessTokenCases(verification, async (world, account) => {
    const code = await newCode(world, await world.freshMobile());
    return requestOf(world, account, code, await oldCode(world, account));
  }),
  // Only pairs whose refusals differ, whatever the documents leave open.
  ...orderCases(verification, verificationMutations, [
    ["client-unknown", "access-token-missing"],
    ["access-token-missing", "verify-method-unknown"],
    ["access-token-invalid", "new-mobile-missing"],
    ["access-token-expired", "code-missing"],
    ["account-gone", "verify-method-unknown"],
    ["verify-method-unknown", "mobile-taken"],
    ["new-mobile-missing", "old-mobile-mismatch"],
    ["code-missing", "mobile-taken"],
    ["old-mobile-missing", "mobile-taken"],
    ["mobile-own", "old-mobile-mismatch"],
    ["mobile-taken", "old-mobile-mismatch"],
    ["mobile-taken", "old-code-wrong"],
    ["old-mobile-mismatch", "code-wrong"],
    ["code-wrong", "old-code-expired"],
  ]),
  mirrorCase(verification, verificationMutations, "access-token-missing"),
  ...verificationFormCases,
  ...newChannelCases,
  ...codeCases(verification, {
    requirement: OPEN_CODE,
    sentRequirements: ["messages"],
    otherScene: foreignChannel,
    sceneBasis: CHANNEL_BASIS,
    triesBasis: REFUSAL_KEEPS_CODE,
    unknown: "code-unknown",
    sending: SEND,
    otherReceiver: ({ world }) => world.freshMobile(),
    requestOf: ({ world }, code) => requestOfNewAccount(world, code),
  }),
  ...oldNumberCases,
  ownerHidden(verification, {
    field: "mobile",
    noun: "number",
    async request(fixture) {
      await verificationMutations["mobile-taken"].apply(fixture);
      return { draft: fixture.draft, owner: fixture.bystander };
    },
  }),
  ...nearCodeCasesAt(demanding, {
    prefix: "old-",
    of: ({ old }) => old,
    put: ({ draft }, code) => withPassCode(draft, "oldPhonePassCode", code),
  }),
  ...verificationRaces,
];
