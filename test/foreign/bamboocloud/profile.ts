/** updateMobile, updateEmail. Parameters are checked before the token, "taken" before the code. */
import { isEmail } from "../numbers.ts";
import { accountWithEmail, accountWithMobile, changeContact, isKeptBack } from "../state.ts";
import {
  type Ask,
  type Check,
  device,
  needs,
  type Operation,
  rightCode,
  signedIn,
  wellFormedMobile,
} from "./operation.ts";

const freeMobile: Check = {
  kind: "state",
  judge(ask) {
    const { world, account, choices } = ask;
    const mobile = ask.mobile("mobile");
    if (mobile === undefined) return undefined;
    const holder = accountWithMobile(world, mobile);
    if (holder !== undefined && holder === account) return choices.ownNumber === "refused" ? "mobile-own" : undefined;
    return holder !== undefined || isKeptBack(world, mobile, account) ? "mobile-taken" : undefined;
  },
};

function placeOfMobile(ask: Ask) {
  const to = ask.mobile("mobile");
  return to === undefined ? undefined : { to, scene: "UPDATE_MOBILE_SMS" };
}

const mobileCode: Check = {
  kind: "code",
  judge: (ask) =>
    rightCode(
      placeOfMobile,
      ask.figures.unverified_mobile !== "as-wrong-code" ? "mobile-unverified" : "code-unknown",
    ).judge(ask),
};

/** By default a number without a sent code has no error of its own: any code for it is wrong. */
export const updateMobile: Operation = {
  id: "updateMobile",
  method: "POST",
  fields: ["mobile", "verify_code"],
  checks: [
    device,
    needs("mobile", "new-mobile-missing"),
    needs("verify_code", "code-missing"),
    wellFormedMobile,
    signedIn,
    freeMobile,
    mobileCode,
  ],
  carryOut(ask) {
    const { world, account, shown } = ask;
    const mobile = ask.mobile("mobile");
    if (account === undefined || mobile === undefined || shown.code === undefined)
      throw new Error("a check is missing");
    shown.code.used = true;
    changeContact(world, account, { mobile });
    return undefined;
  },
};

const wellFormedEmail: Check = {
  kind: "field",
  judge(ask) {
    const email = ask.text("email");
    return email !== undefined && !isEmail(email, ask.choices) ? "email-malformed" : undefined;
  },
};

const freeEmail: Check = {
  kind: "state",
  judge(ask) {
    const { world, account, choices } = ask;
    const email = ask.text("email");
    if (email === undefined) return undefined;
    const holder = accountWithEmail(world, email);
    if (holder !== undefined && holder === account) return choices.ownNumber === "refused" ? "email-own" : undefined;
    return holder !== undefined || isKeptBack(world, email, account) ? "email-taken" : undefined;
  },
};

function placeOfEmail(ask: Ask) {
  const to = ask.text("email");
  return to === undefined || !isEmail(to, ask.choices) ? undefined : { to, scene: "UPDATE_EMAIL_EMS" };
}

/** By default the address keeps its spelling. */
export const updateEmail: Operation = {
  id: "updateEmail",
  method: "POST",
  fields: ["email", "verify_code"],
  checks: [
    device,
    needs("email", "new-email-missing"),
    needs("verify_code", "code-missing"),
    wellFormedEmail,
    signedIn,
    freeEmail,
    rightCode(placeOfEmail),
  ],
  carryOut(ask) {
    const { world, account, shown, choices } = ask;
    const email = ask.text("email");
    if (account === undefined || email === undefined || shown.code === undefined) throw new Error("a check is missing");
    shown.code.used = true;
    changeContact(world, account, { email: choices.storesAddresses === "lower" ? email.toLowerCase() : email });
    return undefined;
  },
};
