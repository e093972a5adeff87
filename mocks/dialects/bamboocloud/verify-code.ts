/** The checks on the field `verify_code`. The API has one error code, CAPTCHA.0007, for every bad code. */
import type { CodeKey } from "../../core/codes.ts";
import { codeChecks } from "../../dialect-kit/code-checks.ts";
import { missing, textOf } from "../../dialect-kit/fields.ts";
import type { Check, RequestContext } from "../../dialect-kit/operation.ts";

type CodeCall = RequestContext & { readonly body: { readonly verify_code?: unknown } };

/** The checks on a code that must have been sent for this key. They all pass if the request has no key. */
export function codeSentTo<C extends CodeCall>(keyOf: (context: C) => CodeKey | undefined) {
  return codeChecks(keyOf, (context) => textOf(context.body.verify_code));
}

export const codeMissing: Check<CodeCall> = {
  refuses: ({ body }) => missing("verify_code", body.verify_code),
};
