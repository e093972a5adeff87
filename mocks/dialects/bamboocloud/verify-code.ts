/** The member `verify_code`: present, and the code that was sent to the place; every way in which it can be bad is CAPTCHA.0007. */
import type { CodeKey } from "../../core/codes.ts";
import type { Awaitable } from "../../core/store.ts";
import { codeChecks } from "../../dialect-kit/code-checks.ts";
import { missing, textOf } from "../../dialect-kit/fields.ts";
import type { Check, RequestContext } from "../../dialect-kit/operation.ts";

type CodeCall = RequestContext & { readonly body: { readonly verify_code?: unknown } };

/** The checks for the code that must have been sent to this place; undefined stands for a place that does not exist. */
export function codeSentTo<C extends CodeCall>(placeOf: (context: C) => Awaitable<CodeKey | undefined>) {
  return codeChecks(placeOf, (context) => textOf(context.body.verify_code));
}

export const codeMissing: Check<CodeCall> = {
  refuses: ({ body }) => missing("verify_code", body.verify_code),
};
