/**
 * updatePasswordByMobile and resetPasswordByMobile, which share one path. Mistakes of the password itself come first; mistakes
 * that depend on the account come after the code.
 */
import { PASSWORD_TOKEN_CODES, type Refusal } from "../causes.ts";
import { type PasswordMistake, passwordMistakes } from "../passwords.ts";
import { type Account, accountWithMobile, setPassword } from "../state.ts";
import { MIXTURE } from "../texts.ts";
import { type Ask, type Check, device, needs, type Operation, rightCode, signedIn } from "./operation.ts";

const NO_ONE: Account = { id: "", mobile: null, email: null, username: null, name: null, passwords: [] };

function passwordCheck(kind: Check["kind"], mistake: PasswordMistake): Check {
  const isPersonal = kind === "state";
  return {
    kind,
    judge(ask) {
      const [password, person] = [ask.text("password"), isPersonal ? personOf(ask) : NO_ONE];
      if (password === undefined || person === undefined) return undefined;
      const rules = { figures: ask.figures, choices: ask.choices.password };
      return passwordMistakes[mistake](password, rules, person) ? withParams(ask, mistake) : undefined;
    },
  };
}

function withParams({ figures, language }: Ask, cause: PasswordMistake): Refusal {
  if (cause === "password-length") return { cause, params: [figures.password_min_length, figures.password_max_length] };
  if (cause === "password-repeats") return { cause, params: [figures.password_max_repeat] };
  return cause === "password-too-simple" ? { cause, params: [MIXTURE[language]] } : { cause };
}

/** The account of the token, or of the number in a request without one. */
function personOf(ask: Ask): Account | undefined {
  if (ask.authorization !== undefined) return ask.account;
  const mobile = ask.mobile("mobile");
  return mobile === undefined ? undefined : accountWithMobile(ask.world, mobile);
}

function place(scene: string) {
  return (ask: Ask) => {
    const to = personOf(ask)?.mobile;
    return typeof to === "string" ? { to, scene } : undefined;
  };
}

const plain: readonly Check[] = [
  passwordCheck("field", "password-length"),
  passwordCheck("field", "password-too-simple"),
  passwordCheck("field", "password-repeats"),
  passwordCheck("field", "password-weak"),
];

const personal: readonly Check[] = [
  passwordCheck("state", "password-contains-identity"),
  passwordCheck("state", "password-reversed-username"),
  passwordCheck("state", "password-used-before"),
];

const withNumber: Check = {
  kind: "state",
  judge: ({ account }) => (account !== undefined && account.mobile === null ? "account-without-mobile" : undefined),
};

/** An unknown number is told apart from a wrong code, or not. */
const knownNumber: Check = {
  kind: "state",
  judge(ask) {
    if (ask.text("mobile") === undefined || personOf(ask) !== undefined) return undefined;
    return ask.choices.resetOfUnknown === "told" ? "account-unknown" : "code-wrong";
  },
};

function change(ask: Ask): undefined {
  const [person, password] = [personOf(ask), ask.text("password")];
  if (person === undefined || password === undefined || ask.shown.code === undefined)
    throw new Error("a check is missing");
  ask.shown.code.used = true;
  setPassword(ask.world, person, password);
  return undefined;
}

const FIELDS = ["verify_code", "password", "mobile"];

export const updatePasswordByMobile: Operation = {
  id: "updatePasswordByMobile",
  method: "POST",
  fields: FIELDS,
  codes: PASSWORD_TOKEN_CODES,
  checks: [
    device,
    needs("password", "password-missing"),
    needs("verify_code", "code-missing"),
    ...plain,
    signedIn,
    withNumber,
    rightCode(place("UPDATE_PWD_SMS")),
    ...personal,
  ],
  carryOut: change,
};

export const resetPasswordByMobile: Operation = {
  id: "resetPasswordByMobile",
  method: "POST",
  fields: FIELDS,
  checks: [
    device,
    needs("password", "password-missing"),
    needs("verify_code", "code-missing"),
    ...plain,
    needs("mobile", "mobile-missing"),
    knownNumber,
    rightCode(place("FORGET_PWD_SMS")),
    ...personal,
  ],
  carryOut: change,
};
