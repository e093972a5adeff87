/** The channels of a code, as the vendor's SDK lists them. The documentation names no channel for changing a number. */
import type { Channel } from "../../core/records.ts";

export const channels: Readonly<Record<string, Channel>> = {
  CHANNEL_LOGIN: "sms",
  CHANNEL_REGISTER: "sms",
  CHANNEL_RESET_PASSWORD: "sms",
  CHANNEL_BIND_PHONE: "sms",
  CHANNEL_UNBIND_PHONE: "sms",
  CHANNEL_BIND_MFA: "sms",
  CHANNEL_VERIFY_MFA: "sms",
  CHANNEL_UNBIND_MFA: "sms",
  CHANNEL_COMPLETE_PHONE: "sms",
  CHANNEL_IDENTITY_VERIFICATION: "sms",
  CHANNEL_DELETE_ACCOUNT: "sms",
};

export function isChannel(name: string): boolean {
  return Object.hasOwn(channels, name);
}
