/** GenAuth for tests: requests with the application id, responses as values, and the set-up of a change of number. */
import { expect } from "vitest";
import type { Account, Mock, Sandbox } from "../../../mocks/index.ts";
import { type Headers, type Reply, stillMock } from "../mock/api.ts";

type Body = Readonly<Record<string, unknown>>;

/**
 * Sends to `/api/v3/` + path: POST with a body, GET without. Headers replace the application id and the content type; an empty
 * text removes one. A body that is a text is sent as it is.
 */
export function genauth(mock: Mock, { clientId }: Sandbox = mock) {
  return async (path: string, body?: unknown, headers: Headers = {}): Promise<Reply> => {
    const wanted = { "x-authing-app-id": clientId, "content-type": "application/json", ...headers };
    const response = await mock.fetch(`http://genauth.test/api/v3/${path}`, {
      method: body === undefined ? "GET" : "POST",
      headers: Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== "")),
      ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
    expect(response.headers.get("content-type")).toBe("application/json");
    return { status: response.status, body: await response.json() };
  };
}

const UUID_V4 = expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);

/** A complete success in English, with this as its data, or without any. */
export function success(data?: unknown): Reply {
  const envelope = { statusCode: 200, message: "Operation successful", requestId: UUID_V4 };
  return { status: 200, body: data === undefined ? envelope : { ...envelope, data } };
}

/** The complete refusal with this code, such as `400` or `409/2035`. */
export function refused(code: string, message: string, status = 200): Reply {
  const [statusCode, apiCode] = code.split("/").map(Number);
  const body = { statusCode, message, requestId: UUID_V4 };
  return { status, body: apiCode === undefined ? body : { ...body, apiCode } };
}

export const CHINESE = { "x-authing-lang": "zh-CN" };

export const OWN_PHONE = "13800000001";
export const BYSTANDER_PHONE = "13800000002";
export const NEW_PHONE = "15201657312";
export const CANONICAL_NEW_PHONE = "+86-15201657312";

export const BIND = "CHANNEL_BIND_PHONE";
export const UNBIND = "CHANNEL_UNBIND_PHONE";

/** An account, and its Authorization header as the vendor's SDK writes it. */
export async function holder(sandbox: Sandbox, seed: Parameters<Sandbox["accounts"]["create"]>[0] = {}) {
  const account = await sandbox.accounts.create({ mobile: OWN_PHONE, ...seed });
  const { accessToken } = await sandbox.accounts.issueTokens(account.id);
  return { account, signedIn: { authorization: accessToken } };
}

export interface Change {
  readonly body?: Body;
  /** Replaces fields of phonePassCodePayload. */
  readonly payload?: Body;
  readonly headers?: Headers;
}

/** A valid request, and the accounts around it. */
export interface GenauthSituation {
  readonly mock: Mock;
  readonly account: Account;
  readonly signedIn: Headers;
  /** An account that the request must not touch. */
  readonly bystander: Account;
  readonly bystanderSignedIn: Headers;
  /** Sends the request with these fields and headers replaced. */
  send(change?: Change): Promise<Reply>;
}

async function inhabited() {
  const mock = stillMock();
  const { account, signedIn } = await holder(mock, { email: "river@ciam.test", username: "skylark", name: "River" });
  const { account: bystander, signedIn: bystanderSignedIn } = await holder(mock, { mobile: BYSTANDER_PHONE });
  return { mock, account, signedIn, bystander, bystanderSignedIn };
}

export async function sendingSms(): Promise<GenauthSituation> {
  const situation = await inhabited();
  const granted = { channel: BIND, phoneNumber: NEW_PHONE };
  const send = ({ body, headers }: Change = {}) =>
    genauth(situation.mock)("send-sms", { ...granted, ...body }, { ...headers });
  return { ...situation, send };
}

export async function verifying(): Promise<GenauthSituation & { readonly newCode: string; readonly oldCode: string }> {
  const situation = await inhabited();
  const { mock, signedIn } = situation;
  const newCode = await mock.codes.plant({ to: NEW_PHONE, scene: BIND, code: "135791" });
  const oldCode = await mock.codes.plant({ to: OWN_PHONE, scene: UNBIND, code: "246802" });
  const granted = {
    newPhoneNumber: NEW_PHONE,
    newPhonePassCode: newCode,
    oldPhoneNumber: OWN_PHONE,
    oldPhonePassCode: oldCode,
  };
  const send = ({ body, payload, headers }: Change = {}) =>
    genauth(mock)(
      "verify-update-phone-request",
      { verifyMethod: "PHONE_PASSCODE", phonePassCodePayload: { ...granted, ...payload }, ...body },
      { ...signedIn, ...headers },
    );
  return { ...situation, newCode, oldCode, send };
}

export async function updatingPhone(): Promise<GenauthSituation & { readonly token: string }> {
  const situation = await verifying();
  const token = await tokenIn(situation.send());
  const send = ({ body, headers }: Change = {}) =>
    genauth(situation.mock)(
      "update-phone",
      { updatePhoneToken: token, ...body },
      { ...situation.signedIn, ...headers },
    );
  return { ...situation, token, send };
}

export async function readingProfile(): Promise<GenauthSituation> {
  const situation = await inhabited();
  const send = ({ headers }: Change = {}) =>
    genauth(situation.mock)("get-profile", undefined, { ...situation.signedIn, ...headers });
  return { ...situation, send };
}

/** The updatePhoneToken of a successful verification. */
export async function tokenIn(reply: Promise<Reply>): Promise<string> {
  const { data } = (await reply).body as { data?: { updatePhoneToken: string } };
  if (data === undefined) throw new Error(`The request was not granted: ${JSON.stringify((await reply).body)}`);
  return data.updatePhoneToken;
}

/** A token that gives the signed-in account this number; proves its old number too, if it has one. */
export async function tokenFor(sandbox: Sandbox, mock: Mock, account: Account, newPhone: string): Promise<string> {
  const { accessToken } = await sandbox.accounts.issueTokens(account.id);
  const old = account.mobile === null ? {} : await proofOf(sandbox, account.mobile);
  const newPhonePassCode = await sandbox.codes.plant({ to: newPhone, scene: BIND });
  const phonePassCodePayload = { newPhoneNumber: newPhone, newPhonePassCode, ...old };
  const body = { verifyMethod: "PHONE_PASSCODE", phonePassCodePayload };
  return tokenIn(genauth(mock, sandbox)("verify-update-phone-request", body, { authorization: accessToken }));
}

async function proofOf(sandbox: Sandbox, mobile: string) {
  const oldPhoneNumber = mobile.slice(mobile.indexOf("-") + 1);
  return { oldPhoneNumber, oldPhonePassCode: await sandbox.codes.plant({ to: mobile, scene: UNBIND }) };
}
