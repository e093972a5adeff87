/** The API for tests: a mock with a manual clock, requests with the required headers, responses as values. */
import { createMock, type Mock, type MockOptions, manualClock, type Sandbox } from "../../../mocks/index.ts";

/** The required headers with the documents' samples. */
export const DEVICE = {
  "x-operating-sys-version": "windows10.1.1",
  "x-device-fingerprint": "156aysdna213sc50",
  "x-agent": "Mozilla/5.0 (iPhone; CPU iPhone OS 13_3 like Mac OS X)",
};

export interface Reply {
  readonly status: number;
  /** The parsed JSON; undefined for an empty body. */
  readonly body: unknown;
}

export type Headers = Readonly<Record<string, string>>;
export type Send = (path: string, body?: unknown, headers?: Headers) => Promise<Reply>;

export const START = "2026-01-01T00:00:00.000Z";

/** A mock whose time moves only through `mock.clock`. */
export function stillMock(options: MockOptions = {}): Mock {
  return createMock({ clock: manualClock(Date.parse(START)), ...options });
}

/**
 * Sends to `/api/v2/sdk/` + path: POST with a body, GET without. Headers replace the required ones; an empty text removes one.
 * A body that is a text is sent as it is.
 */
export function api(mock: Mock, { clientId }: Sandbox = mock): Send {
  return async (path, body, headers = {}) => {
    const wanted = { ...DEVICE, "x-client-id": clientId, "content-type": "application/json", ...headers };
    const response = await mock.fetch(`http://ciam.test/api/v2/sdk/${path}`, {
      method: body === undefined ? "GET" : "POST",
      headers: Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== "")),
      ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: text === "" ? undefined : JSON.parse(text) };
  };
}

export const DONE: Reply = { status: 200, body: undefined };

/** The documented refusal with this code; the prefix `IDAAS.SDK.` is left out. */
export function refusal(code: string, error_msg: string): Reply {
  return { status: 400, body: { error_code: `IDAAS.SDK.${code}`, error_msg } };
}

export const MOBILE = "15201657312";
export const CANONICAL_MOBILE = "+86-15201657312";

/** Creates an account, with the header that signs it in. */
export async function signedInAccount(sandbox: Sandbox, seed: Parameters<Sandbox["accounts"]["create"]>[0] = {}) {
  const account = await sandbox.accounts.create({ mobile: "13800000001", ...seed });
  const { idToken } = await sandbox.accounts.issueTokens(account.id);
  return { account, signedIn: { authorization: `Bearer ${idToken}` } };
}

/** Rejects unless the API accepted the request: for the steps that a test builds on. */
export async function accepted(reply: Promise<Reply>): Promise<Reply> {
  const { status, body } = await reply;
  if (status !== 200) throw new Error(`The API refused a step of the test: ${status} ${JSON.stringify(body)}`);
  return reply;
}

/** Sends an SMS through the API, captcha included. Rejects if the API refuses it. */
export function sendSms(mock: Mock, mobile: string, type: string, headers: Headers = {}): Promise<Reply> {
  return accepted(requestSms(mock, mobile, type, headers));
}

/** Requests an SMS from the API, captcha included. Resolves to the response, whatever it is. */
export async function requestSms(mock: Mock, mobile: string, type: string, headers: Headers = {}): Promise<Reply> {
  const captcha_token = await mock.captcha.issueToken({ sender: mobile });
  return api(mock)("sms/send", { mobile, type, captcha_token }, headers);
}
