/** POST pwd/update-by-mobile with Authorization: a new password for the signed-in account. */

import { CODE, SIGNED_IN } from "../../target/requirements.ts";
import type { Case } from "../../world/case.ts";
import { NotApplicable } from "../../world/world.ts";
import { checkCases, formCase, orderCases } from "../check-cases.ts";
import { fieldCases, headerCases } from "../field-cases.ts";
import { amend, caseOf, type RequestMutations, succeeds, successCase } from "../scenario.ts";
import { codeMutations } from "../shared/code-mutations.ts";
import { forgedTokenCases } from "../shared/forged-token-cases.ts";
import { bear, tokenMutations } from "../shared/token-mutations.ts";
import { wireCases } from "../shared/wire/wire-cases.ts";
import { CLIENT_HEADER, headerMutations, REQUIRED_HEADERS } from "./header-mutations.ts";
import { languageCases } from "./language-cases.ts";
import { passwordCases } from "./password-cases.ts";
import { codeUnknown, expiredCode, useCode, useUp } from "./password-codes.ts";
import { type PasswordFixture, type PasswordFlow, passwordScenario, receiverOf } from "./password-flow.ts";
import { passwordMutations, reversedUsername } from "./password-mutations.ts";
import { passwordOrderCases } from "./password-order.ts";

const flow: PasswordFlow = {
  operation: "updatePasswordByMobile",
  requires: [...SIGNED_IN, CODE],
  scene: "UPDATE_PWD_SMS",
  otherScene: "FORGET_PWD_SMS",
  aim: async (world, draft, account) => bear(draft, await world.idToken(account)),
};

const scenario = passwordScenario(flow);

const { "code-missing": codeMissing, ...otherCodeMutations } = codeMutations<PasswordFixture>({ useUp: useUp(flow) });

const mutations = {
  ...headerMutations,
  "id-token-invalid": tokenMutations["id-token-invalid"],
  "id-token-expired": tokenMutations["id-token-expired"],
  "code-missing": codeMissing,
  "account-without-mobile": {
    title: "A signed-in account without a number is refused",
    async apply({ world, draft, mustNotChange }) {
      const unreachable = await world.account({ mobile: null });
      if (unreachable.mobile !== undefined) throw new NotApplicable("every account of the target has a number");
      mustNotChange.push(unreachable);
      bear(draft, await world.idToken(unreachable));
    },
    retryable: true,
  },
  "account-gone": {
    title: "The id_token of a deleted account is refused, even with a code sent to its number",
    requires: ["account-deletion"],
    async apply(fixture) {
      const { world, draft } = fixture;
      const deleted = await world.account();
      useCode(fixture, await world.code({ to: receiverOf(deleted), scene: flow.scene }));
      bear(draft, await world.idToken(deleted));
      await world.target.deleteAccount?.(deleted.id);
    },
    retryable: true,
  },
  "code-unknown": codeUnknown(flow),
  ...otherCodeMutations,
  "code-expired": expiredCode(flow),
  ...passwordMutations,
  "password-reversed-username": reversedUsername(flow),
} satisfies RequestMutations<PasswordFixture>;

/**
 * For this operation, a token of another application may look like the token of a deleted account. So the case cannot
 * expect one refusal.
 */
const SAME_AS_GONE = /id-token-of-another-application$/;

export const updatePasswordByMobileCases: readonly Case[] = [
  successCase(scenario, "The signed-in account gets the new password, and the old password stops working", [
    "password-check",
  ]),
  formCase(scenario, headerMutations["device-incomplete"]),
  ...checkCases(scenario, mutations),
  ...headerCases(scenario, REQUIRED_HEADERS),
  ...fieldCases(scenario, { verify_code: "code-missing", password: "password-missing" }),
  ...languageCases(scenario),
  ...wireCases(scenario, {
    refused: tokenMutations["id-token-invalid"],
    clientHeader: CLIENT_HEADER,
    fields: { free: ["password"] },
  }),
  ...orderCases(scenario, mutations, [
    ["device-incomplete", "client-missing"],
    ["client-unknown", "id-token-invalid"],
    ["id-token-invalid", "code-missing"],
    ["id-token-expired", "code-missing"],
    ["code-missing", "account-without-mobile"],
    ["account-without-mobile", "code-wrong"],
    ["account-gone", "code-wrong"],
    ["code-wrong", "password-missing"],
    ["code-wrong", "password-length"],
  ]),
  ...passwordOrderCases(scenario),
  ...passwordCases(flow, scenario),
  ...forgedTokenCases(scenario).filter(({ id }) => !SAME_AS_GONE.test(id)),
  caseOf(
    scenario,
    {
      name: "token-decides",
      title: "With both an id_token and a number, the account of the id_token gets the password",
      category: "security",
      requires: ["password-check"],
    },
    async (fixture) => {
      const body = { ...fixture.draft.body, mobile: fixture.bystander.mobile };
      amend(fixture.draft, { body, broken: "a signed-in request names a number" });
      await succeeds(fixture);
    },
  ),
];
