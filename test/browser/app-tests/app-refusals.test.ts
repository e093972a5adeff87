/** The page shows the API's refusals in their own text, in the language of the page. */
import { expect, test } from "vitest";
import { type BackEnd, visit } from "../../support/browser/example-app.ts";
import type { Language } from "../../support/browser/person.ts";

const EACH: readonly { readonly backEnd: BackEnd; readonly language: Language }[] = [
  { backEnd: "worker of msw 3", language: "zh" },
  { backEnd: "worker of msw 2", language: "en" },
  { backEnd: "server", language: "zh" },
];

const WRONG = { en: "Incorrect verification code", zh: "验证码不正确" };
const TAKEN = { en: "Phone number already exists", zh: "手机号已存在" };
const UNREACHABLE = { en: "The service cannot be reached. Please try again.", zh: "无法连接服务，请重试。" };

test.for(EACH)(
  "a wrong code and an expired code are refused: $backEnd, $language",
  async ({ backEnd, language }, context) => {
    const { person, code, control } = await visit(context, backEnd, { language });
    await person.fill({ mobile: "13800000000" });
    await person.sendCode();
    await person.fill({ code: "000000" });
    await person.press("signIn");
    await person.sees(person.alert, WRONG[language]);

    await control("clock", { advance_seconds: 360 });
    await person.fill({ code: await code("13800000000") });
    await person.press("signIn");
    await person.sees(person.alert, WRONG[language]);
    const { requests } = (await control("requests?operation=loginByMobileCode")) as {
      requests: { decided_by: string }[];
    };
    expect(requests.map(({ decided_by }) => decided_by)).toEqual(["code-wrong", "code-expired"]);
  },
);

test.for(EACH)(
  "a number of another account is refused, and the own number stays: $backEnd, $language",
  async ({ backEnd, language }, context) => {
    const { person, code } = await visit(context, backEnd, { language });
    await person.signIn("13800000000", code);
    await person.open("changeMobile");
    await person.fill({ newMobile: "13900000000" });
    await person.sendCode();
    await person.fill({ code: await code("13900000000") });
    await person.press("changeMobile");
    await person.sees(person.alert, TAKEN[language]);
    expect(await person.who.textContent()).toBe("13800000000");
  },
);

test.for(EACH)(
  "a failed connection shows the page's own message: $backEnd, $language",
  async ({ backEnd, language }, context) => {
    const { person, control } = await visit(context, backEnd, { language });
    await control("faults", { operation: "loginByMobileCode", transport: "reset" });
    await person.fill({ mobile: "13800000000", code: "123456" });
    await person.press("signIn");
    await person.sees(person.alert, UNREACHABLE[language]);
  },
);

test("after a change of language the page and the next refusal use the new language", async (context) => {
  const { page, person } = await visit(context, "worker of msw 3");
  await page.getByLabel("Language").selectOption("中文");
  expect(await page.title()).toBe("我的账户");
  expect(await page.locator("html").getAttribute("lang")).toBe("zh");
  await page.getByLabel("手机号").first().fill("13800000000");
  await page.getByRole("button", { name: "登录" }).click();
  await person.sees(person.alert, "验证码不能为空");
});
