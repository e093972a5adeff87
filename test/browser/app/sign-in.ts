/** Logs in with a code that is sent to the mobile number. */
import { answered, api, caller } from "./client.ts";
import { codeForm } from "./code-form.ts";
import { setSession } from "./session.ts";

export function signIn(): HTMLFormElement {
  return codeForm({
    receiver: { label: "mobile", type: "tel" },
    action: "signIn",
    send: (mobile, captcha_token) =>
      answered(
        api.POST("/api/v2/sdk/sms/send", {
          params: { header: caller() },
          body: { mobile, type: "LOGIN_SMS", captcha_token },
        }),
      ),
    async submit({ receiver: mobile, code: verify_code }) {
      const call = { params: { header: caller() }, body: { mobile, verify_code } };
      const login = await answered(api.POST("/api/v2/sdk/login/mobile-verify-code", call));
      if (login !== undefined) setSession({ idToken: login.id_token, mobile });
      return undefined;
    },
  });
}
