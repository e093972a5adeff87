/** Bugs in the password that a change sets. */
import type { Mutant } from "./mutant.ts";

const NEW_PASSWORD = "dialects/bamboocloud/new-password.ts";
const SET = "const passwords = passwordsAfter(account, passwordOf(context), context.policy.password_history);";

export const setPasswordMutants: readonly Mutant[] = [
  {
    name: "a new password is set in lower case",
    file: NEW_PASSWORD,
    find: SET,
    put: SET.replace("passwordOf(context)", "passwordOf(context).toLowerCase()"),
    kills: ["*/near-passwords"],
  },
  {
    name: "a new password is cut off after eight characters",
    file: NEW_PASSWORD,
    find: SET,
    put: SET.replace("passwordOf(context)", "passwordOf(context).slice(0, 8)"),
    kills: ["*/near-passwords"],
  },
  {
    name: "passwords are compared without case and blanks",
    file: "control/accounts.ts",
    find: ".passwords[0] === password",
    put: ".passwords[0]?.toLowerCase() === password.trim().toLowerCase()",
    kills: ["*/near-passwords"],
  },
  {
    name: "a new password is set in another Unicode form",
    file: NEW_PASSWORD,
    find: SET,
    put: SET.replace("passwordOf(context)", 'passwordOf(context).normalize("NFC")'),
    kills: ["*/odd-passwords"],
  },
  {
    name: "half a surrogate pair in a password leads to an error",
    file: NEW_PASSWORD,
    find: SET,
    put: `encodeURIComponent(passwordOf(context));\n      ${SET}`,
    kills: ["*/odd-passwords"],
  },
];
