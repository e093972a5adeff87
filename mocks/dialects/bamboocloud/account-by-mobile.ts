/** Requests without Authorization name their account by its mobile number. */
import { accountBy } from "../../core/accounts.ts";
import { acceptedMobile, notAccepted } from "../../core/mobile.ts";
import type { Account } from "../../core/records.ts";
import { missing } from "../../dialect-kit/fields.ts";
import { type Check, oncePerWalk, type RequestContext } from "../../dialect-kit/operation.ts";

type MobileCall = RequestContext & { readonly body: { readonly mobile?: unknown } };

/** The number in canonical form; undefined if it is malformed. */
export const canonicalMobile = oncePerWalk(
  ({ body, policy }: MobileCall) => acceptedMobile(body.mobile, policy)?.canonical,
);

export function accountOfMobile(context: MobileCall): Account | undefined {
  const mobile = canonicalMobile(context);
  return mobile === undefined ? undefined : accountBy(context.tx, "mobile", mobile);
}

export const mobileMissing: Check<MobileCall> = {
  refuses: ({ body }) => missing("mobile", body.mobile),
};

export const mobileMalformed: Check<MobileCall> = {
  refuses: (context) => (canonicalMobile(context) === undefined ? notAccepted(context.body.mobile) : undefined),
};

export const accountUnknown: Check<MobileCall> = {
  refuses(context) {
    return accountOfMobile(context) === undefined ? `no account has the number ${context.body.mobile}` : undefined;
  },
};
