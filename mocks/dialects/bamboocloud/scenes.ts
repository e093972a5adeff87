/** The scenes of sms/send and email/send: what a code can be sent for. */
import type { Policy } from "../../core/policy.ts";
import type { Channel } from "../../core/records.ts";

export const scenes: Readonly<Record<string, Channel>> = {
  REGISTER_SMS: "sms",
  LOGIN_SMS: "sms",
  FORGET_PWD_SMS: "sms",
  UPDATE_PWD_SMS: "sms",
  UPDATE_MOBILE_SMS: "sms",
  BIND_MOBILE_SMS: "sms",
  REGISTER_EMS: "email",
  LOGIN_EMS: "email",
  FORGET_PWD_EMS: "email",
  UPDATE_PWD_EMS: "email",
  UPDATE_EMAIL_EMS: "email",
  BIND_EMAIL_EMS: "email",
};

/** Scenes that need an existing account. Nothing is sent to a number or address that no account has. source: inferred. */
const ACCOUNT_SCENES = new Set([
  "LOGIN_SMS",
  "FORGET_PWD_SMS",
  "UPDATE_PWD_SMS",
  "LOGIN_EMS",
  "FORGET_PWD_EMS",
  "UPDATE_PWD_EMS",
]);

export function isScene(name: string, channel: Channel): boolean {
  return Object.hasOwn(scenes, name) && scenes[name] === channel;
}

export function needsAccount(scene: string, { login_registers }: Policy): boolean {
  return ACCOUNT_SCENES.has(scene) && !(login_registers && scene === "LOGIN_SMS");
}
