/** Requests whose form no page describes, and the language of refusals. */
import type { Client } from "./client.ts";

const LOGIN = "login/mobile-verify-code";

export async function probeHttp({ api, send, genauth }: Client): Promise<void> {
  for (const body of ["{", "[]", "", "\u0000"]) await api(LOGIN, body);
  await api(LOGIN, {}, { "content-type": "text/plain" });
  await api(LOGIN, { mobile: "13700000009", verify_code: "1", more: 1 });
  await api(LOGIN, { mobile: 13_700_000_009, verify_code: 1 });
  await api(LOGIN, { mobile: " ", verify_code: " " });
  for (const name of ["x-agent", "x-client-id", "x-operating-sys-version"])
    await api("captcha", undefined, { [name]: "" });
  for (const path of ["nothing", "captcha/", "CAPTCHA"]) await api(path);
  for (const method of ["HEAD", "OPTIONS", "PUT"]) await send(method, "/api/v2/sdk/captcha", undefined, {});
  await api(LOGIN, {}, {});
  for (const language of ["zh", "zh-CN", "en", "en-GB", "fr"]) await api(LOGIN, {}, { "x-l": language });
  await api(LOGIN, {}, { "accept-language": "en" });
  for (const language of ["zh", "en"]) await genauth("send-sms", {}, { "x-authing-lang": language });
  await genauth("send-sms", "[");
  // Some gateways refuse one of many requests.
  for (let count = 0; count < 41; count++) await api("captcha");
}
