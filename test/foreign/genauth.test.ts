/** GenAuth at the foreign backend: a change of number from the message to the profile, and what is refused. */
import { expect, test } from "vitest";
import { EVERYTHING } from "./presets.ts";
import { type Headers, type Reply, visitor } from "./visitor.ts";

const OLD = "15201657312";
const NEW = "13900000002";

async function client() {
  const { url, clientId, control } = await visitor({ choices: EVERYTHING });

  async function ask(path: string, body?: object, headers: Headers = {}): Promise<Reply> {
    const response = await fetch(`${url}/api/v3/${path}`, {
      method: body === undefined ? "GET" : "POST",
      headers: { "x-authing-app-id": clientId, "x-authing-lang": "en", ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, type: response.headers.get("content-type"), body: await response.json() };
  }

  /** Sends a code and reads it. */
  async function code(phoneNumber: string, channel: string): Promise<string> {
    expect((await ask("send-sms", { channel, phoneNumber, phoneCountryCode: "+86" })).body).toMatchObject(OK);
    const { body } = await control("GET", `/messages?${new URLSearchParams({ to: phoneNumber, scene: channel })}`);
    return (body as { messages: { code: string }[] }).messages.at(-1)?.code ?? "";
  }

  async function signedIn(mobile: string): Promise<Headers> {
    const { body } = await control("POST", "/accounts", { mobile });
    const { id } = body as { id: string };
    const tokens = (await control("POST", `/accounts/${id}/tokens`)).body as { access_token: string };
    return { authorization: tokens.access_token };
  }

  async function verify(headers: Headers, parts: object): Promise<Reply> {
    const phonePassCodePayload = { newPhoneNumber: NEW, oldPhoneNumber: OLD, ...parts };
    return ask("verify-update-phone-request", { verifyMethod: "PHONE_PASSCODE", phonePassCodePayload }, headers);
  }

  async function bothCodes() {
    const newPhonePassCode = await code(NEW, "CHANNEL_BIND_PHONE");
    return { newPhonePassCode, oldPhonePassCode: await code(OLD, "CHANNEL_UNBIND_PHONE") };
  }

  return { ask, code, signedIn, verify, bothCodes };
}

const OK = { statusCode: 200 };

test("two codes become a token, which changes the number once", async () => {
  const { ask, signedIn, verify, bothCodes } = await client();
  const headers = await signedIn(OLD);
  const verified = await verify(headers, await bothCodes());
  expect(verified.body).toMatchObject({ ...OK, data: { tokenExpiresIn: 90 } });
  const { data } = verified.body as { data: { updatePhoneToken: string } };
  const update = { updatePhoneToken: data.updatePhoneToken };
  const other = await signedIn("13900000009");
  expect((await ask("update-phone", update, other)).body).toMatchObject({ statusCode: 400 });
  expect((await ask("update-phone", update, headers)).body).toMatchObject(OK);
  expect((await ask("update-phone", update, headers)).body).toMatchObject({ statusCode: 400 });
  const profile = await ask("get-profile", undefined, { authorization: `Bearer ${headers["authorization"]}` });
  expect(profile.body).toMatchObject({ data: { phone: NEW, phoneCountryCode: "+86" } });
});

test("codes are used up by a verification, and each counts for its own number", async () => {
  const { signedIn, verify, bothCodes } = await client();
  const headers = await signedIn(OLD);
  const codes = await bothCodes();
  const swapped = { newPhonePassCode: codes.oldPhonePassCode, oldPhonePassCode: codes.newPhonePassCode };
  expect((await verify(headers, swapped)).body).toMatchObject({ statusCode: 400, apiCode: 2001 });
  expect((await verify(headers, codes)).body).toMatchObject(OK);
  expect((await verify(headers, codes)).body).toMatchObject({ statusCode: 400, apiCode: 2001 });
});

test.each([
  ["get-profile", undefined, {}, { statusCode: 401, apiCode: 2020 }],
  ["get-profile", undefined, { authorization: "made-up" }, { statusCode: 401, apiCode: 2020 }],
  ["get-profile", undefined, { "x-authing-app-id": "" }, { statusCode: 400, message: "No app id" }],
  ["get-profile", undefined, { "x-authing-app-id": "other" }, { statusCode: 404, apiCode: 2011 }],
  ["send-sms", { channel: "CHANNEL_LOGIN" }, {}, { statusCode: 400 }],
  ["send-sms", { phoneNumber: NEW }, {}, { statusCode: 400 }],
  ["send-sms", { phoneNumber: NEW, channel: "CHANNEL_UPDATE_PHONE" }, {}, { statusCode: 400 }],
  ["send-sms", { phoneNumber: "12345", channel: "CHANNEL_LOGIN" }, {}, { statusCode: 400 }],
  ["update-phone", {}, {}, { statusCode: 400 }],
])("%s %j with %j is refused, with HTTP status 200", async (path, body, headers, refusal) => {
  const { ask } = await client();
  expect(await ask(path, body, headers)).toMatchObject({ status: 200, body: refusal });
});

test("own, taken and mismatched numbers are told apart", async () => {
  const { signedIn, verify } = await client();
  const headers = await signedIn(OLD);
  await signedIn(NEW);
  const codes = { newPhonePassCode: "1", oldPhonePassCode: "1" };
  expect((await verify(headers, codes)).body).toMatchObject({ statusCode: 409, apiCode: 2035 });
  expect((await verify(headers, { ...codes, newPhoneNumber: OLD })).body).toMatchObject({ apiCode: 2230 });
  const strange = { ...codes, newPhoneNumber: "13900000007", oldPhoneNumber: NEW };
  expect((await verify(headers, strange)).body).toMatchObject({ apiCode: 2038 });
  expect((await verify(headers, { newPhoneNumber: "13900000007" })).body).toMatchObject({ statusCode: 400 });
});

test("a second message of one channel is refused for a while, another channel is free", async () => {
  const { ask, code } = await client();
  await code(NEW, "CHANNEL_BIND_PHONE");
  const again = await ask("send-sms", { channel: "CHANNEL_BIND_PHONE", phoneNumber: NEW });
  expect(again.body).toMatchObject({ statusCode: 429 });
  expect(await code(NEW, "CHANNEL_REGISTER")).toMatch(/^\d{8}$/);
});
