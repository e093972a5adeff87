/** genauthSendSms. */
import { sendCode, sendingMistake } from "../codes.ts";
import { type Ask, areaCodeIn, type Check, needs, type Operation, phoneFrom } from "./operation.ts";

const CHANNELS: readonly string[] = [
  "CHANNEL_LOGIN",
  "CHANNEL_REGISTER",
  "CHANNEL_RESET_PASSWORD",
  "CHANNEL_BIND_PHONE",
  "CHANNEL_UNBIND_PHONE",
  "CHANNEL_BIND_MFA",
  "CHANNEL_VERIFY_MFA",
  "CHANNEL_UNBIND_MFA",
  "CHANNEL_COMPLETE_PHONE",
  "CHANNEL_IDENTITY_VERIFICATION",
  "CHANNEL_DELETE_ACCOUNT",
];

function receiver(ask: Ask): string | undefined {
  const number = ask.text("phoneNumber");
  return number === undefined ? undefined : phoneFrom(ask.world, number, areaCodeIn(ask, "phoneCountryCode"));
}

function isKnown({ choices }: Ask, channel: string): boolean {
  return CHANNELS.includes(channel) || (!choices.genauth.checksChannel && /^CHANNEL_[A-Z_]+$/.test(channel));
}

const knownChannel: Check = {
  kind: "field",
  judge(ask) {
    const channel = ask.text("channel");
    return channel === undefined || isKnown(ask, channel) ? undefined : "scene-unknown";
  },
};

const wellFormed: Check = {
  kind: "field",
  judge: (ask) =>
    ask.text("phoneNumber") !== undefined && receiver(ask) === undefined ? "mobile-malformed" : undefined,
};

const notTooMany: Check = {
  kind: "state",
  judge(ask) {
    const [to, scene] = [receiver(ask), ask.text("channel")];
    if (to === undefined || scene === undefined || !isKnown(ask, scene)) return undefined;
    return sendingMistake(ask.world, { to, scene });
  },
};

export const sendSms: Operation = {
  id: "genauthSendSms",
  method: "POST",
  fields: ["channel", "phoneNumber", "phoneCountryCode"],
  checks: [
    needs("phoneNumber", "mobile-missing"),
    needs("channel", "scene-missing"),
    knownChannel,
    wellFormed,
    notTooMany,
  ],
  carryOut(ask) {
    const [to = "", scene = ""] = [receiver(ask), ask.text("channel")];
    sendCode(ask.world, { to, scene }, ask.language);
    return undefined;
  },
};
