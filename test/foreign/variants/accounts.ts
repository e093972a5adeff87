/** Variants of numbers, addresses, passwords, tokens and the login. */
import { unsaid, type Variants } from "./variant.ts";

export const accountVariants: Variants = {
  "tokens of a deleted account are invalid": {
    does: "The tokens of a deleted account get PARAM.0016.",
    because: "No page says what becomes of such tokens.",
    options: unsaid({ deleted_account_token: "invalid-token" }),
  },
  "a released number is held back": {
    does: "A number or an address that an account gave up is taken for 30 days.",
    because: "No page says when it is free again.",
    options: { holdsReleased: true },
  },
  "no dash in numbers": {
    does: "A number is plain or has +86 without a dash.",
    because: "The pages of these operations show plain numbers only.",
    options: {
      ...unsaid({ mobile_spellings: ["plain", "joined"], update_pwd_requires_area_code: false }),
      foreignNumbers: false,
    },
  },
  "plain numbers only": {
    does: "A number has eleven digits and no area code.",
    because: "The pages of these operations show plain numbers only.",
    options: {
      ...unsaid({ mobile_spellings: ["plain"], update_pwd_requires_area_code: false }),
      foreignNumbers: false,
    },
  },
  "the area code with a dash": {
    does: "A number is plain, or has +86 and a dash.",
    because: "The pages show both forms. None shows +86 without a dash.",
    options: { ...unsaid({ mobile_spellings: ["plain", "dashed"] }), shownNumbers: "dashed" },
  },
  "mainland numbers only": {
    does: "A number of another country is malformed.",
    because: "The pages of these operations show numbers of one country.",
    options: { foreignNumbers: false },
  },
  "no dash in front": {
    does: "A number does not begin with a dash.",
    because: "The published rule allows it, and no page of these operations mentions it.",
    options: { leadingDash: false },
  },
  "blanks around receivers": {
    does: "Blanks around a number or an address do not count.",
    because: "No page says how exact a receiver must be.",
    options: { trimsReceivers: true },
  },
  "the login registers": {
    does: "A login with a code registers a number that no account has.",
    because: "The page mentions this as an option of the system.",
    options: unsaid({ login_registers: true }),
  },
  "a refresh token": {
    does: "A login also returns a refresh_token and a user_id.",
    because: "Clients ignore fields that they do not know.",
    options: { loginExtras: true },
  },
  "a login that only knows wrong codes": {
    does: "A login judges a malformed or an unknown number as a wrong code.",
    because: "The page's only example is CAPTCHA.0007.",
    options: {
      ...unsaid({ login_number_errors: "as-wrong-code" }),
      instead: { "loginByMobileCode mobile-missing": { code: "CAPTCHA.0007" } },
    },
  },
  "an empty address is malformed": {
    does: "An empty address gets USER.0021 from the sender of e-mails.",
    because: "The page prints one example, and it is another error.",
    options: {
      instead: { "sendEmail email-missing": { code: "USER.0021" }, "new-email-missing": { code: "USER.0021" } },
    },
  },
  "any address with an @": {
    does: "Any text with one @ inside is an address.",
    because: "The page does not print its rule for addresses.",
    options: { addresses: "loose" },
  },
  "plain addresses only": {
    does: "An address has letters, digits, dots, dashes and underscores, and no plus sign.",
    because: "The page does not print its rule for addresses.",
    options: { addresses: "strict" },
  },
  "addresses with case": {
    does: "Two addresses that differ in case are two addresses.",
    because: "The pages do not mention case.",
    options: { addressCase: "kept-apart" },
  },
  "addresses kept in lower case": {
    does: "An account keeps its new address in lower case.",
    because: "The pages do not mention case.",
    options: { storesAddresses: "lower" },
  },
  "the own number is refused": {
    does: "The account's own number or address is refused as one that exists.",
    because: "The page asks for an unregistered number, and does not mention the account's own.",
    options: { ownNumber: "refused" },
  },
  "an own number is a conflict": {
    does: "The account's own number or address is refused with status 409.",
    because: "The page does not mention the account's own number.",
    options: {
      ownNumber: "refused",
      instead: {
        "mobile-own": { status: 409, code: "USER.0037", en: "Same", zh: "相同" },
        "email-own": { status: 409 },
      },
    },
  },
  "no word of unknown numbers": {
    does: "A reset for a number that no account has is refused as a wrong code.",
    because: "It is not documented what the reset call does with an unknown number.",
    options: { resetOfUnknown: "as-wrong-code" },
  },
  "a reset knows malformed numbers": {
    does: "A reset for a malformed number gets USER.0020.",
    because: "The page prints no error for a malformed number.",
    options: { instead: { "resetPasswordByMobile account-unknown": { code: "USER.0020" } } },
  },
  "Bearer in its own case": {
    does: "The scheme is Bearer, not bearer.",
    because: "The pages show one spelling.",
    options: { bearerCase: "exact" },
  },
  "no Bearer needed": {
    does: "An id_token may come without its scheme.",
    because: "The pages print no error for a token without Bearer.",
    options: unsaid({ bearer_required: false }),
  },
  "without Bearer as missing": {
    does: "A token without Bearer, or with another scheme, is a missing token.",
    because: "The pages print two errors, and do not say which one this is.",
    options: unsaid({ token_without_bearer: "missing" }),
  },
  "tokens as JWTs": {
    does: "An id_token is a JWT.",
    because: "The pages show one, and print no rule.",
    options: { tokenForm: "jwt" },
  },
  "a new password ends all tokens": {
    does: "The tokens of an account end when its password changes.",
    because: "No page says what becomes of them.",
    options: { passwordEndsTokens: true },
  },
  "a new number ends all tokens": {
    does: "The tokens of an account end when its number or address changes.",
    because: "No page says what becomes of them.",
    options: { contactEndsTokens: true },
  },
  "the password call knows tokens": {
    does: "The password call refuses a bad token with PARAM.0016 and status 401.",
    because: "Its page prints no error for a bad token.",
    options: {
      instead: {
        "updatePasswordByMobile id-token-missing": { code: "PARAM.0015", status: 401 },
        "updatePasswordByMobile id-token-invalid": { code: "PARAM.0016", status: 401 },
        "updatePasswordByMobile id-token-expired": { code: "PARAM.0016", status: 401 },
      },
    },
  },
};
