/** GET get-profile: returns the signed-in account. */
import { iso } from "../../core/clock.ts";
import { defineOperation } from "../../dialect-kit/operation.ts";
import { accessToken, clientMissing, clientUnknown } from "./headers.ts";
import { phoneFields } from "./phones.ts";

/** The mock does not store when an account was created or changed. */
const SOME_TIME = iso(0);

export const genauthGetProfile = defineOperation("genauthGetProfile", {
  checks: {
    "client-missing": clientMissing,
    "client-unknown": clientUnknown,
    "access-token-missing": accessToken.missing,
    "access-token-invalid": accessToken.invalid,
    "access-token-expired": accessToken.expired,
    "account-gone": accessToken.gone,
  },
  run(context) {
    const account = accessToken.account(context);
    const { id = "", mobile, email = null, username = null, name = null } = account ?? {};
    return {
      userId: id,
      createdAt: SOME_TIME,
      updatedAt: SOME_TIME,
      status: "Activated",
      workStatus: "Active",
      ...phoneFields(mobile),
      phoneVerified: mobile !== undefined,
      email,
      emailVerified: email !== null,
      username,
      name,
      gender: "U",
      userSourceType: "register",
    };
  },
});
