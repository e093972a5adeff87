/** POST update-phone: the signed-in account gets the number of its token. */
import type { Case } from "../../world/case.ts";
import { checkCases, formCase, orderCases } from "../check-cases.ts";
import { fieldCases } from "../field-cases.ts";
import { successCase } from "../scenario.ts";
import { VERY_LONG } from "../shared/malformed.ts";
import { ownAccountOnly } from "../shared/own-account-only.ts";
import { ownerHidden } from "../shared/owner-hidden.ts";
import { veryLongCase } from "../shared/value-cases.ts";
import { ambiguousCase } from "../shared/wire/ambiguous-case.ts";
import { wireCases } from "../shared/wire/wire-cases.ts";
import { mirrorCase } from "./http-status.ts";
import { APP_ID } from "./mutations.ts";
import { changeWith, phoneChange, phoneChangeMutations, takes, verified } from "./phone-change.ts";
import { ownershipCases, updateTokenCases } from "./phone-change-cases.ts";
import { phoneChangeRaces } from "./phone-change-races.ts";
import { accessTokenCases, appCases } from "./request-cases.ts";

export const genauthUpdatePhoneCases: readonly Case[] = [
  successCase(phoneChange, "The signed-in account gets the verified number and keeps its other fields", [
    "account-read",
  ]),
  formCase(phoneChange, phoneChangeMutations["access-token-missing"]),
  ...checkCases(phoneChange, phoneChangeMutations),
  ...appCases(phoneChange),
  ...wireCases(phoneChange, {
    refused: phoneChangeMutations["access-token-missing"],
    clientHeader: APP_ID,
    fields: {},
  }),
  ...accessTokenCases(phoneChange, async (world, account) =>
    changeWith(world, account, await verified(world, account, await world.freshMobile())),
  ),
  ...fieldCases(phoneChange, { updatePhoneToken: "update-token-missing" }),
  ...orderCases(phoneChange, phoneChangeMutations, [
    ["client-unknown", "access-token-missing"],
    ["access-token-invalid", "update-token-missing"],
    ["access-token-expired", "update-token-unknown"],
    ["account-gone", "update-token-missing"],
    ["update-token-expired", "mobile-taken"],
  ]),
  mirrorCase(phoneChange, phoneChangeMutations, "access-token-missing"),
  veryLongCase(phoneChange, { updatePhoneToken: VERY_LONG.code }),
  ...updateTokenCases,
  ambiguousCase(phoneChange, {
    async rivals({ world, bystander }) {
      const { text } = await verified(world, bystander, await world.freshMobile());
      return { updatePhoneToken: text };
    },
  }),
  ownerHidden(phoneChange, {
    field: "mobile",
    noun: "number",
    request: async ({ world, draft, mobile }) => ({ draft, owner: await takes(world, mobile) }),
  }),
  ...ownershipCases,
  ownAccountOnly(phoneChange, "account-read"),
  ...phoneChangeRaces,
];
