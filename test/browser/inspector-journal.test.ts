/** The inspector's journal, as a person uses it. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import type { Exchange, Mock } from "../../mocks/index.ts";
import { clipboard, inspected, press, shown } from "../support/browser/inspector.ts";
import { api, DEVICE, MOBILE, sendSms, signedInAccount, stillMock } from "../support/mock/api.ts";

const sh = promisify(execFile);

/** The request as the mock sees it, without the headers that curl adds. */
function repeated({ request: { headers, ...request }, decidedBy, why }: Exchange) {
  const own = new Set([
    "host",
    "connection",
    "content-length",
    "accept-encoding",
    "accept",
    "user-agent",
    "accept-language",
  ]);
  const kept = Object.entries(headers).filter(([name]) => !own.has(name) && !name.startsWith("sec-"));
  return { ...request, headers: Object.fromEntries(kept), decidedBy, why };
}

/** Opens the newest entry, copies its curl line, and runs it in a shell. */
async function runCurl(page: Page, env: NodeJS.ProcessEnv = {}): Promise<string> {
  await page.locator("summary").first().click();
  await press(page, "Copy as curl");
  await page.getByText("Copied.").waitFor();
  const line = await clipboard(page);
  await sh("sh", ["-c", line], { env: { ...process.env, ...env } });
  return line;
}

/** The last two entries, as soon as there are two. */
async function lastTwo(mock: Mock, count: number): Promise<[Exchange, Exchange]> {
  await expect.poll(async () => (await mock.requests.list()).length).toBe(count);
  return (await mock.requests.list()).slice(-2) as [Exchange, Exchange];
}

test("a new request shows its operation, status, error code, deciding check and reason", async (context) => {
  const mock = stillMock();
  const { page } = await inspected(context, mock, { at: "view=journal" });
  await page.getByText("No requests yet.").waitFor();
  await api(mock)("sms/send", { mobile: MOBILE }, { "x-agent": "" });
  await sendSms(mock, MOBILE, "UPDATE_MOBILE_SMS");
  await expect
    .poll(() => shown(page))
    .toEqual([
      "00:00:00 200 sendSms passed every check passed",
      "00:00:00 400 sendSms IDAAS.SDK.PARAM.0001 device-incomplete absent or blank: x-agent",
    ]);
});

test("an injected response is marked", async (context) => {
  const mock = stillMock();
  await mock.faults.add({ operation: "getCaptcha", check: "client-unknown" });
  await api(mock)("captcha");
  const { page } = await inspected(context, mock, { at: "view=journal" });
  await expect
    .poll(() => shown(page))
    .toEqual(["00:00:00 400 getCaptcha IDAAS.SDK.PARAM.0003 injected client-unknown fault 1"]);
});

test("an entry opens to headers and bodies of both sides, with secrets masked", async (context) => {
  const mock = stillMock();
  const { signedIn } = await signedInAccount(mock);
  await api(mock)("profile/update-mobile", { mobile: MOBILE, verify_code: "987654" }, signedIn);
  const { page } = await inspected(context, mock, { at: "view=journal" });
  await page.locator("summary").focus();
  await page.keyboard.press("Enter");
  const details = page.locator(".exchange-details");
  await details.waitFor();
  const text = await details.innerText();
  for (const part of ["POST /api/v2/sdk/profile/update-mobile", "x-device-fingerprint", "156aysdna213sc50", MOBILE]) {
    expect(text).toContain(part);
  }
  expect(text).toContain('"error_code": "IDAAS.SDK.MOBILE.0002"');
  expect(text).toContain('"verify_code": "***"');
  expect(await page.content()).not.toMatch(new RegExp(`987654|${signedIn.authorization.slice(7, 60)}`));
});

test("an open entry stays open while new requests arrive", async (context) => {
  const mock = stillMock();
  await api(mock)("captcha");
  const { page } = await inspected(context, mock, { at: "view=journal" });
  await page.locator("summary").click();
  await api(mock)("captcha");
  await expect.poll(() => page.locator("main > div li").count()).toBe(2);
  expect(await page.locator("details[open]").count()).toBe(1);
});

test("the journal is filtered by operation and by refusal", async (context) => {
  const mock = stillMock();
  await api(mock)("captcha");
  await api(mock)("captcha", undefined, { "x-agent": "" });
  await api(mock)("sms/send", {});
  await api(mock)("nothing").catch(() => undefined);
  const { page } = await inspected(context, mock, { at: "view=journal" });
  const operations = () => page.locator(".operation").allTextContents();
  await expect.poll(operations).toEqual(["GET /api/v2/sdk/nothing", "sendSms", "getCaptcha", "getCaptcha"]);
  await page.getByLabel("Operation", { exact: true }).selectOption("getCaptcha");
  await expect.poll(operations).toEqual(["getCaptcha", "getCaptcha"]);
  await page.getByLabel("Failed requests only").check();
  await expect.poll(() => shown(page)).toEqual([expect.stringContaining("device-incomplete")]);
});

test("the curl line repeats the same request", async (context) => {
  const mock = stillMock();
  const { page, url } = await inspected(context, mock, { at: "view=journal" });
  const headers = { ...DEVICE, "x-client-id": mock.clientId, "x-empty": "", "content-type": "application/json" };
  const body = JSON.stringify({ mobile: MOBILE, type: "UPDATE_MOBILE_SMS", captcha_token: "" });
  await fetch(`${url}/api/v2/sdk/sms/send`, { method: "POST", headers, body });
  await runCurl(page);
  const [first, second] = await lastTwo(mock, 2);
  expect(repeated(second)).toEqual(repeated(first));
});

test("the curl line has a variable for each secret, and the rest is quoted for the shell", async (context) => {
  const mock = stillMock();
  const { page, url } = await inspected(context, mock, { at: "view=journal" });
  const { signedIn } = await signedInAccount(mock);
  const evil = `'$(exit 7)\`id\`"\\n''!*{a,b}[1-2]\n\t; exit 7 #'`;
  const headers = {
    ...{ ...DEVICE, "x-agent": `it's "$HOME" \`id\` \\ $(id) !` },
    ...{ "x-client-id": mock.clientId, "content-type": "application/json", ...signedIn },
  };
  const body = JSON.stringify({ verify_code: "123456", mobile: evil, [`${evil}'`]: [evil, { deep: "'" }, 1, null] });
  await fetch(`${url}/api/v2/sdk/profile/update-mobile/{a,b}[1-2]/%27$(id)/`, { method: "POST", headers, body });
  const secrets = { ID_TOKEN: signedIn.authorization.slice("Bearer ".length), VERIFY_CODE: "123456" };
  const line = await runCurl(page, secrets);
  expect(line).toContain('"authorization: Bearer $ID_TOKEN"');
  expect(line).toContain('"$VERIFY_CODE"');
  expect(line).not.toContain("123456");
  const [first, second] = await lastTwo(mock, 2);
  expect(repeated(second)).toEqual(repeated(first));
});

test("with the variables set, the repeated request has the first one's effect", async (context) => {
  const mock = stillMock();
  const { page, url } = await inspected(context, mock, { at: "view=journal" });
  const { account, signedIn } = await signedInAccount(mock);
  await mock.codes.plant({ to: MOBILE, scene: "UPDATE_MOBILE_SMS", code: "246810" });
  const headers = { ...DEVICE, "x-client-id": mock.clientId, "content-type": "application/json", ...signedIn };
  const body = JSON.stringify({ mobile: MOBILE, verify_code: "000000" });
  await fetch(`${url}/api/v2/sdk/profile/update-mobile`, { method: "POST", headers, body });
  await runCurl(page, { ID_TOKEN: signedIn.authorization.slice("Bearer ".length), VERIFY_CODE: "246810" });
  await lastTwo(mock, 2);
  expect((await mock.accounts.read(account.id)).mobile).toBe(`+86-${MOBILE}`);
});

test("a body that the journal does not keep is also a variable", async (context) => {
  const mock = stillMock();
  const { page, url } = await inspected(context, mock, { at: "view=journal" });
  const headers = { ...DEVICE, "x-client-id": mock.clientId };
  await fetch(`${url}/api/v2/sdk/sms/send`, {
    method: "POST",
    headers: { ...headers, "content-type": "" },
    body: "no JSON",
  });
  const line = await runCurl(page, { BODY: "no JSON" });
  expect(line).toContain('--data-raw "$BODY"');
  const [first, second] = await lastTwo(mock, 2);
  expect(repeated(second)).toEqual(repeated(first));
});

test("for GenAuth the variable is the access token", async (context) => {
  const mock = stillMock();
  const { id } = await mock.accounts.create({ name: "Ada" });
  const { accessToken } = await mock.accounts.issueTokens(id);
  const { page, url } = await inspected(context, mock, { at: "view=journal" });
  const headers = { "x-authing-app-id": mock.clientId, authorization: `Bearer ${accessToken}` };
  await fetch(`${url}/api/v3/get-profile`, { headers });
  expect(await runCurl(page, { ACCESS_TOKEN: accessToken })).toContain("Bearer $ACCESS_TOKEN");
  const [first, second] = await lastTwo(mock, 2);
  expect(repeated(second)).toEqual(repeated(first));
});
