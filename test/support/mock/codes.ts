/** Two operations that take a verification code, ready to use it: their responses show whether the code works. */
import type { Mock, PolicyPatch } from "../../../mocks/index.ts";
import { api, type Headers, MOBILE, type Reply, refusal, signedInAccount, stillMock } from "./api.ts";
import { type Channel, EMAIL, SMS, sendCode } from "./sending.ts";

export const WRONG_CODE = refusal("CAPTCHA.0007", "Incorrect verification code");

export interface Consumer {
  readonly to: string;
  readonly scene: string;
  /** Uses the code. */
  use(verify_code: unknown, headers?: Headers): Promise<Reply>;
  /** Sends a code through the API, and reads it. */
  send(): Promise<string>;
}

export const CONSUMERS = ["update-email", "login"] as const;

/** A mock with an account, and the operation for a code that was or will be sent. */
export async function consumer(which: (typeof CONSUMERS)[number], policy?: PolicyPatch) {
  const mock = stillMock();
  if (policy !== undefined) await mock.policy.patch(policy);
  return { mock, ...(which === "login" ? await login(mock) : await updateEmail(mock)) };
}

async function login(mock: Mock): Promise<Consumer> {
  await mock.accounts.create({ mobile: MOBILE });
  return {
    to: MOBILE,
    scene: "LOGIN_SMS",
    use: (verify_code, headers) => api(mock)("login/mobile-verify-code", { mobile: MOBILE, verify_code }, headers),
    send: () => sent(mock, SMS, "LOGIN_SMS"),
  };
}

async function updateEmail(mock: Mock): Promise<Consumer> {
  const { signedIn } = await signedInAccount(mock);
  return {
    to: EMAIL.receiver,
    scene: "UPDATE_EMAIL_EMS",
    use: (verify_code, headers) =>
      api(mock)("profile/update-email", { email: EMAIL.receiver, verify_code }, { ...signedIn, ...headers }),
    send: () => sent(mock, EMAIL, "UPDATE_EMAIL_EMS"),
  };
}

async function sent(mock: Mock, channel: Channel, scene: string): Promise<string> {
  const reply = await sendCode(mock, channel, { scene });
  if (reply.status !== 200) throw new Error(`The code was not sent: ${JSON.stringify(reply.body)}`);
  return (await mock.messages.wait({ to: channel.receiver, scene })).code;
}

/** A code of six digits that is none of these. */
export function codeOtherThan(...codes: readonly string[]): string {
  const found = ["000000", "111111", "222222", "333333"].find((candidate) => !codes.includes(candidate));
  return found ?? "444444";
}
