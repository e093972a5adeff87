/** All legitimate variants of this backend by name, each with one switch. */
import { type Choices, isRecord, type Options } from "./options.ts";
import { accountVariants } from "./variants/accounts.ts";
import { captchaVariants } from "./variants/captcha.ts";
import { codeVariants } from "./variants/codes.ts";
import { controlVariants } from "./variants/control.ts";
import { genauthVariants } from "./variants/genauth.ts";
import { passwordVariants } from "./variants/passwords.ts";
import { refusalVariants } from "./variants/refusals.ts";
import { responseVariants } from "./variants/responses.ts";
import type { Variants } from "./variants/variant.ts";

const silent: Variants = {
  ...codeVariants,
  ...captchaVariants,
  ...accountVariants,
  ...passwordVariants,
  ...responseVariants,
  ...refusalVariants,
  ...genauthVariants,
  ...controlVariants,
};

/** The same variants, with their policy keys stated. */
const stated = Object.entries(silent).flatMap(([name, { does, because, options }]) => {
  const { unstated, ...rest } = options;
  const isFigure =
    unstated !== undefined && Object.keys(unstated).every((key) => Object.hasOwn(rest.figures ?? {}, key));
  return isFigure
    ? [[`${name}, and says so`, { does: `${does} The policy says so.`, because, options: rest }] as const]
    : [];
});

export const variants: Variants = { ...silent, ...Object.fromEntries(stated) };

/** The choices that the options make: "order", "figures.code_length". */
function switchesOf(options: Options): readonly string[] {
  return Object.entries(options).flatMap(([name, value]) =>
    isRecord(value) ? Object.keys(value).map((inner) => `${name}.${inner}`) : [name],
  );
}

/** Whether two variants make the same choice, so that they cannot be one backend. */
export function conflict(one: Options, other: Options): boolean {
  const made = new Set(switchesOf(one));
  return switchesOf(other).some((name) => made.has(name));
}

/** Whether a backend with these choices agrees with itself. */
export function isSound({ figures, shownNumbers }: Choices): boolean {
  const { mobile_spellings: spellings = [], update_pwd_requires_area_code: needsAreaCode } = figures;
  // Control calls write numbers as the API takes them, and a demanded area code can be written.
  return spellings.includes(shownNumbers) && (!needsAreaCode || spellings.some((spelling) => spelling !== "plain"));
}
