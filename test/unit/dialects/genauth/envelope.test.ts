/** The envelope of GenAuth: HTTP 200 or, by policy, statusCode as the HTTP status; requestId; the language of the message. */
import { expect, test } from "vitest";
import type { Mock } from "../../../../mocks/index.ts";
import { VERIFY_MISTAKES } from "../../../support/genauth/call-mistakes.ts";
import {
  BIND,
  CHINESE,
  genauth,
  NEW_PHONE,
  refused,
  success,
  updatingPhone,
  verifying,
} from "../../../support/genauth/genauth.ts";
import { api, type Reply, refusal, stillMock } from "../../../support/mock/api.ts";

test.each(VERIFY_MISTAKES)(
  "under policy genauth_http_status mirror, the HTTP status of $check equals its statusCode",
  async (mistake) => {
    const situation = await verifying();
    await situation.mock.policy.patch({ genauth_http_status: "mirror" });
    const change = await mistake.spoil(situation);
    const status = Number(mistake.code.split("/")[0]);
    expect(status).not.toBe(200);
    expect(await situation.send(change)).toEqual(refused(mistake.code, mistake.en, status));
  },
);

test("a success has status 200 under either policy", async () => {
  const { mock, send } = await updatingPhone();
  await mock.policy.patch({ genauth: { genauth_http_status: "mirror" } });
  expect(await send()).toEqual(success({ success: true }));
  await mock.policy.patch({ genauth: { genauth_http_status: null } });
  expect(await send()).toMatchObject({ status: 200, body: { statusCode: 400 } });
});

test("mirror does not affect the other dialect or another sandbox", async () => {
  const mock = stillMock();
  const other = await mock.sandboxes.create();
  await mock.policy.patch({ genauth_http_status: "mirror" });
  expect(await genauth(mock)("get-profile")).toMatchObject({ status: 401 });
  expect(await genauth(mock, other)("get-profile")).toMatchObject({ status: 200, body: { statusCode: 401 } });
  const missing = refusal("PARAM.0015", "IdToken cannot be empty");
  expect(await api(mock)("profile/update-mobile", {})).toEqual(missing);
});

/** Successes and refusals of each operation; their requestIds. */
async function requestIds(mock: Mock): Promise<unknown[]> {
  const send = genauth(mock);
  const replies: Reply[] = [];
  for (let round = 0; round < 5; round++) {
    replies.push(await send("send-sms", { channel: BIND, phoneNumber: `1380000100${round}` }));
    for (const path of ["send-sms", "verify-update-phone-request", "update-phone"]) replies.push(await send(path, {}));
    replies.push(await send("get-profile"));
  }
  return replies.map(({ body }) => (body as { requestId: unknown }).requestId);
}

const UUID_V4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

test("every response has its own requestId, a UUID of version 4", async () => {
  const ids = await requestIds(stillMock());
  expect(new Set(ids).size).toBe(25);
  for (const id of ids) expect(id).toMatch(UUID_V4);
});

test("the same run gives the same requestIds, another seed gives others", async () => {
  const ids = await requestIds(stillMock({ seed: "one" }));
  expect(await requestIds(stillMock({ seed: "one" }))).toEqual(ids);
  expect((await requestIds(stillMock({ seed: "two" }))).filter((id) => ids.includes(id))).toEqual([]);
});

test("a reset does not repeat a requestId", async () => {
  const mock = stillMock();
  const ids = await requestIds(mock);
  await mock.reset();
  expect((await requestIds(mock)).filter((id) => ids.includes(id))).toEqual([]);
});

const ENGLISH = { statusCode: 401, message: "Not signed in, no permission for this request" };
const IN_CHINESE = { statusCode: 401, message: "尚未登录，无权限访问此请求" };

test.each(["zh-CN", "zh", "zh-TW", "ZH_cn", "zh-Hans-CN", " zh "])(
  "x-authing-lang %s selects Chinese",
  async (language) => {
    const headers = { "x-authing-lang": language };
    expect(await genauth(stillMock())("get-profile", undefined, headers)).toMatchObject({ body: IN_CHINESE });
  },
);

test.each(["en-US", "en", "ja-JP", "fr", "cmn-zh", "  ", ""])(
  "x-authing-lang '%s' selects English",
  async (language) => {
    const headers = { "x-authing-lang": language };
    expect(await genauth(stillMock())("get-profile", undefined, headers)).toMatchObject({ body: ENGLISH });
  },
);

test("X-L and Accept-Language are ignored", async () => {
  const headers = { "x-l": "zh", "accept-language": "zh-CN" };
  expect(await genauth(stillMock())("get-profile", undefined, headers)).toMatchObject({ body: ENGLISH });
});

test.each([
  ["", IN_CHINESE],
  ["ja-JP", IN_CHINESE],
  ["en-US", ENGLISH],
])("under policy default_language zh, x-authing-lang '%s' selects this language", async (language, body) => {
  const mock = stillMock();
  await mock.policy.patch({ genauth: { default_language: "zh" } });
  expect(await genauth(mock)("get-profile", undefined, { "x-authing-lang": language })).toMatchObject({ body });
  expect(await api(mock)("profile/update-mobile", {})).toEqual(refusal("PARAM.0015", "IdToken cannot be empty"));
});

test("a success message is in the language of the request", async () => {
  const mock = stillMock();
  const reply = await genauth(mock)("send-sms", { channel: BIND, phoneNumber: NEW_PHONE }, CHINESE);
  expect(reply).toMatchObject({ body: { statusCode: 200, message: "操作成功" } });
});
