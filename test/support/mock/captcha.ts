/** The slider captcha as a client uses it. */
import type { Mock } from "../../../mocks/index.ts";
import { api, type Headers, type Reply } from "./api.ts";

interface Captcha {
  readonly token: string;
  readonly x: number;
}

/** Opens a captcha through the API, and looks up its solution. */
export async function openCaptcha(mock: Mock): Promise<Captcha> {
  const { token } = (await api(mock)("captcha")).body as { token: string };
  return { token, x: (await mock.captcha.solve(token)).x };
}

export function verify(mock: Mock, body: unknown, headers: Headers = {}): Promise<Reply> {
  return api(mock)("captcha/verify", body, headers);
}

/** The pass token of a captcha solved through the API; any text may be the sender. */
export async function solvedCaptcha(mock: Mock, sender: string): Promise<string> {
  const { token, x } = await openCaptcha(mock);
  const reply = await verify(mock, { point_json: JSON.stringify({ x, y: 5 }), token, sender });
  return (reply.body as { captcha_token: string }).captcha_token;
}
