/** A preparation that fails is reported as such, and not as what the case is about. */
import { expect, test } from "vitest";
import { exitCode } from "../../contracts/reports/exit-code.ts";
import { runAll } from "../../contracts/runner/run-all.ts";
import { packagedSpec } from "../../contracts/spec/spec-file.ts";
import { controlTarget } from "../../contracts/target/control-target.ts";
import { newBackend } from "../foreign/backend.ts";
import { CAPABILITIES, type Options, withOptions } from "../foreign/options.ts";
import { EVERYTHING } from "../foreign/presets.ts";

const BASE = "http://foreign.test";
/** Codes come through the API. */
const SENT: Options = { capabilities: CAPABILITIES.filter((name) => name !== "codes") };
const CASES = ["updateMobile/success", "updateMobile/mobile-taken"];

/** Another response than the usual one; undefined leaves it. */
type Answer = (
  path: string,
  init: RequestInit,
  usual: () => Promise<Response>,
) => Response | undefined | Promise<Response | undefined>;

async function ran(answer: Answer, only: readonly string[] = CASES, options = SENT) {
  const backend = newBackend({ choices: withOptions(EVERYTHING, options) });
  const fetch = async (url: string, init: RequestInit) =>
    (await answer(url.slice(BASE.length), init, () => backend.fetch(url, init))) ?? backend.fetch(url, init);
  const source = () => controlTarget({ baseUrl: BASE, clientId: backend.clientId, fetch });
  return runAll(packagedSpec(), source, { seed: "preparation", version: "0", only });
}

/** Answers requests that send a code for a change of the number. */
function toSending(response: () => Response): Answer {
  return (path, { body }) =>
    path.endsWith("/sms/send") && String(body).includes("UPDATE_MOBILE_SMS") ? response() : undefined;
}

test("a scene that the sender does not know blocks the cases, and the reason names operation, scene and response", async () => {
  const refusal = { error_code: "IDAAS.SDK.CAPTCHA.0005", error_msg: "Unknown sending scenario" };
  const report = await ran(toSending(() => Response.json(refusal, { status: 400 })));
  for (const { outcome, reason, exchanges } of report.cases) {
    expect(outcome).toBe("blocked");
    expect(reason).toBe(
      "Preparation failed: sendSms for UPDATE_MOBILE_SMS returned 400 IDAAS.SDK.CAPTCHA.0005, so this case could not be tested",
    );
    expect(exchanges.at(-1)?.operation).toBe("sendSms");
  }
});

test("a code that does not arrive blocks the cases", async () => {
  const report = await ran(toSending(() => new Response(null)));
  for (const { outcome, reason } of report.cases) {
    expect([outcome, reason]).toEqual([
      "blocked",
      "Preparation failed: sendSms for UPDATE_MOBILE_SMS returned 200, but no code arrived, so this case could not be tested",
    ]);
  }
}, 60_000);

test("a server error in a preparation fails the case, and the reason names the preparation", async () => {
  const report = await ran(toSending(() => new Response("oops", { status: 500 })));
  for (const { outcome, reason } of report.cases) {
    expect(outcome).toBe("failed");
    expect(reason).toBe("status (preparation by sendSms): expected no server error (status below 500), got 500");
  }
  expect(exitCode(report)).toBe(1);
});

test("a captcha that cannot be solved blocks the cases that need its token", async () => {
  const refusal = { error_code: "IDAAS.SDK.CAPTCHA.0002", error_msg: "Graphic verification code verification failed" };
  const answer: Answer = (path) =>
    path.endsWith("/captcha/verify") ? Response.json(refusal, { status: 400 }) : undefined;
  const capabilities = CAPABILITIES.filter((name) => name !== "captcha-tokens");
  const report = await ran(answer, ["sendSms/success", "verifyCaptcha/success"], { capabilities });
  expect(report.cases.map(({ id, outcome }) => [id, outcome])).toEqual([
    ["verifyCaptcha/success", "failed"],
    ["sendSms/success", "blocked"],
  ]);
  expect(report.cases[1]?.reason).toBe(
    "Preparation failed: verifyCaptcha returned 400 without a captcha_token, so this case could not be tested",
  );
  expect(exitCode(report)).toBe(1);
});

test("a mistake in the form of a preparation is a mistake of its own operation", async () => {
  const answer: Answer = async (path, _init, usual) => {
    if (!path.endsWith("/sms/send")) return undefined;
    const response = await usual();
    return response.ok ? Response.json({ sent: true }) : response;
  };
  const report = await ran(answer, [...CASES, "sendSms/form", "sendSms/success"]);
  const failed = report.cases.filter(({ outcome }) => outcome === "failed").map(({ id }) => id);
  expect(failed).toEqual(["sendSms/form"]);
  // Without the form case, the reason says where the mistake is.
  for (const { reason } of (await ran(answer)).cases)
    expect(reason).toMatch(/^body of a success \(preparation by sendSms\): expected no body, got /);
});

test("codes that only an absent operation could send block the cases, with what to offer", async () => {
  const options: Options = {
    ...SENT,
    dialects: ["bamboocloud"],
    operations: ["updateEmail", "getCaptcha", "verifyCaptcha"],
  };
  const report = await ran(() => undefined, ["updateEmail/success", "updateEmail/email-taken"], options);
  for (const { outcome, reason } of report.cases) {
    expect([outcome, reason]).toEqual([
      "blocked",
      'the target does not offer codes of UPDATE_EMAIL_EMS: it has no sendEmail; offer "codes"',
    ]);
  }
  const without = await ran(() => undefined, ["sendSms/success"], {
    capabilities: CAPABILITIES.filter((name) => name !== "captcha-tokens"),
    dialects: ["bamboocloud"],
    operations: ["sendSms", "getCaptcha"],
  });
  expect(without.cases[0]).toMatchObject({
    outcome: "blocked",
    reason: 'the target does not offer captcha tokens: it has no verifyCaptcha; offer "captcha-tokens"',
  });
});

test.each<[string, Options, string, string]>([
  [
    "a policy key",
    { controlRefusals: { "policy password_weak_list": 400 } },
    "updatePasswordByMobile/password-weak",
    "the policy key password_weak_list: PATCH policy returned 400",
  ],
  [
    "a policy value",
    { controlRefusals: { "policy send_to_unknown=fail": 501 } },
    "sendSms/receiver-unknown",
    "the policy key send_to_unknown: PATCH policy returned 501",
  ],
  [
    "a fault",
    { controlRefusals: { "fault gateway-down": 400, "fault IDAAS.SDK.CAPTCHA.0006": 404 } },
    "sendSms/gateway-down",
    "the fault gateway-down for sendSms: POST faults returned 404",
  ],
  [
    "expired tokens",
    { controlRefusals: { "expired tokens": 501 } },
    "updateMobile/id-token-expired",
    "expired tokens: POST accounts/{id}/tokens returned 501",
  ],
  [
    "expired codes",
    { controlRefusals: { "expired codes": 404 } },
    "updateMobile/code-expired",
    "expired codes: POST codes returned 404",
  ],
  [
    "expired captcha tokens",
    { controlRefusals: { "expired captcha-tokens": 400 } },
    "sendSms/captcha-token-expired",
    "expired captcha tokens: POST captcha-tokens returned 400",
  ],
  [
    "changes of the policy",
    { policyCanChange: false, notOffered: 501 },
    "updatePasswordByMobile/password-weak",
    "changes of its policy: PATCH policy returned 501",
  ],
])("a target that does not offer %s blocks the case, and the run succeeds", async (_what, options, id, words) => {
  const report = await ran(() => undefined, [id, "updateMobile/success"], options);
  expect(report.cases.find((one) => one.id === id)).toMatchObject({
    outcome: "blocked",
    reason: expect.stringContaining(`the target does not offer ${words}`),
  });
  expect(report.cases.find((one) => one.id === "updateMobile/success")?.outcome).toBe("passed");
  expect({ inconclusive: report.inconclusive, code: exitCode(report) }).toEqual({ inconclusive: null, code: 0 });
});
