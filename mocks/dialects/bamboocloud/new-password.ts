/** Checks a new password, one check for each documented error, and sets it. */
import { changeAccount, passwordsAfter } from "../../core/accounts.ts";
import { localPart } from "../../core/email.ts";
import { nationalPart } from "../../core/mobile.ts";
import { classesOf, containsPart, hasReversed, isWeak, lengthOf, repeatsOf } from "../../core/passwords.ts";
import type { Account } from "../../core/records.ts";
import { missing } from "../../dialect-kit/fields.ts";
import type { Check, RequestContext } from "../../dialect-kit/operation.ts";

type PasswordCall = RequestContext & { readonly body: { readonly password?: unknown } };

/** An earlier check has made sure that the password is a text. */
const passwordOf = ({ body }: PasswordCall): string => String(body.password);

export const passwordMissing: Check<PasswordCall> = {
  refuses: ({ body }) => missing("password", body.password),
};

export const passwordTooSimple: Check<PasswordCall> = {
  refuses(context) {
    const classes = classesOf(passwordOf(context));
    if (classes >= context.policy.password_min_classes) return undefined;
    return `the password has ${classes} of 4 classes of characters (password_min_classes)`;
  },
  /** source: inferred; no page shows the value of {0}. */
  params: ({ password_min_classes: least }) => [
    {
      en: `use at least ${least} of: upper case letters, lower case letters, digits, special characters`,
      zh: `至少包含大写字母、小写字母、数字、特殊字符中的${least}种`,
    },
  ],
};

export const passwordWeak: Check<PasswordCall> = {
  refuses(context) {
    return isWeak(passwordOf(context), context.policy)
      ? "the password is on the list of weak passwords (password_weak_list)"
      : undefined;
  },
};

export const passwordRepeats: Check<PasswordCall> = {
  refuses(context) {
    const { password_max_repeat: most, password_repeat_counting: counting } = context.policy;
    const repeats = repeatsOf[counting](passwordOf(context));
    if (repeats <= most) return undefined;
    return `one character occurs ${repeats} times${counting === "run" ? " in a row" : ""} (password_max_repeat)`;
  },
  params: (policy) => [policy.password_max_repeat],
};

export const passwordLength: Check<PasswordCall> = {
  refuses(context) {
    const length = lengthOf(passwordOf(context));
    const { password_min_length: least, password_max_length: most } = context.policy;
    return length < least || length > most
      ? `the password has ${length} characters (password_min_length, password_max_length)`
      : undefined;
  },
  params: (policy) => [policy.password_min_length, policy.password_max_length],
};

/** The checks that compare the password with the account, and the change of its password. */
export function newPasswordOf<C extends PasswordCall>(accountOf: (context: C) => Account | undefined) {
  return {
    usedBefore: {
      refuses(context: C) {
        const recent = accountOf(context)?.passwords.slice(0, context.policy.password_history) ?? [];
        return recent.includes(passwordOf(context))
          ? "the password is the current one or a recent one (password_history)"
          : undefined;
      },
    },
    reversedUsername: {
      refuses(context: C) {
        const username = accountOf(context)?.username;
        return hasReversed(passwordOf(context), username, context.policy)
          ? "the password has the user name in reverse (password_reversed_username)"
          : undefined;
      },
    },
    containsIdentity: {
      refuses(context: C) {
        const account = accountOf(context);
        const found = account && identityIn(passwordOf(context), account, context);
        return found && `the password contains the ${found}`;
      },
    },

    set(context: C): void {
      const account = accountOf(context);
      if (account === undefined) return;
      const passwords = passwordsAfter(account, passwordOf(context), context.policy.password_history);
      changeAccount(context, account, { passwords });
    },
  };
}

/** The first part of the account's identity that the password contains. */
function identityIn(password: string, account: Account, { tx, services, policy }: RequestContext): string | undefined {
  const { username, mobile, email, name } = account;
  const contains = (part: string | undefined) => containsPart(password, part, policy);
  if (contains(username)) return "user name";
  if (contains(mobile && nationalPart(mobile))) return "mobile number";
  if (contains(email && localPart(email))) return "e-mail prefix";
  const readings = name === undefined ? [] : tx.resultOf(`readings of ${name}`, () => services.romanize(name));
  return readings.some(contains) ? "name in pinyin" : undefined;
}
