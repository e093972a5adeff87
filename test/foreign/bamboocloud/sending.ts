/** sendSms, sendEmail: all parameters are checked before the pass token. */
import type { Cause } from "../causes.ts";
import { sendCode, sendingMistake } from "../codes.ts";
import { isEmail } from "../numbers.ts";
import { accountWithEmail, accountWithMobile, isPast, type Pass, passKey, receiverKey } from "../state.ts";
import { type Ask, type Check, device, mobileIn, needs, type Operation } from "./operation.ts";

interface Channel {
  readonly id: string;
  readonly field: string;
  readonly missing: Cause;
  readonly scenes: readonly string[];
  /** Scenes that send a code only to an account. */
  readonly accountsOnly: readonly string[];
  isReachable(ask: Ask, receiver: string): boolean;
  hasAccount(ask: Ask, receiver: string): boolean;
}

const sms: Channel = {
  id: "sendSms",
  field: "mobile",
  missing: "mobile-missing",
  scenes: ["REGISTER_SMS", "LOGIN_SMS", "FORGET_PWD_SMS", "UPDATE_PWD_SMS", "UPDATE_MOBILE_SMS", "BIND_MOBILE_SMS"],
  accountsOnly: ["LOGIN_SMS", "FORGET_PWD_SMS", "UPDATE_PWD_SMS"],
  isReachable: ({ world }, receiver) => mobileIn(world, receiver) !== undefined,
  hasAccount: ({ world }, receiver) => accountWithMobile(world, mobileIn(world, receiver) ?? "") !== undefined,
};

const email: Channel = {
  id: "sendEmail",
  field: "email",
  missing: "email-missing",
  scenes: ["REGISTER_EMS", "LOGIN_EMS", "FORGET_PWD_EMS", "BIND_EMAIL_EMS", "UPDATE_PWD_EMS", "UPDATE_EMAIL_EMS"],
  accountsOnly: ["LOGIN_EMS", "FORGET_PWD_EMS", "UPDATE_PWD_EMS"],
  isReachable: ({ choices }, receiver) => isEmail(receiver, choices),
  hasAccount: ({ world }, receiver) => accountWithEmail(world, receiver) !== undefined,
};

interface Wanted {
  readonly receiver: string;
  readonly scene: string;
  readonly token: string;
}

function sending(channel: Channel): Operation {
  /** Speaks only about a request that has all three fields, a known scene and a reachable receiver. */
  const about = (kind: Check["kind"], judge: (ask: Ask, wanted: Wanted) => Cause | undefined): Check => ({
    kind,
    judge(ask) {
      const [receiver, scene, token] = [ask.text(channel.field), ask.text("type"), ask.text("captcha_token")];
      if (receiver === undefined || scene === undefined || token === undefined) return undefined;
      return judge(ask, { receiver, scene, token });
    },
  });
  const isSendable = (ask: Ask, { receiver, scene }: Wanted) =>
    channel.scenes.includes(scene) && channel.isReachable(ask, receiver);
  return {
    id: channel.id,
    method: "POST",
    fields: [channel.field, "type", "captcha_token"],
    checks: [
      device,
      needs(channel.field, channel.missing),
      needs("type", "scene-missing"),
      needs("captcha_token", "captcha-token-missing"),
      about("field", (_ask, { scene }) => (channel.scenes.includes(scene) ? undefined : "scene-unknown")),
      about("field", (ask, { receiver }) =>
        channel.isReachable(ask, receiver) ? undefined : "receiver-undeliverable",
      ),
      about("field", lacksAreaCode),
      about("code", (ask, wanted) => (isSendable(ask, wanted) ? passMistake(ask, wanted) : undefined)),
      about("state", (ask, { receiver, scene }) =>
        refusesStranger(channel, ask, receiver, scene) ? "receiver-unknown" : undefined,
      ),
      about("state", (ask, wanted) =>
        isSendable(ask, wanted) ? sendingMistake(ask.world, { to: wanted.receiver, scene: wanted.scene }) : undefined,
      ),
    ],
    carryOut(ask) {
      const [to = "", scene = "", token = ""] = [ask.text(channel.field), ask.text("type"), ask.text("captcha_token")];
      const pass = ask.world.passes.get(passKey(token));
      if (pass !== undefined) pass.used = true;
      const isSilent = isStranger(channel, ask, to, scene) && ask.figures.send_to_unknown !== "send";
      if (!isSilent) sendCode(ask.world, { to, scene }, ask.language);
      return undefined;
    },
  };
}

export const sendSms = sending(sms);
export const sendEmail = sending(email);

/** "mobile includes full area code", says the page of UPDATE_PWD_SMS. */
function lacksAreaCode({ figures, world }: Ask, { receiver, scene }: Wanted): Cause | undefined {
  const isDemanded = scene === "UPDATE_PWD_SMS" && figures.update_pwd_requires_area_code;
  return isDemanded && mobileIn(world, receiver) !== undefined && !receiver.startsWith("+")
    ? "area-code-missing"
    : undefined;
}

/** Whether the scene is for accounts only, and no account has the receiver. */
function isStranger(channel: Channel, ask: Ask, receiver: string, scene: string): boolean {
  if (ask.figures.login_registers && scene === "LOGIN_SMS") return false;
  return (
    channel.accountsOnly.includes(scene) && channel.isReachable(ask, receiver) && !channel.hasAccount(ask, receiver)
  );
}

function refusesStranger(channel: Channel, ask: Ask, receiver: string, scene: string): boolean {
  return ask.figures.send_to_unknown === "fail" && isStranger(channel, ask, receiver, scene);
}

/** A token for another place or receiver counts as wrong. */
function passMistake(ask: Ask, { token, receiver }: Wanted): Cause | undefined {
  const { world, figures } = ask;
  const pass = world.passes.get(passKey(token));
  if (pass === undefined) return "captcha-token-unknown";
  if (figures.captcha_token_comparison === "whole" && pass.text !== token) return "captcha-token-altered";
  if (figures.captcha_token_bound && pass.sender !== receiverKey(receiver, world)) return "captcha-token-foreign";
  if (pass.used) return "captcha-token-used";
  if (isPast(world, pass.expiresAt)) return "captcha-token-expired";
  return checked(ask, pass);
}

function checked({ figures }: Ask, pass: Pass): undefined {
  if (figures.captcha_token_used_when_refused) pass.used = true;
  return undefined;
}
