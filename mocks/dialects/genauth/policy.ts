/** What only the documents of GenAuth leave open, and where its defaults differ from the common ones. */
import type { Assumption, Policy } from "../../core/policy.ts";
import type { RequestContext } from "../../dialect-kit/operation.ts";

interface OwnPolicy {
  /** Whether a request must name its application. Without a name it runs in the default sandbox. */
  readonly genauth_require_app_id: boolean;
  readonly update_phone_token_ttl_seconds: number;
  /** Whether a gateway in front of the API makes statusCode the HTTP status. */
  readonly genauth_http_status: "always-200" | "mirror";
  /** Channels whose codes prove the new number. */
  readonly genauth_new_phone_channels: readonly string[];
  /** Channels whose codes prove the old number. */
  readonly genauth_old_phone_channels: readonly string[];
  /** Whether the old number must be proven by whoever has one. */
  readonly genauth_require_old_phone: boolean;
}

export const assumptions: { readonly [Key in keyof OwnPolicy]: Assumption<OwnPolicy[Key]> } = {
  genauth_require_app_id: { default: true, source: "assumed" },
  update_phone_token_ttl_seconds: { default: 60, source: "by analogy with updateEmailToken" },
  genauth_http_status: { default: "always-200", source: "documented" },
  genauth_new_phone_channels: {
    default: ["CHANNEL_BIND_PHONE"],
    source: "assumed: there is no channel for changing a number",
  },
  genauth_old_phone_channels: {
    default: ["CHANNEL_UNBIND_PHONE", "CHANNEL_BIND_PHONE"],
    source: "assumed: there is no channel for changing a number",
  },
  genauth_require_old_phone: {
    default: true,
    source: "documented setting (changePhoneStrategy.verifyOldPhone), default assumed",
  },
};

/** source: documented for some channels; older pages say 300. */
export const differences: Partial<Policy> = { code_ttl_seconds: 60 };

/** The policy of a call to this dialect, which has the dialect's own keys too: the engine puts them there. */
export function policyOf({ policy }: Pick<RequestContext, "policy">): Policy & OwnPolicy {
  return policy as Policy & OwnPolicy;
}
