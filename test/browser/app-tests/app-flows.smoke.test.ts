/** The example app as a person uses it, from the login to a forgotten password, with every back end. */
import { expect, test } from "vitest";
import { type BackEnd, visit } from "../../support/browser/example-app.ts";

const BACK_ENDS: readonly BackEnd[] = ["worker of msw 3", "worker of msw 2", "server", "server behind the same origin"];

test.for(BACK_ENDS)(
  "a person logs in and changes number, address and password: %s",
  {
    timeout: 120_000,
  },
  async (backEnd, context) => {
    const { person, code } = await visit(context, backEnd);

    await person.fill({ mobile: "13800000000" });
    await person.sendCode();
    await person.fill({ code: await code("13800000000") });
    await person.press("signIn");
    await person.sees(person.who, "13800000000");

    await person.open("changeMobile");
    await person.fill({ newMobile: "15201657312" });
    await person.sendCode();
    await person.fill({ code: await code("15201657312") });
    await person.press("changeMobile");
    await person.sees(person.done, "Your mobile number is changed.");
    expect(await person.who.textContent()).toBe("15201657312");

    await person.open("changeEmail");
    await person.fill({ newEmail: "new@example.com" });
    await person.sendCode();
    await person.fill({ code: await code("new@example.com") });
    await person.press("changeEmail");
    await person.sees(person.done, "Your e-mail address is changed.");

    await person.open("changePassword");
    await person.sendCode();
    await person.fill({ code: await code("15201657312"), newPassword: "Evergreen-77" });
    await person.press("changePassword");
    await person.sees(person.done, "Your password is changed.");
  },
);

test.for(["worker of msw 3", "server"] as const)(
  "a person with a forgotten password sets another: %s",
  {
    timeout: 60_000,
  },
  async (backEnd, context) => {
    const { person, code, control } = await visit(context, backEnd);
    const account = (await control("accounts", { mobile: "13700000000", password: "Evergreen-77" })) as { id: string };
    await person.open("forgotPassword");
    await person.fill({ mobile: "13700000000" });
    await person.sendCode();
    await person.fill({ code: await code("13700000000"), newPassword: "Wintergreen-5" });
    await person.press("setPassword");
    await person.sees(person.done, "Your password is changed.");
    const checked = await control(`accounts/${account.id}/password-check`, { password: "Wintergreen-5" });
    expect(checked).toEqual({ matches: true });
  },
);
