/** The two requests of the bench: a refused send-sms, and an update-email that succeeds. */
import { type Load, requestsPerSecond } from "./load.ts";
import type { Served } from "./servers.ts";

const CODE = "123456";

const HEADERS = {
  "content-type": "application/json",
  "x-operating-sys-version": "windows10.1.1",
  "x-device-fingerprint": "156aysdna213sc50",
  "x-agent": "Mozilla/5.0 (iPhone; CPU iPhone OS 13_3 like Mac OS X)",
  "x-client-id": "nTo1eRIub60vPb54WeE6aojPwYwImtl4",
};

/** A captcha token that was never issued: nine checks pass, the tenth refuses. */
export const REFUSED: Load = {
  path: "/api/v2/sdk/sms/send",
  status: 400,
  // The header makes Prism refuse; the other servers ignore it.
  headers: [{ ...HEADERS, prefer: "code=400, example=IDAAS.SDK.CAPTCHA.0004" }],
  body: () =>
    JSON.stringify({
      mobile: "15201657312",
      type: "UPDATE_MOBILE_SMS",
      captcha_token: '71dd26999e314f9abb0c635336976635---{"x":237.0,"y":5.0}',
    }),
};

export const REFUSAL =
  '{"error_code":"IDAAS.SDK.CAPTCHA.0004","error_msg":"Graphic verification code verification passed token verification failed"}';

/** The addresses end in letters, because some numbers are magic values. */
const address = (n: number) => `${n}.person@example.com`;

const PLANTING: Load = {
  path: "/__testkit/codes",
  status: 201,
  headers: [{ "content-type": "application/json" }],
  body: (n) => JSON.stringify({ to: address(n), scene: "UPDATE_EMAIL_EMS", code: CODE }),
};

/**
 * Plants a code for each of these requests. Two days pass before, so that the mock purges the codes of earlier rounds as it
 * would in use.
 */
export async function plantCodes(mock: Served, from: number, count: number): Promise<void> {
  await call(mock, "clock", { advance_seconds: 2 * 86_400 });
  await requestsPerSecond(mock.url, PLANTING, from, count);
}

/** Each request changes the address of the next of these accounts, with a planted code. */
export async function updateEmail(mock: Served, accounts: readonly string[]): Promise<Load> {
  const tokens = await Promise.all(accounts.map((id) => call(mock, `accounts/${id}/tokens`)));
  return {
    path: "/api/v2/sdk/profile/update-email",
    status: 200,
    headers: tokens.map(({ id_token }) => ({ ...HEADERS, authorization: `Bearer ${id_token}` })),
    body: (n) => JSON.stringify({ email: address(n), verify_code: CODE }),
  };
}

/** The ids of new accounts. */
export async function newAccounts(mock: Served, count: number): Promise<string[]> {
  const created = Array.from({ length: count }, (_, n) =>
    call(mock, "accounts", { email: `first-${n}.of@example.com` }),
  );
  return (await Promise.all(created)).map(({ id }) => String(id));
}

/** A call of the control protocol. */
async function call({ url }: Served, path: string, body?: unknown): Promise<Record<string, unknown>> {
  const headers = { "content-type": "application/json" };
  const response = await fetch(`${url}/__testkit/${path}`, {
    method: "POST",
    headers,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${path} ended with ${response.status}: ${await response.text()}`);
  return (await response.json()) as Record<string, unknown>;
}
