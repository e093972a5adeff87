/** The two channels of a code: field names, scenes, and the operation that takes the code. */
import { canonical } from "../../world/receivers.ts";
import type { World } from "../../world/world.ts";

export interface Channel {
  readonly operation: "sendSms" | "sendEmail";
  /** The field of the receiver, in a request and in an account. */
  readonly field: "mobile" | "email";
  readonly noun: "number" | "address";
  /** The noun with its article. */
  readonly one: string;
  /** The check that refuses a request without a receiver. */
  readonly missing: string;
  /** A value that is clearly malformed. */
  readonly malformed: string;
  readonly scenes: readonly MessageScene[];
  /** Two scenes that accept any receiver. `taker` takes the code of the first. */
  readonly scene: string;
  readonly otherScene: string;
  /** A scene that accepts only receivers of an existing account. */
  readonly accountScene: string;
  readonly sceneOfOtherChannel: string;
  readonly taker: Taker;
  /** A receiver that no account has. */
  fresh(world: World): Promise<string>;
  /** Other forms of the same receiver. */
  otherForms(receiver: string): readonly string[];
}

export interface MessageScene {
  readonly name: string;
  readonly receiver: "anyone" | "account";
  /** Whether the documents require the area code. */
  readonly inFull?: true;
  /** The operation that takes the code, if it is a documented one. */
  readonly taker?: Taker;
}

/** The operation that takes a code. */
export interface Taker {
  readonly operation: string;
  readonly signedIn?: true;
  /** The fields of the request besides the code. */
  body(to: string, world: World): Readonly<Record<string, string>>;
}

const updateMobile: Taker = { operation: "updateMobile", signedIn: true, body: (mobile) => ({ mobile }) };
const updateEmail: Taker = { operation: "updateEmail", signedIn: true, body: (email) => ({ email }) };

export const SMS: Channel = {
  operation: "sendSms",
  field: "mobile",
  noun: "number",
  one: "a number",
  missing: "mobile-missing",
  malformed: "12345",
  scenes: [
    { name: "REGISTER_SMS", receiver: "anyone" },
    {
      name: "LOGIN_SMS",
      receiver: "account",
      taker: { operation: "loginByMobileCode", body: (mobile) => ({ mobile }) },
    },
    {
      name: "FORGET_PWD_SMS",
      receiver: "account",
      taker: {
        operation: "resetPasswordByMobile",
        body: (mobile, world) => ({ mobile, password: world.freshPassword() }),
      },
    },
    {
      name: "UPDATE_PWD_SMS",
      receiver: "account",
      inFull: true,
      taker: {
        operation: "updatePasswordByMobile",
        signedIn: true,
        body: (_, world) => ({ password: world.freshPassword() }),
      },
    },
    { name: "UPDATE_MOBILE_SMS", receiver: "anyone", taker: updateMobile },
    { name: "BIND_MOBILE_SMS", receiver: "anyone" },
  ],
  scene: "UPDATE_MOBILE_SMS",
  otherScene: "BIND_MOBILE_SMS",
  accountScene: "FORGET_PWD_SMS",
  sceneOfOtherChannel: "UPDATE_EMAIL_EMS",
  taker: updateMobile,
  fresh: (world) => world.freshMobile(),
  otherForms(mobile) {
    const national = /^\+86-(\d+)$/.exec(canonical(mobile))?.[1];
    const forms = national === undefined ? [] : [`+86-${national}`, `+86${national}`, national];
    return forms.filter((form) => form !== mobile);
  },
};

export const EMAIL: Channel = {
  operation: "sendEmail",
  field: "email",
  noun: "address",
  one: "an address",
  missing: "email-missing",
  malformed: "ada.example.com",
  scenes: [
    { name: "REGISTER_EMS", receiver: "anyone" },
    { name: "LOGIN_EMS", receiver: "account" },
    { name: "FORGET_PWD_EMS", receiver: "account" },
    { name: "BIND_EMAIL_EMS", receiver: "anyone" },
    { name: "UPDATE_PWD_EMS", receiver: "account" },
    { name: "UPDATE_EMAIL_EMS", receiver: "anyone", taker: updateEmail },
  ],
  scene: "UPDATE_EMAIL_EMS",
  otherScene: "BIND_EMAIL_EMS",
  accountScene: "FORGET_PWD_EMS",
  sceneOfOtherChannel: "UPDATE_MOBILE_SMS",
  taker: updateEmail,
  fresh: (world) => world.freshEmail(),
  otherForms: (email) => [email.toUpperCase(), email.toLowerCase()].filter((form) => form !== email),
};
