/** getCaptcha, verifyCaptcha, sendSms, sendEmail: from the picture to the message. */

import { fieldsOf } from "./http-values.ts";
import { type ApiCall, done, type Operation, type Outcome, refused } from "./operation.ts";
import { CAPTCHA_TOLERANCE_PX } from "./policy.ts";
import { isEmail, mobileFrom, receiverKey } from "./rules.ts";
import {
  accountWithEmail,
  accountWithMobile,
  isPast,
  issuePass,
  newChallenge,
  openChallenge,
  type Pass,
  sendCode,
  type World,
} from "./state.ts";
import type { ErrorCode } from "./texts.ts";

/** One grey point: the solution comes from the control protocol, so the picture does not matter. */
const PICTURE = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==";

export const getCaptcha: Operation = (_call, world) => ({
  body: {
    token: newChallenge(world),
    originalImageBase64: PICTURE,
    jigsawImageBase64: PICTURE,
    result: false,
    secretKey: null,
    captchaId: null,
    projectCode: null,
    captchaOriginalPath: null,
    captchaFontType: null,
    captchaFontSize: null,
    point: null,
    wordList: null,
    pointList: null,
    pointJson: null,
    captchaVerification: null,
  },
});

/** The first solution closes the captcha, right or wrong. */
export const verifyCaptcha: Operation = (call, world) => {
  const [place, token, sender] = [call.field("point_json"), call.field("token"), call.field("sender")];
  if (place === undefined) return refused("PARAM.0004");
  if (token === undefined) return refused("PARAM.0005");
  if (sender === undefined) return refused("PARAM.0006");
  const challenge = openChallenge(world, token);
  if (challenge === undefined) return refused("CAPTCHA.0001");
  world.challenges.delete(token);
  const { x, y } = fieldsOf(place) ?? {};
  const close = typeof x === "number" && Math.abs(x - challenge.x) <= CAPTCHA_TOLERANCE_PX;
  if (!close || y !== 5) return refused("CAPTCHA.0002");
  return { body: { captcha_token: issuePass(world, token, place, sender) } };
};

interface Channel {
  readonly field: string;
  readonly missing: ErrorCode;
  readonly scenes: readonly string[];
  /** Scenes that send a code only to an account. */
  readonly accountsOnly: readonly string[];
  reaches(receiver: string, scene: string): boolean;
  hasAccount(world: World, receiver: string): boolean;
}

const sms: Channel = {
  field: "mobile",
  missing: "USER.0004",
  scenes: ["REGISTER_SMS", "LOGIN_SMS", "FORGET_PWD_SMS", "UPDATE_PWD_SMS", "UPDATE_MOBILE_SMS", "BIND_MOBILE_SMS"],
  accountsOnly: ["LOGIN_SMS", "FORGET_PWD_SMS", "UPDATE_PWD_SMS"],
  // "mobile includes full area code", says the page of UPDATE_PWD_SMS.
  reaches: (receiver, scene) =>
    mobileFrom(receiver) !== undefined && (scene !== "UPDATE_PWD_SMS" || receiver.startsWith("+")),
  hasAccount: (world, receiver) => accountWithMobile(world, mobileFrom(receiver) ?? "") !== undefined,
};

const email: Channel = {
  field: "email",
  missing: "USER.0005",
  scenes: ["REGISTER_EMS", "LOGIN_EMS", "FORGET_PWD_EMS", "BIND_EMAIL_EMS", "UPDATE_PWD_EMS", "UPDATE_EMAIL_EMS"],
  accountsOnly: ["LOGIN_EMS", "FORGET_PWD_EMS", "UPDATE_PWD_EMS"],
  reaches: isEmail,
  hasAccount: (world, receiver) => accountWithEmail(world, receiver) !== undefined,
};

export const sendSms: Operation = (call, world) => send(sms, call, world);
export const sendEmail: Operation = (call, world) => send(email, call, world);

/** All parameters are checked before the pass token; only a sent message uses up the token. */
function send(channel: Channel, call: ApiCall, world: World): Outcome {
  const [receiver, scene, token] = [call.field(channel.field), call.field("type"), call.field("captcha_token")];
  if (receiver === undefined) return refused(channel.missing);
  if (scene === undefined) return refused("PARAM.0007");
  if (token === undefined) return refused("PARAM.0008");
  if (!channel.scenes.includes(scene)) return refused("CAPTCHA.0005");
  if (!channel.reaches(receiver, scene)) return refused("CAPTCHA.0006");
  const pass = passFor(world, token, receiver);
  if ("refused" in pass) return pass;
  if (channel.accountsOnly.includes(scene) && !channel.hasAccount(world, receiver)) return refused("CAPTCHA.0006");
  pass.used = true;
  sendCode(world, receiver, scene, call.language);
  return done;
}

/** A token that was never issued counts as expired; one for another place or receiver counts as wrong. */
function passFor(world: World, token: string, receiver: string): Pass | { readonly refused: ErrorCode } {
  const pass = world.passes.get(token.split("---")[0] ?? "");
  if (pass === undefined) return refused("CAPTCHA.0003");
  if (pass.text !== token || pass.sender !== receiverKey(receiver)) return refused("CAPTCHA.0004");
  return pass.used || isPast(pass.expiresAt) ? refused("CAPTCHA.0003") : pass;
}
