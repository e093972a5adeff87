/** Calls without Authorization name their account by its mobile number. */
import { accountBy } from "../../core/accounts.ts";
import { parseMobile } from "../../core/mobile.ts";
import type { Account } from "../../core/records.ts";
import { missing } from "../../dialect-kit/fields.ts";
import { type AnyCall, type Check, perCall } from "../../dialect-kit/operation.ts";

type MobileCall = AnyCall & { readonly body: { readonly mobile?: unknown } };

/** The number in canonical form; undefined for what is none. */
export const canonicalMobile = perCall(({ body }: MobileCall) => parseMobile(body.mobile)?.canonical);

export const accountOfMobile = perCall(async (call: MobileCall): Promise<Account | undefined> => {
  const mobile = canonicalMobile(call);
  return mobile === undefined ? undefined : accountBy(call.tx, "mobile", mobile);
});

export const mobileMissing: Check<MobileCall> = {
  refuses: ({ body }) => missing("mobile", body.mobile),
};

export const mobileMalformed: Check<MobileCall> = {
  refuses: (call) => (canonicalMobile(call) === undefined ? `${call.body.mobile} fits no country's rule` : undefined),
};

export const accountUnknown: Check<MobileCall> = {
  async refuses(call) {
    return (await accountOfMobile(call)) === undefined ? `no account has the number ${call.body.mobile}` : undefined;
  },
};
