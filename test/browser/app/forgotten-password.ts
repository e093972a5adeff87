/** Sets a new password without the old one, with a code that is sent to the account's number. */
import { answered, api, caller } from "./client.ts";
import { codeForm } from "./code-form.ts";

export function forgottenPassword(): HTMLFormElement {
  return codeForm({
    receiver: { label: "mobile", type: "tel" },
    password: true,
    action: "setPassword",
    send: (mobile, captcha_token) =>
      answered(
        api.POST("/api/v2/sdk/sms/send", {
          params: { header: caller() },
          body: { mobile, type: "FORGET_PWD_SMS", captcha_token },
        }),
      ),
    async submit({ receiver: mobile, code: verify_code, password }) {
      const call = { params: { header: caller() }, body: { mobile, verify_code, password } };
      await answered(api.POST("/api/v2/sdk/pwd/update-by-mobile", call));
      return "passwordChanged";
    },
  });
}
