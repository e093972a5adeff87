/** A client of the foreign backend for its own tests: HTTP only, like the contract suite. */
import { expect, onTestFinished } from "vitest";
import type { ForeignOptions } from "./backend.ts";
import { startForeign } from "./server.ts";

export const DEVICE = {
  "x-operating-sys-version": "windows10.1.1",
  "x-device-fingerprint": "156aysdna213sc50",
  "x-agent": "Mozilla/5.0 (iPhone; CPU iPhone OS 13_3 like Mac OS X)",
};

export type Headers = Readonly<Record<string, string>>;

export interface Reply {
  readonly status: number;
  readonly type: string | null;
  /** The parsed JSON; undefined for an empty body. */
  readonly body: unknown;
}

export interface SignedInAccount {
  readonly id: string;
  readonly signedIn: Headers;
}

/** The fields of control responses that these tests read. */
interface Known {
  readonly id: string;
  readonly id_token: string;
  readonly token: string;
  readonly captcha_token: string;
  readonly x: number;
  readonly messages: readonly { readonly id: string; readonly code: string; readonly to: string }[];
}

export type Visitor = Awaited<ReturnType<typeof visitor>>;

/** Starts a backend for this test only. */
export async function visitor(options: ForeignOptions = {}) {
  const { url, clientId, close } = await startForeign(options);
  onTestFinished(close);

  async function ask(method: string, path: string, body: unknown, headers: Headers): Promise<Reply> {
    const response = await fetch(url + path, {
      method,
      headers,
      ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const type = response.headers.get("content-type");
    return { status: response.status, type, body: text === "" ? undefined : JSON.parse(text) };
  }

  /** POST with a body, GET without, below `/api/v2/sdk/`. An empty header removes a required one. */
  function api(path: string, body?: unknown, headers: Headers = {}): Promise<Reply> {
    const all = Object.entries({ ...DEVICE, "x-client-id": clientId, ...headers }).filter(([, value]) => value !== "");
    return ask(body === undefined ? "GET" : "POST", `/api/v2/sdk/${path}`, body, Object.fromEntries(all));
  }

  function control(method: string, path: string, body?: unknown, headers: Headers = {}): Promise<Reply> {
    return ask(method, `/__testkit${path}`, body, headers);
  }

  async function token(id: string, input: object = {}): Promise<Headers> {
    const reply = await control("POST", `/accounts/${id}/tokens`, input);
    return { authorization: `Bearer ${known(reply).id_token}` };
  }

  async function signedInAccount(seed: object): Promise<SignedInAccount> {
    const { id } = known(await control("POST", "/accounts", seed));
    return { id, signedIn: await token(id) };
  }

  /** An open captcha and the place of its piece. */
  async function challenge(): Promise<{ token: string; place: string }> {
    const { token } = known(await api("captcha"));
    const { x } = known(await control("GET", `/captcha/${token}`));
    return { token, place: `{"x":${x}.0,"y":5.0}` };
  }

  /** The pass token of a captcha solved for this sender. */
  async function pass(sender: string): Promise<string> {
    const { token, place } = await challenge();
    const { captcha_token } = known(await api("captcha/verify", { point_json: place, token, sender }));
    expect(captcha_token).toBe(`${token}---${place}`);
    return captcha_token;
  }

  /** Sends a code and reads it. */
  async function code(to: string, type: string): Promise<string> {
    const captcha_token = await pass(to);
    const reply = to.includes("@")
      ? await api("email/send", { email: to, type, captcha_token })
      : await api("sms/send", { mobile: to, type, captcha_token });
    expect(reply).toEqual(DONE);
    const { messages } = known(await control("GET", `/messages?${new URLSearchParams({ to, scene: type })}`));
    return messages.at(-1)?.code ?? "";
  }

  async function account(id: string): Promise<unknown> {
    return (await control("GET", `/accounts/${id}`)).body;
  }

  async function hasPassword(id: string, password: string): Promise<unknown> {
    const { body } = await control("POST", `/accounts/${id}/password-check`, { password });
    return (body as { matches: unknown }).matches;
  }

  return { url, clientId, api, control, token, signedInAccount, challenge, pass, code, account, hasPassword };
}

export const JSON_TYPE = "application/json;charset=UTF-8";
export const DONE: Reply = { status: 200, type: JSON_TYPE, body: undefined };

export function refusal(code: string, error_msg: unknown): Reply {
  return { status: 400, type: JSON_TYPE, body: { error_code: `IDAAS.SDK.${code}`, error_msg } };
}

function known({ body }: Reply): Known {
  return body as Known;
}
