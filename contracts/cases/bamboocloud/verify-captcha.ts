/** POST captcha/verify: exchanges the position of the piece for a pass token of one receiver. */
import type { Case } from "../../world/case.ts";
import { expectSuccess } from "../../world/expect.ts";
import { checkCases, formCase, orderCases } from "../check-cases.ts";
import { fieldCases, headerCases } from "../field-cases.ts";
import { amend, type Fixture, type RequestMutations, type Scenario, successCase } from "../scenario.ts";
import { wireCases } from "../shared/wire/wire-cases.ts";
import { answerDraft, farFrom, pointJson, type VerifyFixture, verifyScenario } from "./challenges.ts";
import { CLIENT_HEADER, headerMutations, REQUIRED_HEADERS } from "./header-mutations.ts";
import { languageCases } from "./language-cases.ts";
import { passCases } from "./pass-cases.ts";
import { placeCases } from "./place-cases.ts";

const mutations = {
  ...headerMutations,
  "captcha-parameter-missing": {
    title: "A request without a sender is refused",
    apply({ draft }) {
      const { sender: _, ...body } = draft.body ?? {};
      amend(draft, { body, broken: "sender is missing" });
    },
  },
  "captcha-challenge-used": {
    title: "A captcha that was already answered is refused",
    async apply({ world, draft }) {
      expectSuccess(world, await world.send(draft));
    },
  },
  "captcha-challenge-expired": {
    title: "An expired captcha is refused",
    requires: ["clock"],
    alone: true,
    apply: ({ world }) => world.advance(world.figure("captcha_challenge_ttl_seconds") + 1),
  },
  "captcha-place-wrong": {
    title: "A wrong position is refused",
    apply({ draft, challenge: { x, y } }) {
      amend(draft, { body: { ...draft.body, point_json: pointJson(farFrom(x), y) } });
    },
    singleUse: true,
  },
} satisfies RequestMutations<VerifyFixture>;

/** Requires nothing from the target, because the captcha was never issued. */
const neverHandedOut: Scenario<Fixture> = {
  operation: "verifyCaptcha",
  requires: [],
  async arrange(world) {
    const answer = { token: world.random.digits(32), sender: await world.freshMobile(), point_json: pointJson(237, 5) };
    return { world, draft: answerDraft(world, answer), mustNotChange: [], verifyEffects: async () => undefined };
  },
};

export const verifyCaptchaCases: readonly Case[] = [
  successCase(verifyScenario, "The right position gets a pass token"),
  formCase(verifyScenario, headerMutations["device-incomplete"]),
  ...checkCases(verifyScenario, mutations),
  ...checkCases(neverHandedOut, {
    "captcha-challenge-unknown": { title: "A captcha that was never issued is refused", apply: () => undefined },
  }),
  ...headerCases(verifyScenario, REQUIRED_HEADERS),
  ...fieldCases(verifyScenario, {
    point_json: "captcha-parameter-missing",
    token: "captcha-parameter-missing",
    sender: "captcha-parameter-missing",
  }),
  ...languageCases(verifyScenario),
  ...wireCases(verifyScenario, {
    refused: headerMutations["client-unknown"],
    clientHeader: CLIENT_HEADER,
    fields: { free: ["sender"] },
  }),
  ...orderCases(verifyScenario, mutations, [
    ["device-incomplete", "client-missing"],
    ["client-missing", "captcha-parameter-missing"],
    ["client-unknown", "captcha-place-wrong"],
  ]),
  ...placeCases,
  ...passCases,
];
