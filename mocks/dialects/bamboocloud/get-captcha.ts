/** GET captcha: a picture with a hole, the piece that fits into it, and a token for both. */
import { openChallenge } from "../../core/captcha.ts";
import { defineOperation } from "../../dialect-kit/operation.ts";
import { clientMissing, clientUnknown, deviceIncomplete } from "./headers.ts";

/** Loaded with the first captcha: no other operation needs it. */
let drawing: typeof import("./puzzle-picture.ts") | undefined;

export const getCaptcha = defineOperation("getCaptcha", {
  checks: {
    "device-incomplete": deviceIncomplete,
    "client-missing": clientMissing,
    "client-unknown": clientUnknown,
  },
  run({ tx, policy, now, services }) {
    const { token, x } = openChallenge(tx, policy, services.randomness, now);
    drawing ??= tx.resultOf("the drawing code", () => import("./puzzle-picture.ts"));
    const { background, piece } = drawing.drawPuzzle(x, services.randomness, token);
    return {
      captchaId: null,
      projectCode: null,
      captchaOriginalPath: null,
      captchaFontType: null,
      captchaFontSize: null,
      secretKey: services.randomness.alphanumeric(16, "captcha-secret", token),
      originalImageBase64: background,
      point: null,
      jigsawImageBase64: piece,
      wordList: null,
      pointList: null,
      pointJson: null,
      token,
      result: false,
      captchaVerification: null,
    };
  },
});
