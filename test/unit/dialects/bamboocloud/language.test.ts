/** The header X-L: the language of errors and messages. */
import { expect, test } from "vitest";
import { api, DONE, refusal, stillMock } from "../../../support/mock/api.ts";
import { SMS, sendCode } from "../../../support/mock/sending.ts";

const ENGLISH = refusal("USER.0004", "Mobile number cannot be empty");
const CHINESE = refusal("USER.0004", "手机号不能为空");

test.each(["zh", "zh-CN", "zh_CN", "zh-TW", "zh_TW", "zh-Hans-CN", "ZH", "Zh-cn", " zh "])(
  "X-L %s selects Chinese",
  async (language) => {
    const mock = stillMock();
    expect(await api(mock)("sms/send", {}, { "x-l": language })).toEqual(CHINESE);
    expect(await sendCode(mock, SMS, {}, { "x-l": language })).toEqual(DONE);
    const { language: written, code, text } = await mock.messages.wait({ to: SMS.receiver });
    expect([written, text]).toEqual(["zh", `验证码:${code},5分钟内有效。`]);
  },
);

test.each([
  ["en", "en"],
  ["en-US", "en-US"],
  ["fr", "fr"],
  ["cmn-zh", "cmn-zh"],
  ["中文 in percent signs", "%E4%B8%AD%E6%96%87"],
  ["that is blank", "  "],
  ["that is absent", ""],
])("X-L %s selects English", async (_what, language) => {
  const mock = stillMock();
  expect(await api(mock)("sms/send", {}, { "x-l": language })).toEqual(ENGLISH);
  expect(await sendCode(mock, SMS, {}, { "x-l": language })).toEqual(DONE);
  const { language: written, code, text } = await mock.messages.wait({ to: SMS.receiver });
  expect([written, text]).toEqual(["en", `Your verification code is ${code}. It is valid for 5 minutes.`]);
});

test.each([
  ["absent", ""],
  ["blank", "  "],
  ["fr", "fr"],
  ["zh", "zh"],
])("under policy default_language zh, X-L %s selects Chinese", async (_what, language) => {
  const mock = stillMock();
  await mock.policy.patch({ default_language: "zh" });
  expect(await api(mock)("sms/send", {}, { "x-l": language })).toEqual(CHINESE);
  expect(await sendCode(mock, SMS, {}, { "x-l": language })).toEqual(DONE);
  expect(await mock.messages.list()).toMatchObject([{ language: "zh" }]);
});

test.each(["en", "EN", "en-US"])("under policy default_language zh, X-L %s still selects English", async (language) => {
  const mock = stillMock();
  await mock.policy.patch({ default_language: "zh" });
  expect(await api(mock)("sms/send", {}, { "x-l": language })).toEqual(ENGLISH);
});

test("policy default_language applies to one sandbox, and null resets it", async () => {
  const mock = stillMock();
  const other = await mock.sandboxes.create();
  await other.policy.patch({ default_language: "zh" });
  expect(await api(mock)("sms/send", {})).toEqual(ENGLISH);
  expect(await api(mock, other)("sms/send", {})).toEqual(CHINESE);
  await other.policy.patch({ default_language: null });
  expect(await api(mock, other)("sms/send", {})).toEqual(ENGLISH);
});

test("a request without a client id gets the default sandbox's language", async () => {
  const mock = stillMock();
  await mock.policy.patch({ default_language: "zh" });
  expect(await api(mock)("captcha", undefined, { "x-client-id": "" })).toEqual(
    refusal("PARAM.0002", "clientId不能为空"),
  );
});
