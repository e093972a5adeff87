/** Captchas, pass tokens and messages. */
import type { Client, Fields } from "./client.ts";

const MOBILE = "13700000002";

export interface Steps extends Client {
  solved(sender: string): Promise<string>;
  code(to: string, scene: string): Promise<string>;
  account(seed: object): Promise<{ readonly id: string; readonly idToken: string; readonly accessToken: string }>;
}

export async function probeSending(steps: Steps): Promise<void> {
  await probeCaptcha(steps);
  await probePasses(steps);
  await probeReceivers(steps);
  await probeLimits(steps);
}

async function probeCaptcha(steps: Steps): Promise<void> {
  const { api } = steps;
  await api("captcha/verify", {});
  await api("captcha/verify", { point_json: "{}", token: "none", sender: MOBILE });
  for (const [offset, y] of [
    [0, 5],
    [2, 5],
    [8, 5],
    [0, 7],
    [60, 5],
  ] as const) {
    const { token, x } = await challenge(steps);
    const order = { token, sender: MOBILE };
    const verified = await api("captcha/verify", { ...order, point_json: JSON.stringify({ x: x + offset, y }) });
    if (verified["captcha_token"] === undefined)
      await api("captcha/verify", { ...order, point_json: JSON.stringify({ x, y: 5 }) });
    await api("captcha/verify", { ...order, point_json: JSON.stringify({ x, y: 5 }) });
  }
  for (const field of ["point_json", "token", "sender"])
    await api("captcha/verify", { point_json: "{}", token: "none", sender: MOBILE, [field]: "" });
}

async function challenge({ api, control }: Client): Promise<{ token: string; x: number }> {
  const { token } = await api("captcha");
  const { x } = await control("GET", `captcha/${token}`);
  return { token: String(token), x: Number(x ?? 0) };
}

async function probePasses(steps: Steps): Promise<void> {
  const { api, solved, control } = steps;
  const sms = (captcha_token: string, more: object = {}): Promise<Fields> =>
    api("sms/send", { mobile: "13700000003", type: "BIND_MOBILE_SMS", captcha_token, ...more });
  await sms("made-up---{}");
  await sms(await solved("13700000004"));
  await sms((await solved("13700000003")).replace("{", "{ "));
  const pass = await solved("13700000003");
  await sms(pass, { type: "NO_SCENE" });
  await sms(pass, { mobile: "13700000009", type: "FORGET_PWD_SMS" });
  const closed = await solved("13700000009");
  await control("PATCH", "policy", { send_to_unknown: "fail" });
  await sms(closed, { mobile: "13700000009", type: "FORGET_PWD_SMS" });
  await sms(closed, { mobile: "13700000009", type: "REGISTER_SMS" });
  await control("PATCH", "policy", { send_to_unknown: null });
  await sms(pass);
  await sms(pass);
  const late = await solved("13700000005");
  for (const seconds of [16, 30, 300]) {
    await control("POST", "clock", { advance_seconds: seconds });
    await sms(late, { mobile: "13700000005", type: "NO_SCENE" });
    await sms(late, { mobile: "13700000005" });
  }
}

async function probeReceivers({ api, solved, control }: Steps): Promise<void> {
  for (const mobile of [
    "13700000006",
    "+86-13700000007",
    "+8613700000008",
    "+852-91234567",
    "-13700000011",
    " 13700000012",
    "12345",
    "",
  ]) {
    const captcha_token = await solved(mobile || "13700000006");
    await api("sms/send", { mobile, type: "REGISTER_SMS", captcha_token });
    await api("sms/send", { mobile, type: "UPDATE_PWD_SMS", captcha_token: await solved(mobile || "13700000006") });
  }
  for (const email of ["a@b.co", "a+b@c.de", "A@B.co", "user@münchen.example", "a b@c", "", "none"]) {
    const captcha_token = await solved(email || "a@b.co");
    await api("email/send", { email, type: "UPDATE_EMAIL_EMS", captcha_token });
  }
  await control("GET", "messages");
}

async function probeLimits({ api, solved, control, note }: Steps): Promise<void> {
  const send = async (type: string) =>
    api("sms/send", { mobile: "13700000010", type, captcha_token: await solved("13700000010") });
  const before = await control("GET", "messages?to=13700000010");
  note(JSON.stringify(before));
  for (const type of ["REGISTER_SMS", "REGISTER_SMS", "BIND_MOBILE_SMS"]) await send(type);
  for (const seconds of [25, 25, 25, 25, 25, 25]) {
    await control("POST", "clock", { advance_seconds: seconds });
    await send("REGISTER_SMS");
    await send("BIND_MOBILE_SMS");
  }
  const { messages } = await control("GET", "messages?to=13700000010");
  note(`different codes: ${new Set((messages as Fields[] | undefined)?.map(({ code }) => code)).size}`);
  note(lifetimesIn(messages as Fields[] | undefined));
  await control("POST", "clock", { set: "2050-01-01T23:00:00Z" });
  for (let count = 0; count < 8; count++) {
    await send("REGISTER_SMS");
    await control("POST", "clock", { advance_seconds: 100 });
  }
  await control("POST", "clock", { advance_seconds: 3600 });
  await send("REGISTER_SMS");
}

function lifetimesIn(messages: readonly Fields[] = []): string {
  const seconds = messages.map(
    ({ sent_at, expires_at }) => (Date.parse(String(expires_at)) - Date.parse(String(sent_at))) / 1000,
  );
  return `lifetimes: ${[...new Set(seconds.map((one) => Math.round(one / 10)))]}`;
}
