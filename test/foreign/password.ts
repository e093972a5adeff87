/**
 * updatePasswordByMobile and resetPasswordByMobile, which share one path. Mistakes of the password itself come first; mistakes
 * that depend on the account come after the code.
 */
import { type ApiCall, done, type Operation, type Outcome, refused, signedIn, type TokenTrouble } from "./operation.ts";
import { mobileFrom, personalMistake, plainMistake } from "./rules.ts";
import { type Account, accountWithMobile, goodCode, setPassword, type World } from "./state.ts";
import type { ErrorCode } from "./texts.ts";

/** The page prints no error for a bad token: such a caller has no number, or no account. */
const tokenCodes: Readonly<Record<TokenTrouble, ErrorCode>> = {
  missing: "USER.0004",
  invalid: "USER.0004",
  expired: "USER.0001",
  gone: "USER.0001",
};

export const changePassword: Operation = (call, world) => {
  const [code, password] = [call.field("verify_code"), call.field("password")];
  if (password === undefined) return refused("USER.0006");
  if (code === undefined) return refused("PARAM.0009");
  const wrong = plainMistake(password);
  if (wrong !== undefined) return refused(wrong);
  const signed = call.authorization !== undefined;
  const who = signed ? signedIn(call, world, tokenCodes) : namedInBody(call, world);
  if ("refused" in who) return who;
  return change(world, who.account, { scene: signed ? "UPDATE_PWD_SMS" : "FORGET_PWD_SMS", code, password });
};

function namedInBody(call: ApiCall, world: World): { readonly account: Account } | { readonly refused: ErrorCode } {
  const mobile = call.field("mobile");
  if (mobile === undefined) return refused("USER.0004");
  const account = accountWithMobile(world, mobileFrom(mobile) ?? "");
  return account === undefined ? refused("USER.0001") : { account };
}

function change(
  world: World,
  account: Account,
  { scene, code, password }: { readonly scene: string; readonly code: string; readonly password: string },
): Outcome {
  if (account.mobile === null) return refused("USER.0004");
  const sent = goodCode(world, account.mobile, scene, code);
  if (sent === undefined) return refused("CAPTCHA.0007");
  const wrong = personalMistake(password, account);
  if (wrong !== undefined) return refused(wrong);
  sent.used = true;
  setPassword(account, password);
  return done;
}
