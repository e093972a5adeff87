/** The inbox over HTTP: the listed messages and their order. messages-wait.test.ts covers waiting. */
import { expect, test } from "vitest";
import { MOBILE, requestSms, sendSms, stillMock } from "../../support/mock/api.ts";
import { controlHttp, type Input } from "../../support/mock/control-http.ts";
import { EMAIL, sendCode } from "../../support/mock/sending.ts";

/** Five messages to two numbers and an address, of three scenes. */
async function prepared() {
  const mock = stillMock();
  const { done } = controlHttp(mock);
  await sendSms(mock, MOBILE, "BIND_MOBILE_SMS");
  await sendSms(mock, MOBILE, "UPDATE_MOBILE_SMS");
  await sendSms(mock, "13800000002", "BIND_MOBILE_SMS");
  await sendCode(mock, EMAIL, { receiver: "ZhangSan@QQ.com" });
  await mock.clock.advance({ minutes: 2 });
  await sendSms(mock, MOBILE, "BIND_MOBILE_SMS");
  const ids = async (query: Input["query"] = {}) =>
    (await done("listMessages", { query })).messages.map(({ id }) => id);
  return { mock, done, ids };
}

test("messages are listed oldest first, numbered from 1", async () => {
  const { ids, done } = await prepared();
  expect(await ids()).toEqual(["1", "2", "3", "4", "5"]);
  const { messages } = await done("listMessages");
  const times = messages.map(({ sent_at }) => sent_at);
  expect(times).toEqual(times.toSorted());
  expect(times.at(-1)).toBe("2026-01-01T00:02:00.000Z");
});

test.each(["15201657312", "+8615201657312", "+86-15201657312", "-15201657312"])(
  "the filter %s finds the messages to that number in any spelling",
  async (to) => {
    const { ids } = await prepared();
    expect(await ids({ to })).toEqual(["1", "2", "5"]);
  },
);

test.each(["zhangsan@qq.com", "ZHANGSAN@QQ.COM"])("the filter %s finds the messages to that address", async (to) => {
  const { ids } = await prepared();
  expect(await ids({ to })).toEqual(["4"]);
});

test.each(["13800000003", "nobody@qq.com", "1520165731", "%", "*", " "])(
  "the filter %j finds no message",
  async (to) => {
    const { ids } = await prepared();
    expect(await ids({ to })).toEqual([]);
  },
);

test("the scene filter finds the messages of exactly that scene", async () => {
  const { ids } = await prepared();
  expect(await ids({ scene: "BIND_MOBILE_SMS" })).toEqual(["1", "3", "5"]);
  expect(await ids({ scene: "UPDATE_EMAIL_EMS" })).toEqual(["4"]);
  expect(await ids({ scene: "BIND_MOBILE" })).toEqual([]);
  expect(await ids({ scene: "bind_mobile_sms" })).toEqual([]);
});

test("the after filter finds the later messages", async () => {
  const { ids } = await prepared();
  expect(await ids({ after: "0" })).toEqual(["1", "2", "3", "4", "5"]);
  expect(await ids({ after: "3" })).toEqual(["4", "5"]);
  expect(await ids({ after: "5" })).toEqual([]);
  expect(await ids({ after: "999999999999999" })).toEqual([]);
});

test("a message must match all filters", async () => {
  const { ids } = await prepared();
  expect(await ids({ to: MOBILE, scene: "BIND_MOBILE_SMS" })).toEqual(["1", "5"]);
  expect(await ids({ to: MOBILE, scene: "BIND_MOBILE_SMS", after: "1" })).toEqual(["5"]);
  expect(await ids({ to: "13800000002", scene: "UPDATE_MOBILE_SMS" })).toEqual([]);
});

test("a planted code is not a message", async () => {
  const { mock, ids } = await prepared();
  await mock.codes.plant({ to: MOBILE, scene: "LOGIN_SMS" });
  expect(await ids({ after: "5" })).toEqual([]);
});

test("a refused send leaves no message", async () => {
  const { mock, ids } = await prepared();
  expect(await requestSms(mock, MOBILE, "BIND_MOBILE_SMS")).toMatchObject({ status: 400 });
  expect(await ids({ after: "5" })).toEqual([]);
});

test("the last thousand messages are kept, and their ids continue", async () => {
  const mock = stillMock();
  await mock.policy.patch({ code_resend_seconds: 0, code_daily_limit: 10_000 });
  for (let count = 0; count < 1_005; count++) await sendSms(mock, MOBILE, "BIND_MOBILE_SMS");
  const { messages } = await controlHttp(mock).done("listMessages");
  expect(messages.map(({ id }) => id)).toEqual(Array.from({ length: 1_000 }, (_, index) => String(index + 6)));
});
