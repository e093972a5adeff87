/** The policy keys of GenAuth over the control protocol: their place, their values, and refused ones. */
import { expect, test } from "vitest";
import { stillMock } from "../../../support/mock/api.ts";
import { controlHttp } from "../../../support/mock/control-http.ts";

const DEFAULTS = {
  update_phone_token_ttl_seconds: 60,
  genauth_http_status: "always-200",
  genauth_new_phone_channels: ["CHANNEL_BIND_PHONE"],
  genauth_old_phone_channels: ["CHANNEL_UNBIND_PHONE", "CHANNEL_BIND_PHONE"],
  genauth_require_old_phone: true,
  genauth_require_app_id: true,
};

function prepared() {
  const mock = stillMock();
  const { done, refused } = controlHttp(mock);
  const patch = (body: object) => done("patchPolicy", { body });
  return { mock, patch, read: () => done("readPolicy"), refused };
}

test("GenAuth keys are among the common keys with their defaults, under no dialect name", async () => {
  const { read } = prepared();
  const policy = await read();
  expect(policy).toMatchObject(DEFAULTS);
  expect(policy.bamboocloud).toBeUndefined();
  expect(policy.genauth).toEqual({ code_ttl_seconds: 60 });
  expect(policy.code_ttl_seconds).toBe(300);
});

test.each(Object.keys(DEFAULTS))("%s can be set directly or under the dialect's name, and reset", async (key) => {
  const other = {
    ...{ update_phone_token_ttl_seconds: 90, genauth_http_status: "mirror", genauth_require_old_phone: false },
    ...{
      genauth_require_app_id: false,
      genauth_new_phone_channels: ["CHANNEL_LOGIN"],
      genauth_old_phone_channels: ["CHANNEL_LOGIN"],
    },
  }[key];
  const { patch, read } = prepared();
  const before = await read();
  expect(await patch({ [key]: other })).toEqual({ ...before, [key]: other });
  expect(await patch({ [key]: null })).toEqual(before);
  expect(await patch({ genauth: { [key]: other } })).toEqual({ ...before, [key]: other });
  expect(await patch({ genauth: { [key]: null } })).toEqual(before);
});

test("a key of both dialects can be set for one, and the other keeps the common value", async () => {
  const { patch } = prepared();
  expect(await patch({ genauth: { code_length: 4 } })).toMatchObject({ code_length: 6, genauth: { code_length: 4 } });
  expect(await patch({ code_length: 8 })).toMatchObject({ code_length: 8, genauth: { code_length: 4 } });
});

test("a common value overrides the dialect's own default until it is reset", async () => {
  const { mock, patch, read } = prepared();
  const before = await read();
  const after = await patch({ code_ttl_seconds: 120 });
  expect(after).toMatchObject({ code_ttl_seconds: 120 });
  expect(after.genauth).toBeUndefined();
  expect(await patch({ code_ttl_seconds: null })).toEqual(before);
  expect(await mock.policy.read()).toEqual(before);
});

test.each([
  [{ genauth_http_status: "always-400" }, "genauth_http_status"],
  [{ genauth: { genauth_http_status: true } }, "genauth_http_status"],
  [{ genauth_new_phone_channels: [] }, "genauth_new_phone_channels"],
  [{ genauth_old_phone_channels: "CHANNEL_LOGIN" }, "genauth_old_phone_channels"],
  [{ genauth_old_phone_channels: ["UPDATE_MOBILE_SMS"] }, "genauth_old_phone_channels"],
  [{ genauth_require_old_phone: "false" }, "genauth_require_old_phone"],
  [{ genauth_require_app_id: "no" }, "genauth_require_app_id"],
  [{ update_phone_token_ttl_seconds: 0 }, "update_phone_token_ttl_seconds"],
])("%j is refused and nothing changes", async (body, key) => {
  const { refused } = prepared();
  expect(await refused("patchPolicy", { body })).toMatchObject({ status: 400, detail: expect.stringContaining(key) });
});
