/** POST login/mobile-verify-code: exchanges a code sent to the account's number for an id_token. */

import { CODE } from "../../target/requirements.ts";
import type { Case } from "../../world/case.ts";
import { expectSuccess } from "../../world/expect.ts";
import { checkCases, formCase, orderCases } from "../check-cases.ts";
import { fieldCases, headerCases } from "../field-cases.ts";
import { amend, type RequestMutations, type Scenario, successCase } from "../scenario.ts";
import { codeCases } from "../shared/code-cases.ts";
import { codeMutations, otherThan } from "../shared/code-mutations.ts";
import { MALFORMED_MOBILES, VERY_LONG } from "../shared/malformed.ts";
import { passwordHidden } from "../shared/password-hidden.ts";
import { malformedCase, veryLongCase } from "../shared/value-cases.ts";
import { ambiguousCase } from "../shared/wire/ambiguous-case.ts";
import { wireCases } from "../shared/wire/wire-cases.ts";
import { CLIENT_HEADER, headerMutations, REQUIRED_HEADERS } from "./header-mutations.ts";
import { languageCases } from "./language-cases.ts";
import { expectSignsIn, idTokenOf, type LoginFixture, loginWith, SCENE } from "./login.ts";
import { loginCases } from "./login-cases.ts";
import { codeOfDeletedAccount } from "./outlived-codes.ts";
import { otherFormsOfMobile } from "./receiver-forms.ts";

const scenario: Scenario<LoginFixture> = {
  operation: "loginByMobileCode",
  requires: ["accounts", CODE],
  singleUse: true,
  async arrange(world) {
    const [account, bystander] = [await world.account(), await world.account()];
    const code = await world.code({ to: account.mobile ?? "", scene: SCENE });
    const before = await world.remember(account, bystander);
    return {
      world,
      account,
      bystander,
      code,
      draft: loginWith(world, code),
      mustNotChange: [account, bystander],
      verifyEffects: () => before.unchanged(),
    };
  },
};

const mutations = {
  ...headerMutations,
  "mobile-missing": {
    title: "A login without a number is refused",
    apply({ draft }) {
      const { mobile: _, ...body } = draft.body ?? {};
      amend(draft, { body, broken: "mobile is missing" });
    },
    retryable: true,
  },
  "mobile-malformed": {
    title: "A login with a malformed number is refused",
    apply: ({ draft }) => amend(draft, { body: { ...draft.body, mobile: MALFORMED_MOBILES[0] } }),
    retryable: true,
  },
  "account-unknown": {
    title: "Login fails for a number that no account has",
    async apply({ world, draft }) {
      amend(draft, { body: { ...draft.body, mobile: await world.freshMobile() } });
    },
    retryable: true,
  },
  "code-unknown": {
    title: "Login fails for a number that never received a code",
    // Made up, because a constant code would be valid for every number.
    apply: ({ draft, bystander, code }) =>
      amend(draft, { body: { mobile: bystander.mobile, verify_code: otherThan(code) } }),
    retryable: true,
  },
  ...codeMutations<LoginFixture>({
    async useUp({ world, draft }) {
      expectSuccess(world, await world.send(draft));
    },
  }),
} satisfies RequestMutations<LoginFixture>;

export const loginByMobileCodeCases: readonly Case[] = [
  successCase(scenario, "A valid code for the account's number signs the account in"),
  formCase(scenario, headerMutations["device-incomplete"]),
  ...checkCases(scenario, mutations),
  ...headerCases(scenario, REQUIRED_HEADERS),
  ...fieldCases(scenario, { mobile: "mobile-missing", verify_code: "code-missing" }),
  ...languageCases(scenario),
  ...wireCases(scenario, {
    refused: headerMutations["client-unknown"],
    clientHeader: CLIENT_HEADER,
    fields: {},
  }),
  ...orderCases(scenario, mutations, [
    ["device-incomplete", "client-missing"],
    ["client-unknown", "mobile-missing"],
    ["mobile-missing", "code-missing"],
    ["code-missing", "mobile-malformed"],
    ["account-unknown", "code-wrong"],
  ]),
  malformedCase(
    scenario,
    { field: "mobile", check: "mobile-malformed", values: MALFORMED_MOBILES },
    "A value that is clearly not a number is refused as malformed",
  ),
  veryLongCase(scenario, { mobile: VERY_LONG.mobile, verify_code: VERY_LONG.code }),
  ...codeCases(scenario, {
    otherScene: "FORGET_PWD_SMS",
    unknown: "code-unknown",
    sending: "sendSms",
    otherForms: ({ world, code }) => otherFormsOfMobile(code.to).map((form) => loginWith(world, code, form)),
    otherReceiver: async ({ world }) => (await world.account()).mobile ?? "",
    requestOf: async ({ world }, code) => loginWith(world, code),
  }),
  ...loginCases(scenario),
  ambiguousCase(scenario, {
    calls: ["updateEmail"],
    rivals: async ({ bystander }) => ({ mobile: bystander.mobile ?? "" }),
    verifyEffects: ({ world, account }, reply) => expectSignsIn(world, idTokenOf(world, reply), account),
  }),
  codeOfDeletedAccount(scenario),
  passwordHidden(scenario),
];
