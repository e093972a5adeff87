/** What the example app keeps after a reload, after a hot update, and without a network. */
import { expect, test } from "vitest";
import { editedApp } from "../../support/browser/edited-app.ts";
import { visit, visitAt } from "../../support/browser/example-app.ts";

/** On the page's own `window`, so it is lost in a reload. */
const MARK = "window.notReloaded";

test("after a reload the login and the new number remain, and a sent code still works", async (context) => {
  const { page, person, code } = await visit(context, "worker of msw 3");
  await person.signIn("13800000000", code);
  await person.open("changeMobile");
  await person.fill({ newMobile: "15201657312" });
  await person.sendCode();
  await person.fill({ code: await code("15201657312") });
  await person.press("changeMobile");
  await person.sees(person.who, "15201657312");
  await person.open("changeEmail");
  await person.fill({ newEmail: "new@example.com" });
  await person.sendCode();

  await page.reload();
  await person.sees(person.who, "15201657312");
  await person.open("changeEmail");
  await person.fill({ newEmail: "new@example.com", code: await code("new@example.com") });
  await person.press("changeEmail");
  await person.sees(person.done, "Your e-mail address is changed.");
});

test("once loaded, the page works without any network", async (context) => {
  const { context: browser, person, code } = await visit(context, "worker of msw 3");
  // The dev server is a network too: by now the mock has loaded its lazy parts.
  await person.signIn("13800000000", code);
  await browser.setOffline(true);
  await person.open("changeMobile");
  await person.fill({ newMobile: "15201657312" });
  await person.sendCode();
  await person.fill({ code: await code("15201657312") });
  await person.press("changeMobile");
  await person.sees(person.who, "15201657312");
});

test("a view change appears without a reload and keeps the login and the mock's state", async (context) => {
  const app = await editedApp();
  const { page, person, code, control } = await visitAt(context, app.url);
  await person.signIn("13800000000", code);
  await page.evaluate(`${MARK} = true`);
  await app.edit("texts.ts", "My account", "Our account");
  await page.getByRole("heading", { name: "Our account" }).waitFor();
  expect(await page.evaluate(MARK)).toBe(true);
  expect(await person.who.textContent()).toBe("13800000000");
  expect(await control("requests?operation=loginByMobileCode")).toMatchObject({ requests: [{ decided_by: "passed" }] });
});

test.for(["msw", "msw2"] as const)(
  "after a change of the mocks only the new ones respond, once per request: %s",
  {
    timeout: 60_000,
  },
  async (msw, context) => {
    const app = await editedApp(msw, TELLS_WHO_ANSWERS);
    const { page, person, code, control } = await visitAt(context, app.url);
    await person.signIn("13800000000", code);
    await page.evaluate(`${MARK} = true`);
    await app.edit("mocks.ts", 'heard["old"]', 'heard["new"]');
    await page.waitForFunction("heard.new");
    expect(await page.evaluate(MARK)).toBe(true);

    const before = await page.evaluate("heard.old.length");
    expect(before).toBeGreaterThan(0);
    await person.open("changeMobile");
    await person.fill({ newMobile: "15201657312", code: "123456" });
    await person.press("changeMobile");
    await person.sees(person.alert, "An unauthenticated cell mobile number");
    expect(await page.evaluate("heard")).toEqual({
      old: expect.objectContaining({ length: before }),
      new: ["request"],
    });
    const { requests } = (await control("requests?operation=updateMobile")) as { requests: readonly unknown[] };
    expect(requests).toHaveLength(1);
  },
);

/** Appended to mocks.ts: the requests of the mock that this version of the file created. */
const TELLS_WHO_ANSWERS = `
window.heard ??= {};
const heardHere = (heard["old"] = []);
mock.subscribe(({ type, elsewhere }) => type === "request" && !elsewhere && heardHere.push(type));
`;
