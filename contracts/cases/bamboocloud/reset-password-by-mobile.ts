/** POST pwd/update-by-mobile without Authorization: a new password for an account whose user forgot the old one. */

import { CODE } from "../../target/requirements.ts";
import type { Case } from "../../world/case.ts";
import { expectRefusal, expectSuccess } from "../../world/expect.ts";
import type { Code, Draft, World } from "../../world/world.ts";
import { checkCases, formCase, orderCases } from "../check-cases.ts";
import { fieldCases, headerCases } from "../field-cases.ts";
import { amend, caseOf, leavesAlone, type RequestMutations, successCase } from "../scenario.ts";
import { codeMutations } from "../shared/code-mutations.ts";
import { ambiguousCase } from "../shared/wire/ambiguous-case.ts";
import { wireCases } from "../shared/wire/wire-cases.ts";
import { CLIENT_HEADER, headerMutations, REQUIRED_HEADERS } from "./header-mutations.ts";
import { languageCases } from "./language-cases.ts";
import { passwordCases } from "./password-cases.ts";
import { codeUnknown, expiredCode, useCode, useUp } from "./password-codes.ts";
import {
  expectPassword,
  ownerOf,
  type PasswordFixture,
  type PasswordFlow,
  passwordOf,
  passwordScenario,
  receiverOf,
  requestOf,
  strangerIn,
} from "./password-flow.ts";
import { passwordMutations, reversedUsername } from "./password-mutations.ts";
import { passwordOrderCases } from "./password-order.ts";
import { ANY_FORM, formsOfMobile, otherFormsOfMobile, rolesOf } from "./receiver-forms.ts";

const flow: PasswordFlow = {
  operation: "resetPasswordByMobile",
  requires: ["accounts", CODE],
  scene: "FORGET_PWD_SMS",
  otherScene: "UPDATE_PWD_SMS",
  aim: (_world, draft, { mobile = "" }) => setMobile(draft, mobile),
  otherForms: ({ draft }) =>
    otherFormsOfMobile(String(draft.body?.["mobile"])).map((mobile) => ({ ...draft, body: { ...draft.body, mobile } })),
};

const scenario = passwordScenario(flow);

const { "code-missing": codeMissing, ...otherCodeMutations } = codeMutations<PasswordFixture>({ useUp: useUp(flow) });

const mutations = {
  ...headerMutations,
  "code-missing": codeMissing,
  "mobile-missing": {
    title: "A request without an id_token and without a number is refused",
    apply({ draft }) {
      const { mobile: _, ...body } = draft.body ?? {};
      amend(draft, { body, broken: "mobile is missing" });
    },
    retryable: true,
  },
  "account-unknown": {
    title: "A number that no account has is refused, even with a code sent to it",
    requires: ["codes|account-deletion"],
    async apply(fixture) {
      const code = await codeToUnusedNumber(fixture.world);
      useCode(fixture, code);
      setMobile(fixture.draft, code.to);
    },
    retryable: true,
  },
  "code-unknown": codeUnknown(flow),
  ...otherCodeMutations,
  "code-expired": expiredCode(flow),
  ...passwordMutations,
  "password-reversed-username": reversedUsername(flow),
} satisfies RequestMutations<PasswordFixture>;

function setMobile(draft: Draft, mobile: string): void {
  amend(draft, { body: { ...draft.body, mobile } });
}

/** If the target cannot plant codes, a deleted account has received one. */
async function codeToUnusedNumber(world: World): Promise<Code> {
  if (world.target.plantCode !== undefined) return world.code({ to: await world.freshMobile(), scene: flow.scene });
  return codeOfDeletedAccount(world);
}

/** A code for an account that is then deleted. */
async function codeOfDeletedAccount(world: World): Promise<Code> {
  const deleted = await world.account();
  const code = await world.code({ to: receiverOf(deleted), scene: flow.scene });
  await world.target.deleteAccount?.(deleted.id);
  return code;
}

export const resetPasswordByMobileCases: readonly Case[] = [
  successCase(scenario, "The account with this number gets the new password, and the old password stops working", [
    "password-check",
  ]),
  formCase(scenario, headerMutations["device-incomplete"]),
  ...checkCases(scenario, mutations),
  ...headerCases(scenario, REQUIRED_HEADERS),
  ...fieldCases(scenario, { mobile: "mobile-missing", verify_code: "code-missing", password: "password-missing" }),
  ...languageCases(scenario),
  ...wireCases(scenario, {
    refused: headerMutations["client-unknown"],
    clientHeader: CLIENT_HEADER,
    fields: { free: ["password"] },
  }),
  ...orderCases(scenario, mutations, [
    ["device-incomplete", "client-missing"],
    ["client-unknown", "code-missing"],
    ["code-missing", "mobile-missing"],
    ["code-missing", "account-unknown"],
    ["account-unknown", "code-wrong"],
    ["mobile-missing", "password-missing"],
    ["code-wrong", "password-missing"],
    ["code-wrong", "password-length"],
  ]),
  ...passwordOrderCases(scenario),
  ...passwordCases(flow, scenario),
  ambiguousCase(scenario, { rivals: async ({ bystander }) => ({ mobile: bystander.mobile ?? "" }) }),
  caseOf(
    scenario,
    {
      name: "number-forms",
      title: "A code sent to one form of the number is valid for every form",
      category: "boundary",
      basis: ANY_FORM,
    },
    async (fixture) => {
      const { world } = fixture;
      const numbers = async () => receiverOf(await strangerIn(fixture));
      for (const [to, written] of await rolesOf(formsOfMobile, numbers)) {
        const account = ownerOf(fixture, to);
        const draft = await requestOf(flow, world, account, await world.code({ to, scene: flow.scene }));
        setMobile(draft, written);
        if (expectSuccess(world, await world.send(draft))) await expectPassword(world, account, passwordOf(draft));
      }
    },
  ),
  caseOf(
    scenario,
    {
      name: "number-of-deleted-account",
      title: "The number of a deleted account is refused as unknown",
      category: "state",
      requires: ["account-deletion"],
    },
    (fixture) =>
      leavesAlone(fixture, async ({ world, draft }) => {
        const { to, code } = await codeOfDeletedAccount(world);
        const reply = await world.send({ ...draft, body: { ...draft.body, mobile: to, verify_code: code } }, "en");
        expectRefusal(world, reply, "account-unknown", "en");
      }),
  ),
];
