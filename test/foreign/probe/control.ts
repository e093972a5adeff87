/** Control calls of every kind. */
import type { Client } from "./client.ts";

export async function probeControl({ control, send }: Client): Promise<void> {
  await control("GET", "");
  await control("GET", "events");
  await control("GET", "clock");
  await control("POST", "sandboxes", { client_id: "probe" });
  await control("GET", "messages");
  for (const operation of ["sendSms", "updateEmail", "genauthSendSms"]) {
    await control("POST", "faults", { operation, check: "client-unknown" });
    await control("POST", "faults", { operation, check: "gateway-down" });
  }
  await control("DELETE", "faults");
  await control("GET", "policy");
  const keys = ["password_weak_list", "genauth_require_old_phone", "code_supersedes"];
  for (const key of [...keys, "send_to_unknown", "code_resend_seconds"])
    await control("PATCH", "policy", { [key]: null });
  await control("PATCH", "policy", { genauth_http_status: "mirror" });
  await control("PATCH", "policy", { genauth_http_status: null });
  const account = await control("POST", "accounts", { mobile: "13700000001", email: "Probe@Example.com" });
  const id = encodeURIComponent(String(account["id"]));
  await control("GET", `accounts/${id}`);
  await control("POST", `accounts/${id}/password-check`, { password: "x" });
  for (const expires_in of [0, 60]) await control("POST", `accounts/${id}/tokens`, { expires_in });
  for (const expires_in of [0, 60]) {
    await control("POST", "captcha-tokens", { sender: "13700000001", expires_in });
    await control("POST", "codes", { to: "13700000001", scene: "LOGIN_SMS", code: "abc", expires_in });
  }
  await control("GET", "captcha/none");
  await send("GET", "/__testkit", undefined, { "x-client-id": "other" });
}
