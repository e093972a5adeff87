/** loginByMobileCode, updateMobile, updateEmail. Parameters are checked before the token, "taken" before the code. */
import { randomBytes } from "node:crypto";
import { done, type Operation, refused, signedIn, type TokenTrouble } from "./operation.ts";
import { ID_TOKEN_TTL_SECONDS, SESSION_TTL_SECONDS } from "./policy.ts";
import { isEmail, mobileFrom } from "./rules.ts";
import { accountWithEmail, accountWithMobile, goodCode, issueIdToken } from "./state.ts";
import type { ErrorCode } from "./texts.ts";

const tokenCodes: Readonly<Record<TokenTrouble, ErrorCode>> = {
  missing: "PARAM.0015",
  invalid: "PARAM.0016",
  expired: "PARAM.0016",
  gone: "USER.0001",
};

export const loginByMobileCode: Operation = (call, world) => {
  const [typed, code] = [call.field("mobile"), call.field("verify_code")];
  if (code === undefined) return refused("PARAM.0009");
  if (typed === undefined) return refused("USER.0004");
  const mobile = mobileFrom(typed);
  if (mobile === undefined) return refused("USER.0020");
  const account = accountWithMobile(world, mobile);
  if (account === undefined) return refused("USER.0001");
  const sent = goodCode(world, mobile, "LOGIN_SMS", code);
  if (sent === undefined) return refused("CAPTCHA.0007");
  sent.used = true;
  return {
    body: {
      status: "SUCCESS",
      id_token: issueIdToken(world, account, ID_TOKEN_TTL_SECONDS),
      session_token: randomBytes(20).toString("hex"),
      expire: SESSION_TTL_SECONDS,
    },
  };
};

/** A number without a sent code has no error of its own: any code for it is wrong. The account's own number is allowed. */
export const updateMobile: Operation = (call, world) => {
  const [typed, code] = [call.field("mobile"), call.field("verify_code")];
  if (typed === undefined) return refused("USER.0004");
  if (code === undefined) return refused("PARAM.0009");
  const mobile = mobileFrom(typed);
  if (mobile === undefined) return refused("USER.0020");
  const who = signedIn(call, world, tokenCodes);
  if ("refused" in who) return who;
  const holder = accountWithMobile(world, mobile);
  if (holder !== undefined && holder !== who.account) return refused("USER.0035");
  const sent = goodCode(world, mobile, "UPDATE_MOBILE_SMS", code);
  if (sent === undefined) return refused("CAPTCHA.0007");
  sent.used = true;
  who.account.mobile = mobile;
  return done;
};

/** The address keeps its spelling. */
export const updateEmail: Operation = (call, world) => {
  const [email, code] = [call.field("email"), call.field("verify_code")];
  if (email === undefined) return refused("USER.0005");
  if (code === undefined) return refused("PARAM.0009");
  if (!isEmail(email)) return refused("USER.0021");
  const who = signedIn(call, world, tokenCodes);
  if ("refused" in who) return who;
  const holder = accountWithEmail(world, email);
  if (holder !== undefined && holder !== who.account) return refused("USER.0036");
  const sent = goodCode(world, email, "UPDATE_EMAIL_EMS", code);
  if (sent === undefined) return refused("CAPTCHA.0007");
  sent.used = true;
  who.account.email = email;
  return done;
};
