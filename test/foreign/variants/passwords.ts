/** Variants of the rules of passwords. */
import { unsaid, type Variants } from "./variant.ts";

export const passwordVariants: Variants = {
  "only the whole reversed name": {
    does: "PWD.0002 comes only for a password that equals the reversed user name.",
    because: "The page says that a password cannot be the reversed name. Only the next error says contain.",
    options: unsaid({ password_reversed_username: "equal" }),
  },
  "identities with case": {
    does: "User name, number, address and name are compared with their case.",
    because: "The page does not mention case.",
    options: unsaid({ password_identity_ignores_case: false }),
  },
  "weak passwords with case": {
    does: "The weak list is compared with its case.",
    because: "The page does not mention case.",
    options: unsaid({ password_weak_list_ignores_case: false }),
  },
  "repeats in total": {
    does: "A repeated character counts wherever it stands in the password.",
    because: "The page counts the repeats of a character, and does not say in a row.",
    options: unsaid({ password_repeat_counting: "total" }),
  },
  "length in code units": {
    does: "The length of a password counts UTF-16 code units.",
    because: "The page says characters.",
    options: { password: { length: "code-units" } },
  },
  "length in bytes": {
    does: "The length of a password counts bytes of UTF-8.",
    because: "The page says characters.",
    options: { password: { length: "bytes" } },
  },
  "short names do not count": {
    does: "A part of fewer than five characters may be in a password.",
    because: "The page does not say how long a part is.",
    options: { password: { shortestIdentity: 5 } },
  },
  "names in either order": {
    does: "A name counts with its family name first or last.",
    because: "The page says name in pinyin, without an order.",
    options: { password: { pinyin: "either" } },
  },
  "only the current password": {
    does: "Only the current password may not be used again.",
    because: "The page does not say how many earlier passwords count.",
    options: unsaid({ password_history: 1 }),
  },
  "no history": {
    does: "A password may be used again, and the policy says so.",
    because: "The stated policy turns the rule off.",
    options: { figures: { password_history: 0 } },
  },
  "long passwords": {
    does: "A password has 6 to 64 characters of two kinds.",
    because: "The page prints the figures as placeholders.",
    options: unsaid({
      password_min_length: 6,
      password_max_length: 64,
      password_min_classes: 2,
      password_max_repeat: 2,
    }),
  },
  "no weak list": {
    does: "No password is weak.",
    because: "The list is not printed.",
    options: unsaid({ password_weak_list: [] }),
  },
};
