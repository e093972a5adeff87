/** Prism's own mock of the published openapi.yaml returns every documented error for `Prefer: example=<code>`. */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { publishedSpec } from "../../mocks/spec/tools/published-spec.ts";
import { DEVICE } from "../support/mock/api.ts";
import { PROJECT, plainEnvironment, running, scratchFolder } from "../support/package/scratch.ts";
import { genauthWordings, operation } from "../unit/spec/documents.ts";
import { seeds } from "../unit/spec/seeds.ts";

const PATHS: Record<string, string> = {
  sendSms: "sms/send",
  updateMobile: "profile/update-mobile",
  updateEmail: "profile/update-email",
  updatePasswordByMobile: "pwd/update-by-mobile",
};

/** Default values for the placeholders of the printed texts. */
const FILLED: Record<string, readonly [en: string, zh: string]> = {
  "IDAAS.SDK.PWD.0004": [
    "Your password complexity is low, use at least 3 of: upper case letters, lower case letters, digits, special characters",
    "密码复杂度低,至少包含大写字母、小写字母、数字、特殊字符中的3种",
  ],
  "IDAAS.SDK.PWD.0006": ["Number of character repeat in password should not exceed 3", "密码中最大字符重复数不能超过3"],
  "IDAAS.SDK.PWD.0007": ["The password must contain 8 to 18 characters", "密码长度为8~18个字符"],
};

/** Starts Prism's mock of the published openapi.yaml; returns its address. */
async function prismMock(): Promise<string> {
  const folder = await scratchFolder();
  const spec = join(folder, "openapi.yaml");
  await writeFile(spec, await publishedSpec(new URL("../../openapi.yaml", import.meta.url)));
  const cli = join(PROJECT, "node_modules/@stoplight/prism-cli/dist/index.js");
  const prism = running(process.execPath, [cli, "mock", spec, "--port", "0", "--host", "127.0.0.1"], {
    cwd: folder,
    env: { ...plainEnvironment(), SCARF_ANALYTICS: "false" },
  });
  await prism.until("Prism is listening on");
  return /Prism is listening on (\S+)/.exec(prism.printed())?.[1] ?? "";
}

test("prism mock can return every documented error of every operation in both languages", {
  timeout: 60_000,
}, async () => {
  const url = await prismMock();
  for (const { operationId, rows, request } of seeds) {
    const asked = async (example: string) => {
      const response = await fetch(`${url}/api/v2/sdk/${PATHS[operationId]}`, {
        method: "POST",
        headers: {
          ...DEVICE,
          "x-client-id": "nTo1eRIub60vPb54WeE6aojPwYwImtl4",
          "content-type": "application/json",
          authorization: "Bearer x",
          prefer: `code=400, example=${example}`,
        },
        body: JSON.stringify(request),
      });
      return { status: response.status, body: await response.json() };
    };
    for (const { code: error_code, en, zh } of rows) {
      const [english, chinese] = FILLED[error_code] ?? [en, zh];
      expect(await asked(error_code)).toEqual({ status: 400, body: { error_code, error_msg: english } });
      const inChinese = { error_code, error_msg: chinese ?? expect.stringMatching(/\p{Script=Han}/u) };
      expect(await asked(`${error_code}-zh`)).toEqual({ status: 400, body: inChinese });
    }
  }
});

/** For each operation a valid request and the texts of its checks; of several checks with one code, the first. */
const GENAUTH = {
  genauthSendSms: ["POST", "send-sms", { channel: "CHANNEL_LOGIN", phoneNumber: "13800000001" }],
  genauthVerifyUpdatePhoneRequest: [
    "POST",
    "verify-update-phone-request",
    {
      verifyMethod: "PHONE_PASSCODE",
      phonePassCodePayload: { newPhoneNumber: "13800000001", newPhonePassCode: "123456" },
    },
  ],
  genauthUpdatePhone: ["POST", "update-phone", { updatePhoneToken: "xxxx" }],
  genauthGetProfile: ["GET", "get-profile", undefined],
} as const;

test("prism mock can return every GenAuth error code with status 200 in both languages", {
  timeout: 60_000,
}, async () => {
  const url = await prismMock();
  for (const [operationId, [method, path, request]] of Object.entries(GENAUTH)) {
    const asked = async (example: string) => {
      const prefer = `code=200, example=${example}`;
      const response = await fetch(`${url}/api/v3/${path}`, {
        method,
        headers: { "content-type": "application/json", authorization: "x", prefer },
        ...(request === undefined ? {} : { body: JSON.stringify(request) }),
      });
      return { status: response.status, body: await response.json() };
    };
    const checks = operation(operationId)["x-ciam-checks"];
    const wordings = checks.flatMap((check) => genauthWordings.filter(({ name }) => name === check));
    const firsts = wordings.filter(({ code }, index) => wordings.findIndex((one) => one.code === code) === index);
    expect(firsts.length).toBeGreaterThan(3);
    for (const { code, statusCode, apiCode, message } of firsts) {
      const body = { statusCode, ...(apiCode === undefined ? {} : { apiCode }) };
      // A slash has a meaning in a JSON reference.
      const example = code.replace("/", "-");
      expect(await asked(example)).toEqual({ status: 200, body: { ...body, message: message.en } });
      expect(await asked(`${example}-zh`)).toEqual({ status: 200, body: { ...body, message: message.zh } });
    }
  }
});
