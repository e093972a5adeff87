/** For each operation that takes a code: a valid request, and the accounts around it. */
import type { Account, Mock } from "../../../mocks/index.ts";
import { api, type Headers, MOBILE, type Reply, signedInAccount, stillMock } from "./api.ts";

type Body = Readonly<Record<string, unknown>>;

export interface Change {
  readonly body?: Body;
  readonly headers?: Headers;
}

export interface Situation {
  readonly mock: Mock;
  readonly path: string;
  /** The valid request. */
  readonly body: Body;
  readonly headers: Headers;
  /** The receiver of its code, and the code. */
  readonly to: string;
  readonly scene: string;
  readonly code: string;
  readonly account: Account;
  /** An account that the request must not touch. */
  readonly bystander: Account;
  readonly bystanderSignedIn: Headers;
  /** Sends the request with these fields and headers replaced. */
  send(change?: Change): Promise<Reply>;
}

export const PASSWORD = "Old-Moon-17";
export const NEW_PASSWORD = "New-Tree-42";

export const OWN_MOBILE = "13800000001";
export const OWN_EMAIL = "river@ciam.test";
export const NEW_EMAIL = "15201657312@163.com";

type Request = Pick<Situation, "path" | "to" | "scene"> & { readonly body: Body; readonly signedIn: boolean };

async function situation({ path, to, scene, body: fields, signedIn: withToken }: Request): Promise<Situation> {
  const mock = stillMock();
  const own = { mobile: OWN_MOBILE, email: OWN_EMAIL, username: "skylark", password: PASSWORD };
  const { account, signedIn } = await signedInAccount(mock, own);
  const other = { mobile: "13800000002", email: "bystander@ciam.test", password: PASSWORD };
  const { account: bystander, signedIn: bystanderSignedIn } = await signedInAccount(mock, other);
  const code = await mock.codes.plant({ to, scene });
  const body = { ...fields, verify_code: code };
  const headers: Headers = withToken ? signedIn : {};
  const send = (change: Change = {}) => api(mock)(path, { ...body, ...change.body }, { ...headers, ...change.headers });
  return { mock, path, body, headers, to, scene, code, account, bystander, bystanderSignedIn, send };
}

export function updatingMobile(): Promise<Situation> {
  const body = { mobile: MOBILE };
  return situation({ path: "profile/update-mobile", to: MOBILE, scene: "UPDATE_MOBILE_SMS", body, signedIn: true });
}

export function updatingEmail(): Promise<Situation> {
  const body = { email: NEW_EMAIL };
  return situation({ path: "profile/update-email", to: NEW_EMAIL, scene: "UPDATE_EMAIL_EMS", body, signedIn: true });
}

export function loggingIn(): Promise<Situation> {
  const body = { mobile: OWN_MOBILE };
  return situation({ path: "login/mobile-verify-code", to: OWN_MOBILE, scene: "LOGIN_SMS", body, signedIn: false });
}

export function updatingPassword(): Promise<Situation> {
  const body = { password: NEW_PASSWORD };
  return situation({ path: "pwd/update-by-mobile", to: OWN_MOBILE, scene: "UPDATE_PWD_SMS", body, signedIn: true });
}

export function resettingPassword(): Promise<Situation> {
  const body = { mobile: OWN_MOBILE, password: NEW_PASSWORD };
  return situation({ path: "pwd/update-by-mobile", to: OWN_MOBILE, scene: "FORGET_PWD_SMS", body, signedIn: false });
}
