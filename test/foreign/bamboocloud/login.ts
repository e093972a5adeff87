/** loginByMobileCode. */
import { randomBytes, randomUUID } from "node:crypto";
import { type Account, accountWithMobile, issueToken, type World } from "../state.ts";
import { type Ask, type Check, device, needs, type Operation, rightCode, wellFormedMobile } from "./operation.ts";

const knownNumber: Check = {
  kind: "state",
  judge(ask) {
    const mobile = ask.mobile("mobile");
    if (mobile === undefined || ask.figures.login_registers) return undefined;
    if (accountWithMobile(ask.world, mobile) !== undefined) return undefined;
    return ask.figures.login_number_errors === "distinct" ? "account-unknown" : "code-wrong";
  },
};

const numberIsWellFormed: Check = {
  kind: "field",
  judge(ask) {
    const isWrong = wellFormedMobile.judge(ask) !== undefined;
    if (!isWrong) return undefined;
    return ask.figures.login_number_errors === "distinct" ? "mobile-malformed" : "code-wrong";
  },
};

function place(ask: Ask) {
  const to = ask.mobile("mobile");
  return to === undefined ? undefined : { to, scene: "LOGIN_SMS" };
}

export const loginByMobileCode: Operation = {
  id: "loginByMobileCode",
  method: "POST",
  fields: ["mobile", "verify_code"],
  checks: [
    device,
    needs("verify_code", "code-missing"),
    needs("mobile", "mobile-missing"),
    numberIsWellFormed,
    knownNumber,
    rightCode(place),
  ],
  carryOut(ask) {
    const { world, figures, choices, shown } = ask;
    const mobile = ask.mobile("mobile") ?? "";
    const account = accountWithMobile(world, mobile) ?? registered(world, mobile);
    if (shown.code !== undefined) shown.code.used = true;
    return {
      status: "SUCCESS",
      id_token: issueToken(world, account, "id", figures.id_token_ttl_seconds),
      session_token: randomBytes(20).toString("hex"),
      expire: figures.session_token_ttl_seconds,
      ...(choices.loginExtras
        ? { refresh_token: `rt~${randomBytes(24).toString("base64url")}`, user_id: account.id }
        : {}),
    };
  },
};

function registered(world: World, mobile: string): Account {
  const account = { id: `u-${randomUUID()}`, mobile, email: null, username: null, name: null, passwords: [] };
  world.accounts.set(account.id, account);
  return account;
}
