/** POST email/send: the sent message, and the accepted scenes. */
import { expect, test } from "vitest";
import { api, DONE, type Headers, refusal, stillMock } from "../../../support/mock/api.ts";
import { lastDecision } from "../../../support/mock/journal.ts";
import { attempted, EMAIL, goodAttempt, sendCode } from "../../../support/mock/sending.ts";

const ADDRESS = "zhangsan@qq.com";
const SCENE = "UPDATE_EMAIL_EMS";
const UNKNOWN_SCENE = refusal("CAPTCHA.0005", "Unknown sending scenario");
const UNKNOWN_SCENE_ZH = refusal("CAPTCHA.0005", "未知的发送场景");

/** A new mock, and a function that sends from it. */
function prepared() {
  const mock = stillMock();
  const send = (receiver: string, scene: string, headers?: Headers) =>
    sendCode(mock, EMAIL, { receiver, scene }, headers);
  return { mock, send };
}

test("a send delivers the code in one message and returns an empty body", async () => {
  const { mock, send } = prepared();
  expect(await send(ADDRESS, SCENE)).toEqual(DONE);
  expect(await mock.messages.list()).toEqual([
    {
      id: "1",
      channel: "email",
      to: ADDRESS,
      scene: SCENE,
      code: expect.stringMatching(/^\d{6}$/),
      language: "en",
      text: expect.any(String),
      sentAt: "2026-01-01T00:00:00.000Z",
      expiresAt: "2026-01-01T00:05:00.000Z",
    },
  ]);
  expect(await lastDecision(mock)).toBe("passed");
});

test("the message text has the code, in the language of the request", async () => {
  const { mock, send } = prepared();
  await send(ADDRESS, SCENE);
  await send("lisi@qq.com", SCENE, { "x-l": "zh" });
  const [english, chinese] = await mock.messages.list();
  expect(english).toMatchObject({
    language: "en",
    text: `Your verification code is ${english?.code}. It is valid for 5 minutes.`,
  });
  expect(chinese).toMatchObject({ language: "zh", text: `验证码:${chinese?.code},5分钟内有效。` });
});

test("the address is accepted in any case, and the message goes to it in lower case", async () => {
  const { mock, send } = prepared();
  expect(await send("ZhangSan@QQ.com", SCENE)).toEqual(DONE);
  expect(await mock.messages.list()).toMatchObject([{ to: "zhangsan@qq.com" }]);
  await expect(mock.messages.list({ to: "ZHANGSAN@qq.com" })).resolves.toHaveLength(1);
});

test.each(["REGISTER_EMS", "LOGIN_EMS", "FORGET_PWD_EMS", "BIND_EMAIL_EMS", "UPDATE_PWD_EMS", "UPDATE_EMAIL_EMS"])(
  "the address of an account gets a code for scene %s",
  async (scene) => {
    const { mock, send } = prepared();
    await mock.accounts.create({ email: ADDRESS });
    expect(await send(ADDRESS, scene)).toEqual(DONE);
    expect(await mock.messages.list()).toMatchObject([{ channel: "email", to: ADDRESS, scene }]);
  },
);

test.each(["REGISTER_EMS", "BIND_EMAIL_EMS", "UPDATE_EMAIL_EMS"])(
  "an unknown address gets a code for scene %s",
  async (scene) => {
    const { mock, send } = prepared();
    expect(await send(ADDRESS, scene)).toEqual(DONE);
    expect(await mock.messages.list()).toMatchObject([{ scene }]);
  },
);

test.each([
  "CHANGE_PWD_EMS",
  "MFA_AUTH_EMS",
  "UPDATE_MOBILE_SMS",
  "REGISTER_SMS",
  "update_email_ems",
  " UPDATE_EMAIL_EMS",
  "constructor",
  "__proto__",
  "toString",
  "hasOwnProperty",
])("%s is not a scene of the e-mail channel", async (scene) => {
  const { mock, send } = prepared();
  expect(await send(ADDRESS, scene)).toEqual(UNKNOWN_SCENE);
  expect(await lastDecision(mock)).toBe("scene-unknown");
  expect(await send(ADDRESS, scene, { "x-l": "zh" })).toEqual(UNKNOWN_SCENE_ZH);
  expect(await mock.messages.list()).toEqual([]);
});

test.each([
  ["email", "USER.0005", "E-mail cannot be empty"],
  ["type", "PARAM.0007", "Send scene cannot be empty"],
  ["captcha_token", "PARAM.0008", "Graphic verification code verification pass token cannot be empty"],
])("%s is reported as missing when it is absent, blank or not a text", async (name, code, text) => {
  const attempt = await goodAttempt(EMAIL);
  for (const value of [undefined, "", " \t", null, 15_201_657_312, true, {}, ["x"]]) {
    const body = { ...attempt.body, [name]: value };
    expect(await attempted({ ...attempt, body }), JSON.stringify(value)).toEqual(refusal(code, text));
  }
  expect(await attempted(attempt)).toEqual(DONE);
});

test("an empty request reports the missing e-mail address first", async () => {
  const missing = refusal("USER.0005", "E-mail cannot be empty");
  expect(await api(stillMock())("email/send", {})).toEqual(missing);
  expect(await api(stillMock())("email/send", "")).toEqual(missing);
});

test("a mobile number in place of the address is ignored", async () => {
  const { mock } = prepared();
  const captcha_token = await mock.captcha.issueToken({ sender: "15201657312" });
  expect(await api(mock)("email/send", { mobile: "15201657312", type: SCENE, captcha_token })).toEqual(
    refusal("USER.0005", "E-mail cannot be empty"),
  );
});
