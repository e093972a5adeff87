/** Changes the password with a code that is sent to the account's number. */
import { answered, api, caller } from "./client.ts";
import { codeForm } from "./code-form.ts";
import type { Session } from "./session.ts";

export function changePassword({ mobile }: Session): HTMLFormElement {
  return codeForm({
    receiver: withAreaCode(mobile),
    password: true,
    action: "changePassword",
    send: (receiver, captcha_token) =>
      answered(
        api.POST("/api/v2/sdk/sms/send", {
          params: { header: caller() },
          body: { mobile: receiver, type: "UPDATE_PWD_SMS", captcha_token },
        }),
      ),
    async submit({ code: verify_code, password }) {
      const call = { params: { header: caller() }, body: { verify_code, password } };
      await answered(api.POST("/api/v2/sdk/pwd/update-by-mobile", call));
      return "passwordChanged";
    },
  });
}

/** Only the scene UPDATE_PWD_SMS requires it. */
function withAreaCode(mobile: string): string {
  return mobile.startsWith("+") ? mobile : `+86-${mobile}`;
}
