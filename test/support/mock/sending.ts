/** The two operations that send a code: a valid request to each, and every single mistake. */
import type { Mock } from "../../../mocks/index.ts";
import { api, CANONICAL_MOBILE, type Headers, MOBILE, type Reply, stillMock } from "./api.ts";
import { solvedCaptcha } from "./captcha.ts";

export interface Channel {
  readonly channel: "sms" | "email";
  readonly operation: "sendSms" | "sendEmail";
  readonly field: "mobile" | "email";
  readonly receiver: string;
  readonly canonical: string;
  /** The same receiver in another form. */
  readonly otherForm: string;
  readonly otherReceiver: string;
  /** A receiver that no message can reach. */
  readonly unreachable: string;
  /** Two scenes that need no account. */
  readonly scene: string;
  readonly otherScene: string;
  readonly accountScene: string;
}

export const SMS: Channel = {
  channel: "sms",
  operation: "sendSms",
  field: "mobile",
  receiver: MOBILE,
  canonical: CANONICAL_MOBILE,
  otherForm: "+8615201657312",
  otherReceiver: "13800000002",
  unreachable: "12345",
  scene: "UPDATE_MOBILE_SMS",
  otherScene: "REGISTER_SMS",
  accountScene: "UPDATE_PWD_SMS",
};

export const EMAIL: Channel = {
  channel: "email",
  operation: "sendEmail",
  field: "email",
  receiver: "zhangsan@qq.com",
  canonical: "zhangsan@qq.com",
  otherForm: "ZhangSan@QQ.com",
  otherReceiver: "lisi@qq.com",
  unreachable: "zhangsan",
  scene: "UPDATE_EMAIL_EMS",
  otherScene: "REGISTER_EMS",
  accountScene: "UPDATE_PWD_EMS",
};

interface Sending {
  readonly receiver?: string;
  readonly scene?: string;
  /** A fresh one by default. */
  readonly captcha_token?: unknown;
}

/** Sends a code to the channel's receiver for its scene, or to the given one. */
export async function sendCode(mock: Mock, channel: Channel, sending: Sending = {}, headers: Headers = {}) {
  const { receiver = channel.receiver, scene = channel.scene } = sending;
  const captcha_token = sending.captcha_token ?? (await mock.captcha.issueToken({ sender: receiver }));
  return post(mock, channel, { [channel.field]: receiver, type: scene, captcha_token }, headers);
}

export function post(mock: Mock, { channel }: Channel, body: unknown, headers: Headers = {}): Promise<Reply> {
  return api(mock)(`${channel}/send`, body, headers);
}

/** A request before it is sent, and its mock. */
interface Attempt {
  readonly mock: Mock;
  readonly channel: Channel;
  readonly accountId: string;
  readonly body: Record<string, unknown>;
  readonly headers: Record<string, string>;
}

/** A valid request with a scene that needs an account, and that account. */
export async function goodAttempt(channel: Channel): Promise<Attempt> {
  const mock = stillMock();
  const account = await mock.accounts.create({ [channel.field]: channel.receiver });
  const captcha_token = await mock.captcha.issueToken({ sender: channel.receiver });
  const body = { [channel.field]: channel.canonical, type: channel.accountScene, captcha_token };
  return { mock, channel, accountId: account.id, body, headers: {} };
}

export function attempted({ mock, channel, body, headers }: Attempt): Promise<Reply> {
  return post(mock, channel, body, headers);
}

type Spoiler = (attempt: Attempt) => unknown;

/** By the name of the check that must refuse it. */
const spoilers = {
  "device-incomplete": ({ headers }) => Object.assign(headers, { "x-agent": "" }),
  "client-missing": ({ headers }) => Object.assign(headers, { "x-client-id": "" }),
  "client-unknown": ({ headers }) => Object.assign(headers, { "x-client-id": "nobody" }),
  "mobile-missing": ({ body }) => Object.assign(body, { mobile: "" }),
  "email-missing": ({ body }) => Object.assign(body, { email: "" }),
  "scene-missing": ({ body }) => Object.assign(body, { type: "" }),
  "captcha-token-missing": ({ body }) => Object.assign(body, { captcha_token: "" }),
  async "captcha-token-expired"({ mock, body, channel }) {
    body["captcha_token"] = await mock.captcha.issueToken({ sender: channel.receiver, expiresIn: 0 });
  },
  "captcha-token-used": ({ mock, body, channel }) =>
    sendCode(mock, channel, { scene: channel.otherScene, captcha_token: body["captcha_token"] }),
  "captcha-token-unknown": ({ body }) =>
    Object.assign(body, { captcha_token: '71dd26999e314f9abb0c635336976635---{"x":237.0,"y":5.0}' }),
  "captcha-token-altered": ({ body }) => Object.assign(body, { captcha_token: `${body["captcha_token"]} ` }),
  async "captcha-token-foreign"({ mock, body, channel }) {
    body["captcha_token"] = await mock.captcha.issueToken({ sender: channel.otherReceiver });
  },
  "scene-unknown": ({ body }) => Object.assign(body, { type: "CHANGE_PWD_SMS" }),
  async "receiver-undeliverable"({ mock, body, channel }) {
    body[channel.field] = channel.unreachable;
    body["captcha_token"] = await solvedCaptcha(mock, channel.unreachable);
  },
  "area-code-missing": ({ body }) => Object.assign(body, { mobile: String(body["mobile"]).replace("+86-", "") }),
  async "receiver-unknown"({ mock, accountId }) {
    await mock.accounts.delete(accountId);
    await mock.policy.patch({ send_to_unknown: "fail" });
  },
  "send-too-soon": ({ mock, channel }) =>
    sendCode(mock, channel, { receiver: channel.canonical, scene: channel.accountScene }),
  "send-quota-used": ({ mock }) => mock.policy.patch({ code_daily_limit: 0 }),
  "gateway-down": ({ mock, channel: { operation } }) => mock.faults.add({ operation, check: "gateway-down", times: 1 }),
} satisfies Readonly<Record<string, Spoiler>>;

export type Spoiled = keyof typeof spoilers;

/** They send a message, so everything else must be valid. */
const SENDING: readonly Spoiled[] = ["captcha-token-used", "send-too-soon"];

/** The request with each of these mistakes at once. */
export async function spoil(attempt: Attempt, ...names: readonly Spoiled[]): Promise<void> {
  const first = names.filter((name) => SENDING.includes(name));
  const then = names.filter((name) => !SENDING.includes(name));
  for (const name of [...first, ...then]) await spoilers[name](attempt);
}
