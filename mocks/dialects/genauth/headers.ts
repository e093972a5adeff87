/** The request headers of GenAuth: application, language, access token. */
import type { Policy } from "../../core/policy.ts";
import type { AnyDialect, Check, RequestContext } from "../../dialect-kit/operation.ts";
import { tokenChecks } from "../../dialect-kit/token-checks.ts";
import { headerOf, type PlainHeaders } from "../../http/message.ts";
import { policyOf } from "./policy.ts";

/** The published SDK sends x-authing-app-id, the SDK under the new brand x-genauth-app-id. */
export function clientId(headers: PlainHeaders): string | undefined {
  return headerOf(headers, "x-authing-app-id") ?? headerOf(headers, "x-genauth-app-id");
}

/** `zh-CN` or `en-US`, for example. source: inferred; the vendor's management client sends this header. */
export const language: AnyDialect["language"] = (headers, policy) => {
  const wanted = headerOf(headers, "x-authing-lang")?.slice(0, 2).toLowerCase();
  return wanted === "zh" || wanted === "en" ? wanted : policy.default_language;
};

export function acceptsNoClientId(policy: Policy): boolean {
  return !policyOf({ policy }).genauth_require_app_id;
}

export const clientMissing: Check = {
  refuses: (context) =>
    context.clientId === undefined && policyOf(context).genauth_require_app_id
      ? "x-authing-app-id and x-genauth-app-id are absent or blank"
      : undefined,
};

export const clientUnknown: Check = {
  refuses: (context) => (context.clientKnown ? undefined : `no sandbox has the app id ${context.clientId}`),
};

/** The SDK sends the plain token. A token after `Bearer ` is accepted as well. */
const tokenText = ({ headers }: RequestContext): string | undefined =>
  headerOf(headers, "authorization")?.replace(/^Bearer(?:\s+|$)/i, "") || undefined;

export const accessToken = tokenChecks("access", "access token", tokenText);
