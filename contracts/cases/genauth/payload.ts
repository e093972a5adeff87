/** The numbers and codes of a verification: an object of their own inside the body. */

import type { Code, Draft } from "../../world/world.ts";
import type { FieldPlace } from "../field-cases.ts";
import { phone } from "./phones.ts";

type PayloadField =
  | "newPhoneNumber"
  | "newPhonePassCode"
  | "newPhoneCountryCode"
  | "oldPhoneNumber"
  | "oldPhonePassCode"
  | "oldPhoneCountryCode";

/** undefined leaves the field out. */
export type PayloadChange = { readonly [Name in PayloadField]?: string | undefined };

const REQUIRED: readonly PayloadField[] = ["newPhoneNumber", "newPhonePassCode"];

/** Requests the number of the new code; the old code proves the right to change. */
export function proofOf(code: Code, old: Code | undefined): Record<string, unknown> {
  const fields = { ...newNumber(code), ...(old === undefined ? {} : oldNumber(old)) };
  return { verifyMethod: "PHONE_PASSCODE", phonePassCodePayload: fields };
}

export function newNumber({ to, code }: Code): PayloadChange {
  const { number, countryCode } = phone(to);
  return { newPhoneNumber: number, newPhonePassCode: code, newPhoneCountryCode: countryCode };
}

export function oldNumber({ to, code }: Code): PayloadChange {
  const { number, countryCode } = phone(to);
  return { oldPhoneNumber: number, oldPhonePassCode: code, oldPhoneCountryCode: countryCode };
}

export const WITHOUT_OLD_NUMBER: PayloadChange = {
  oldPhoneNumber: undefined,
  oldPhonePassCode: undefined,
  oldPhoneCountryCode: undefined,
};

/** The request with these fields changed. */
export function withPayload(draft: Draft, change: PayloadChange): Draft {
  const missing = REQUIRED.filter((name) => name in change && change[name] === undefined);
  const broken = missing.length === 0 ? {} : { broken: `${missing.join(", ")} missing` };
  return { ...replaced(draft, change), ...broken };
}

/** For field cases, with a value of any type. */
export const inPayload: FieldPlace = (draft, field, value) => ({
  ...replaced(draft, { [field]: value }),
  broken: `${field} is ${value === undefined ? "missing" : JSON.stringify(value)}`,
});

/** The request with another code: a text, no code, or a value of a wrong type. */
export function withPassCode(draft: Draft, field: "newPhonePassCode" | "oldPhonePassCode", code: unknown): Draft {
  const isPlain = code === undefined || typeof code === "string";
  return isPlain ? withPayload(draft, { [field]: code }) : inPayload(draft, field, code);
}

export function payloadOf({ body }: Draft): Readonly<Record<string, unknown>> {
  return { ...(body?.["phonePassCodePayload"] as Readonly<Record<string, unknown>> | undefined) };
}

function replaced(draft: Draft, change: Readonly<Record<string, unknown>>): Draft {
  const fields = Object.entries({ ...payloadOf(draft), ...change }).filter(([, value]) => value !== undefined);
  return { ...draft, body: { ...draft.body, phonePassCodePayload: Object.fromEntries(fields) } };
}
