/** A mock with realistic data, for tests and pictures of the inspector. */
import { createMock, type Mock, manualClock } from "../../../mocks/index.ts";
import { api, MOBILE, sendSms } from "../mock/api.ts";

/** The same in each run: accounts, messages (some expired), a journal, faults, two sandboxes, a frozen clock. */
export async function demoMock(): Promise<Mock> {
  const mock = createMock({ clock: manualClock(Date.parse("2026-03-14T09:20:00Z")), accounts: [ada, ming, grace] });
  await mock.clock.freeze();
  const send = api(mock);
  const { idToken, accessToken } = await mock.accounts.issueTokens("ada");
  const signedIn = { authorization: `Bearer ${idToken}` };

  await sendSms(mock, MOBILE, "UPDATE_MOBILE_SMS");
  await send("profile/update-mobile", { mobile: MOBILE, verify_code: "000000" }, signedIn);
  await mock.clock.advance({ minutes: 6 });
  const [first] = await mock.messages.list();
  await send("profile/update-mobile", { mobile: MOBILE, verify_code: first?.code }, { ...signedIn, "x-l": "zh" });
  await sendSms(mock, MOBILE, "UPDATE_MOBILE_SMS");
  await mock.clock.advance({ seconds: 20 });
  const second = (await mock.messages.list()).at(-1);
  await send("profile/update-mobile", { mobile: MOBILE, verify_code: second?.code }, signedIn);
  await mock.faults.add({ operation: "sendEmail", check: "gateway-down" });
  const captcha_token = await mock.captcha.issueToken({ sender: "ming@example.com" });
  const email = { email: "ming@example.com", type: "UPDATE_EMAIL_EMS", captcha_token };
  await send("email/send", email);
  await mock.clock.advance({ seconds: 75 });
  await send("email/send", email, { "x-l": "zh" });
  await mock.clock.advance({ seconds: 31 });
  await mock.fetch("http://ciam.test/api/v3/send-sms", {
    method: "POST",
    headers: { "x-authing-app-id": mock.clientId, authorization: accessToken, "content-type": "application/json" },
    body: JSON.stringify({ channel: "CHANNEL_BIND_PHONE", phoneNumber: "13911112222" }),
  });
  await send("captcha");
  await mock.clock.advance({ seconds: 8 });

  await mock.faults.add({ operation: "updateMobile", check: "mobile-taken", times: 2 });
  await mock.faults.add({ operation: "getCaptcha", transport: "reset", delayMs: { min: 200, max: 900 } });
  await mock.policy.patch({ code_ttl_seconds: 180 });
  await mock.sandboxes.create({ clientId: "checkout-e2e" });
  return mock;
}

const ada = { id: "ada", mobile: "13800000000", email: "ada@example.com", username: "ada", name: "Ada Lovelace" };
const ming = { id: "ming", mobile: "13800000001", email: "ming@example.com", username: "ming", name: "李明" };
const grace = { id: "grace", email: "grace@example.com", name: "Grace Hopper" };
