/** Changes the mobile number with a code that is sent to the new one. */
import { answered, api, caller } from "./client.ts";
import { codeForm } from "./code-form.ts";
import { session, setSession } from "./session.ts";

export function changeMobile(): HTMLFormElement {
  return codeForm({
    receiver: { label: "newMobile", type: "tel" },
    action: "changeMobile",
    send: (mobile, captcha_token) =>
      answered(
        api.POST("/api/v2/sdk/sms/send", {
          params: { header: caller() },
          body: { mobile, type: "UPDATE_MOBILE_SMS", captcha_token },
        }),
      ),
    async submit({ receiver: mobile, code: verify_code }) {
      const call = { params: { header: caller() }, body: { mobile, verify_code } };
      await answered(api.POST("/api/v2/sdk/profile/update-mobile", call));
      const who = session();
      if (who !== undefined) setSession({ ...who, mobile });
      return "mobileChanged";
    },
  });
}
