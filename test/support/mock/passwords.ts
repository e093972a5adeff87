/** New passwords: an account that may change often, and one password for each rule that it breaks alone. */
import { api, type Headers, type Reply, signedInAccount, stillMock } from "./api.ts";
import type { Mistake } from "./mistakes.ts";
import { PASSWORD } from "./situations.ts";

type Seed = Parameters<typeof signedInAccount>[1];

/** A signed-in account; `change` and `reset` send the new password with a fresh code, with and without Authorization. */
export async function passwordOwner(seed: Seed = {}) {
  const mock = stillMock();
  const { account, signedIn } = await signedInAccount(mock, { mobile: "13800000001", ...seed });
  const to = account.mobile ?? "";
  async function change(password: string, headers: Headers = {}): Promise<Reply> {
    const verify_code = await mock.codes.plant({ to, scene: "UPDATE_PWD_SMS" });
    return api(mock)("pwd/update-by-mobile", { verify_code, password }, { ...signedIn, ...headers });
  }
  async function reset(password: string): Promise<Reply> {
    const verify_code = await mock.codes.plant({ to, scene: "FORGET_PWD_SMS" });
    return api(mock)("pwd/update-by-mobile", { mobile: to, verify_code, password });
  }
  const hasPassword = (password: string) => mock.accounts.hasPassword(account.id, password);
  return { mock, account, change, reset, hasPassword };
}

const rule = (check: string, code: string, en: string, zh: string, password: string): Mistake => {
  return { check, code, en, zh, parts: ["password"], spoil: () => ({ body: { password } }) };
};

/** For the account of a situation; each password breaks one rule only. In the order of the checks. */
export const PASSWORD_MISTAKES: readonly Mistake[] = [
  rule("password-missing", "USER.0006", "Password cannot be empty", "密码不能为空", ""),
  rule(
    "password-used-before",
    "PWD.0001",
    "The password is used before, cannot be used again",
    "不允许使用历史密码",
    PASSWORD,
  ),
  rule(
    "password-reversed-username",
    "PWD.0002",
    "Password cannot username in reverse order",
    "密码不允许使用用户名的倒写",
    "Kralyks-17",
  ),
  rule(
    "password-contains-identity",
    "PWD.0003",
    "Password cannot contain :username, phone number, email prefix, name in PinYing",
    "密码中不允许包含:用户名、手机号、邮箱前缀、姓名拼音",
    "Skylark-17",
  ),
  rule(
    "password-too-simple",
    "PWD.0004",
    "Your password complexity is low, use at least 3 of: upper case letters, lower case letters, digits, special characters",
    "密码复杂度低,至少包含大写字母、小写字母、数字、特殊字符中的3种",
    "oldmoon17",
  ),
  rule("password-weak", "PWD.0005", "The password is weak", "该密码为弱密码", "Passw0rd"),
  rule(
    "password-repeats",
    "PWD.0006",
    "Number of character repeat in password should not exceed 3",
    "密码中最大字符重复数不能超过3",
    "Aaaaa-17",
  ),
  rule(
    "password-length",
    "PWD.0007",
    "The password must contain 8 to 18 characters",
    "密码长度为8~18个字符",
    "Moon-17",
  ),
];
