/** Bugs in getCaptcha alone. */
import type { Mutant } from "./mutant.ts";

const GET_CAPTCHA = "dialects/bamboocloud/get-captcha.ts";
const CAPTCHA = "core/captcha.ts";

export const getCaptchaMutants: readonly Mutant[] = [
  {
    name: "null fields are left out of a captcha",
    file: GET_CAPTCHA,
    find: "captchaId: null,\n      projectCode: null,",
    put: "captchaId: null,",
    kills: ["getCaptcha/success"],
  },
  {
    name: "a captcha reveals the place of its piece",
    file: GET_CAPTCHA,
    find: "pointJson: null,",
    put: "pointJson: JSON.stringify({ x, y: 5 }),",
    kills: ["getCaptcha/success"],
  },
  {
    name: "the pictures are data URLs",
    file: GET_CAPTCHA,
    find: "originalImageBase64: background,",
    put: 'originalImageBase64: "data:image/png;base64," + background,',
    kills: ["getCaptcha/pictures"],
  },
  {
    name: "a captcha comes without its piece",
    file: GET_CAPTCHA,
    find: "jigsawImageBase64: piece,",
    put: 'jigsawImageBase64: "",',
    kills: ["getCaptcha/pictures"],
  },
  {
    name: "all captchas have one token",
    file: CAPTCHA,
    find: 'nextCount(tx, "captcha")',
    put: "1",
    kills: ["getCaptcha/token-of-its-own", "getCaptcha/token-of-its-own-at-once"],
  },
];
