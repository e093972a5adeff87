/** What each of GenAuth's own policy keys does, for docs/reference/policy.md. */
import type { assumptions } from "./policy.ts";

export const genauthPolicyDescriptions: Readonly<Record<keyof typeof assumptions, string>> = {
  update_phone_token_ttl_seconds: "Lifetime of an updatePhoneToken, in seconds.",
  genauth_http_status:
    "`always-200`: the HTTP status is always 200. `mirror`: it is `statusCode`, as behind some gateways.",
  genauth_new_phone_channels: "Channels whose codes prove the new number.",
  genauth_old_phone_channels: "Channels whose codes prove the old number.",
  genauth_require_old_phone: "`true`: an account that has a number must prove the old number too.",
};
