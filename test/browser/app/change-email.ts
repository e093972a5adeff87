/** Changes the e-mail address with a code that is sent to the new one. */
import { answered, api, caller } from "./client.ts";
import { codeForm } from "./code-form.ts";

export function changeEmail(): HTMLFormElement {
  return codeForm({
    receiver: { label: "newEmail", type: "email" },
    action: "changeEmail",
    send: (email, captcha_token) =>
      answered(
        api.POST("/api/v2/sdk/email/send", {
          params: { header: caller() },
          body: { email, type: "UPDATE_EMAIL_EMS", captcha_token },
        }),
      ),
    async submit({ receiver: email, code: verify_code }) {
      const call = { params: { header: caller() }, body: { email, verify_code } };
      await answered(api.POST("/api/v2/sdk/profile/update-email", call));
      return "emailChanged";
    },
  });
}
