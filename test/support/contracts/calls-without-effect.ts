/** Targets whose control calls respond as they should, and do nothing. */
import type { Capability } from "../../../contracts/target/target.ts";
import { type Falsify, instead, type LyingTarget } from "./falsify.ts";

/** The control call is right, and has no effect in the API. Only cases can show it. */
export const callsWithoutEffect: Readonly<Partial<Record<Capability, readonly LyingTarget[]>>> = {
  tokens: [
    {
      what: "are made up",
      falsify: instead("issueTokens", () => async (id) => ({ idToken: `made-up-${id}`, accessToken: `made-up-${id}` })),
      words:
        'The cases that use "tokens" fail, although its control call works: perhaps the API does not know the tokens',
    },
  ],
  "captcha-tokens": [
    {
      what: "are made up",
      falsify: instead("captchaToken", () => async () => "made-up-token"),
      words:
        'The cases that use "captcha-tokens" fail, although its control call works: perhaps the API does not accept the captcha tokens',
    },
    {
      what: "are for another sender",
      falsify: instead("captchaToken", (issue) => (input) => issue({ ...input, sender: "13800000000" })),
      words:
        'The cases that use "captcha-tokens" fail, although its control call works: perhaps the API does not accept the captcha tokens',
    },
  ],
  codes: [
    {
      what: "are not planted",
      falsify: instead(
        "plantCode",
        () =>
          async ({ code = "654321" }) =>
            code,
      ),
      words:
        'The cases that use "codes" fail, although its control call works: perhaps the API does not accept the codes',
    },
    {
      what: "are planted for another scene",
      falsify: instead(
        "plantCode",
        (plant) => (order) => plant({ ...order, scene: order.to.includes("@") ? "REGISTER_EMS" : "REGISTER_SMS" }),
      ),
      words:
        'The cases that use "codes" fail, although its control call works: perhaps the API does not accept the codes',
    },
  ],
  messages: [
    {
      what: "never come",
      falsify: instead("readCode", () => async () => undefined),
      words:
        'The cases that use "messages" fail, although its control call works: perhaps the messages are not those that the API sends',
    },
  ],
  clock: [
    {
      what: "stands still",
      falsify: instead("advanceClock", () => async () => undefined),
      words:
        'The cases that use "clock" fail, although its control call works: perhaps the clock of the API does not move',
    },
  ],
  faults: [
    {
      what: "never happen",
      falsify: instead("failNext", () => async () => undefined),
      words:
        'The cases that use "faults" fail, although its control call works: perhaps the faults do not reach the API',
    },
  ],
};

/** All codes are the same, and the target does not say so. */
export const constantCodes: Falsify = instead("plantCode", (plant) => (order) => plant({ ...order, code: "111111" }));
