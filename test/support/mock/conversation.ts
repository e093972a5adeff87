/** A conversation with every operation, both languages, refusals of every kind and the control protocol. */
import { DEVICE } from "./api.ts";
import { type RecordedRequest, type RecordedResponse, repeatable, throughFetch } from "./equal-adapters.ts";

export interface Turn {
  readonly request: RecordedRequest;
  readonly response: RecordedResponse;
}

const CLIENT = { "x-client-id": "nTo1eRIub60vPb54WeE6aojPwYwImtl4", "content-type": "application/json" };

type Ask = (
  path: string,
  body?: unknown,
  headers?: Record<string, string>,
) => Promise<{ data?: Record<string, string> }>;
type Control = (method: string, path: string, body?: unknown) => Promise<Record<string, unknown>>;

/** Changes the number again through GenAuth, after the change through Bamboocloud. */
async function genauth(ask: Ask, control: Control): Promise<void> {
  const application = { "x-authing-app-id": CLIENT["x-client-id"] };
  const { access_token } = await control("POST", "/accounts/ada/tokens", {});
  const signedIn = { ...application, authorization: String(access_token) };
  const chinese = { ...signedIn, "x-authing-lang": "zh-CN" };
  const codeFor = async (phoneNumber: string, channel: string) => {
    await ask("send-sms", { channel, phoneNumber }, application);
    const { messages } = await control("GET", `/messages?to=${phoneNumber}&scene=${channel}`);
    return (messages as { code: string }[]).at(-1)?.code;
  };
  const numbers = { newPhoneNumber: "13700000000", oldPhoneNumber: "15201657312" };
  const newPhonePassCode = await codeFor(numbers.newPhoneNumber, "CHANNEL_BIND_PHONE");
  const oldPhonePassCode = await codeFor(numbers.oldPhoneNumber, "CHANNEL_UNBIND_PHONE");
  await ask("send-sms", { channel: "CHANNEL_BIND_PHONE", phoneNumber: numbers.newPhoneNumber }, application);
  const request = (more: object) => ({
    verifyMethod: "PHONE_PASSCODE",
    phonePassCodePayload: { ...numbers, newPhonePassCode, oldPhonePassCode, ...more },
  });
  await ask("verify-update-phone-request", request({ newPhonePassCode: "000000" }), chinese);
  await ask("verify-update-phone-request", request({}), application);
  const { data } = await ask("verify-update-phone-request", request({}), signedIn);
  const token = { updatePhoneToken: data?.["updatePhoneToken"] };
  await ask("update-phone", {}, chinese);
  await ask("update-phone", token, { ...signedIn, authorization: `Bearer ${access_token}` });
  await ask("update-phone", token, signedIn);
  await ask("get-profile?withCustomData=false&withIdentities=false&withDepartmentIds=false", undefined, signedIn);
  await control("PATCH", "/policy", { genauth_http_status: "mirror" });
  await ask("update-phone", token, chinese);
  await ask("get-profile", undefined, application);
  await control("POST", "/faults", { operation: "genauthSendSms", error: "500" });
  await ask("send-sms", { channel: "CHANNEL_LOGIN", phoneNumber: "13700000000" }, application);
  await ask("update-phones", token, signedIn);
}

/** Holds the conversation with the mock itself, and records each turn. */
export async function recorded(): Promise<Turn[]> {
  const turns: Turn[] = [];
  const adapter = await throughFetch(repeatable());

  async function turn(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
    const text = body === undefined ? {} : { body: JSON.stringify(body) };
    const request: RecordedRequest = { method, path, headers: { ...DEVICE, ...CLIENT, ...headers }, ...text };
    const response = await adapter.ask(request);
    turns.push({ request, response });
    return response.body === "" ? undefined : JSON.parse(response.body);
  }
  const api = (path: string, body?: unknown, headers?: Record<string, string>) =>
    turn(body === undefined ? "GET" : "POST", `/api/v2/sdk/${path}`, body, headers);
  const control = (method: string, path: string, body?: unknown) => turn(method, `/__testkit${path}`, body);
  const genauthTurn: Ask = (path, body, headers) =>
    turn(body === undefined ? "GET" : "POST", `/api/v3/${path}`, body, headers);
  const chinese = { "x-l": "zh" };

  async function pass(sender: string): Promise<string> {
    const { token } = await api("captcha");
    const { x, y } = await control("GET", `/captcha/${token}`);
    const solved = await api("captcha/verify", { token, sender, point_json: `{"x":${x}.0, "y":${y}.0}` });
    return solved.captcha_token;
  }

  await control("GET", "");
  await control("GET", "/jwks.json");
  await control("POST", "/clock", { frozen: true });

  // Log in with a code.
  const login = { mobile: "13800000000", type: "LOGIN_SMS", captcha_token: await pass("13800000000") };
  await api("sms/send", login);
  await api("sms/send", login, chinese);
  const inbox = await control("GET", "/messages?to=%2B86-13800000000&scene=LOGIN_SMS");
  const signedIn = await api("login/mobile-verify-code", {
    mobile: "13800000000",
    verify_code: inbox.messages[0].code,
  });
  const auth = { authorization: `Bearer ${signedIn.id_token}` };

  // A new number, with every possible mistake on the way.
  const mobile = "15201657312";
  await api("profile/update-mobile", { mobile, verify_code: "123456" }, auth);
  await api("sms/send", { mobile, type: "UPDATE_MOBILE_SMS", captcha_token: await pass(mobile) });
  await api("profile/update-mobile", { mobile, verify_code: "000000" }, { ...auth, ...chinese });
  const { messages } = await control("GET", `/messages?to=${mobile}`);
  const verify_code = messages[0].code;
  await api("profile/update-mobile", { mobile, verify_code });
  await api("profile/update-mobile", { mobile, verify_code }, { ...auth, "x-agent": "" });
  await api("profile/update-mobile", { mobile, verify_code }, auth);
  await api("profile/update-mobile", { mobile, verify_code }, auth);
  await control("GET", "/accounts/ada");

  // E-mail: sent, expired, planted, changed.
  const email = "Ada@Example.com";
  await api("email/send", { email, type: "UPDATE_EMAIL_EMS", captcha_token: await pass(email) }, chinese);
  await control("POST", "/clock", { advance_seconds: 300 });
  const [sent] = (await control("GET", "/messages?to=ada@example.com")).messages;
  await api("profile/update-email", { email, verify_code: sent.code }, { ...auth, ...chinese });
  await control("POST", "/codes", { to: email, scene: "UPDATE_EMAIL_EMS", code: "246810" });
  await api("profile/update-email", { email, verify_code: "246810" }, auth);

  // Passwords: changed and reset.
  await control("POST", "/codes", { to: mobile, scene: "UPDATE_PWD_SMS", code: "111111" });
  for (const password of ["", "short", "Password1", "aaaaAAAA1111", "P@ssw0rd"]) {
    await api("pwd/update-by-mobile", { verify_code: "111111", password }, auth);
  }
  await control("POST", "/codes", { to: mobile, scene: "FORGET_PWD_SMS", code: "222222" });
  await api("pwd/update-by-mobile", { mobile, verify_code: "222222", password: "P@ssw0rd" }, chinese);
  await api("pwd/update-by-mobile", { mobile, verify_code: "222222", password: "P@ssw0rd2" });

  // The number once more, through GenAuth, with the possible mistakes there.
  await genauth(genauthTurn, control);

  // Faults, policy, and unknown paths. The journal is left out: it shows headers that an adapter adds.
  await control("POST", "/faults", { operation: "sendSms", error: "IDAAS.SDK.CAPTCHA.0006" });
  await api("sms/send", {}, chinese);
  await control("POST", "/faults", { operation: "sendSms", status: 503, body: { maintenance: true } });
  await api("sms/send", {});
  await control("PATCH", "/policy", { password_max_repeat: 2, bamboocloud: { code_length: 4 } });
  await control("PATCH", "/policy", { password_max_repeat: "two" });
  await api("sms/sent", {});
  await api("sms/send");
  await control("DELETE", "/accounts/nobody");
  await control("PUT", "/accounts/ada");
  await control("POST", "/reset");
  await control("GET", "/messages");
  return turns;
}
