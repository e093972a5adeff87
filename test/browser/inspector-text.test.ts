/** The inspector shows all data of requests and accounts as text, even if it looks like markup. */
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import type { Mock } from "../../mocks/index.ts";
import { inspected } from "../support/browser/inspector.ts";
import { DEVICE, stillMock } from "../support/mock/api.ts";

/** Texts that print "pwned" if one becomes markup, a style or a URL. */
const ATTACKS = [
  "<script>alert('pwned')</script>",
  "<img src=x onerror=alert('pwned')>",
  '"><svg onload=alert("pwned")>',
  "</span><iframe srcdoc='<script>parent.alert(1)</script>'></iframe>",
  "javascript:alert('pwned')",
  "{{constructor.constructor('alert(1)')()}}",
  "<style>body{display:none}</style>",
  "'onfocus=alert(1) autofocus='",
  "\u202Egpj.exe\u0000\u0007&lt;b&gt;&amp;",
];

const FOREIGN =
  "script:not([src]), img, svg, iframe, object, embed, style, link:not([rel]), b, [onerror], [onload], [onfocus], [autofocus]";

/** Opens each view; returns all visible text. Fails if an attack became more than text, or opened a dialog. */
async function seenEverywhere(page: Page, url: string, sandbox = ""): Promise<string> {
  const dialogs: string[] = [];
  page.on("dialog", (dialog) => {
    dialogs.push(dialog.message());
    return dialog.dismiss();
  });
  const texts: string[] = [];
  for (const view of ["inbox", "journal", "accounts", "faults", "catalogue", "policy", "sandboxes"]) {
    await page.goto(`${url}/__testkit/#${new URLSearchParams({ view, sandbox })}`);
    await page.locator("[data-state=live]").waitFor();
    await page.locator("main li, main .empty:not([hidden])").first().waitFor();
    const summaries = await page.locator("summary").all();
    for (const summary of summaries) await summary.click();
    await expect.poll(() => page.locator(".exchange-details").count()).toBe(summaries.length);
    texts.push(await page.locator("body").evaluate((body) => body.textContent ?? ""));
    texts.push(
      ...(await page
        .locator("input, textarea")
        .evaluateAll((fields) => fields.map((one) => (one as HTMLInputElement).value))),
    );
    expect(await page.locator(`body :is(${FOREIGN})`).count(), view).toBe(0);
  }
  expect(dialogs).toEqual([]);
  return texts.join("\n");
}

async function everywhereIn(mock: Mock, url: string, attack: string): Promise<void> {
  const printable = encodeURIComponent(attack);
  const headers = { ...DEVICE, "x-client-id": mock.clientId, "content-type": "application/json" };
  const onWire = attack.replace(/[^\u0020-\u007e]/g, "");
  await fetch(`${url}/api/v2/sdk/sms/send?next=${printable}`, {
    method: "POST",
    headers: { ...headers, "x-agent": onWire, "x-attack": onWire },
    body: JSON.stringify({
      mobile: attack,
      type: attack,
      captcha_token: attack,
      [attack]: [attack, { [attack]: attack }],
    }),
  });
  await fetch(`${url}/api/v2/sdk/${printable}`, { headers });
  await fetch(`${url}/api/v2/sdk/sms/send`, {
    method: "POST",
    headers: { ...headers, "x-client-id": onWire },
    body: attack,
  });
  await mock.accounts.create({ name: attack, username: attack });
  await mock.faults.add({ operation: "getCaptcha", status: 200, body: attack });
  await mock.faults.add({ operation: "sendEmail", status: 200, body: { [attack]: attack } });
}

test("markup in numbers, names, headers, paths, queries, bodies, client ids and faults is shown as text", async (context) => {
  const mock = stillMock();
  const { page, url } = await inspected(context, mock);
  for (const attack of ATTACKS) await everywhereIn(mock, url, attack);
  await mock.policy.patch({ password_weak_list: ATTACKS, pinned_code: "<b>1</b>" });
  await mock.codes.plant({ to: "13800000001", scene: "LOGIN_SMS" });
  const seen = await seenEverywhere(page, url);
  expect(ATTACKS.filter((attack) => !seen.includes(attack))).toEqual([]);
});

test("the response of a fault is shown as text in the journal", async (context) => {
  const mock = stillMock();
  const { page, url } = await inspected(context, mock);
  for (const attack of ATTACKS) {
    await mock.faults.add({ operation: "getCaptcha", status: 200, body: { error_code: attack, [attack]: attack } });
    await fetch(`${url}/api/v2/sdk/captcha`, { headers: { ...DEVICE, "x-client-id": mock.clientId } });
  }
  const seen = await seenEverywhere(page, url);
  expect(ATTACKS.filter((attack) => !seen.includes(JSON.stringify(attack)))).toEqual([]);
});

test("a sandbox name in the URL is shown as text, whether the sandbox exists or not", {
  timeout: 60_000,
}, async (context) => {
  const { page, url } = await inspected(context, stillMock());
  for (const attack of ATTACKS) {
    await page.goto(`${url}/__testkit/#${new URLSearchParams({ sandbox: attack, view: attack })}`);
    await page.reload();
    await page.locator("[data-state=gone], [data-state=lost]").waitFor();
    expect(await page.locator(`body :is(${FOREIGN})`).count()).toBe(0);
  }
});

test("a default sandbox with markup in its name is shown as text", async (context) => {
  const clientId = "<img src=x onerror=alert(1)>";
  const { page, url } = await inspected(context, stillMock({ clientId }));
  expect(await seenEverywhere(page, url)).toContain(clientId);
});

test("the server's error message is shown as text", async (context) => {
  const mock = stillMock();
  const { page } = await inspected(context, mock, { at: "view=accounts" });
  await page.getByRole("button", { name: "New account" }).click();
  await page.getByRole("dialog").getByLabel("Mobile").fill("<img src=x onerror=alert(1)>");
  await page.getByRole("button", { name: "Create" }).click();
  await page.getByText("mobile is malformed").waitFor();
  expect(await page.locator("img").count()).toBe(0);
});

test("the browser refuses to turn text into markup on this page", async (context) => {
  const { page } = await inspected(context, stillMock());
  const refused = await page.evaluate(() => {
    try {
      document.body.innerHTML = "<b>pwned</b>";
      return "";
    } catch (error) {
      return String(error);
    }
  });
  expect(refused).toContain("TrustedHTML");
});
