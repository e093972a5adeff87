/** Passwords of every kind, each with a new code. */
import type { Steps } from "./sending.ts";

const PASSWORDS = [
  "Fresh#Start2",
  "Fresh#Start1",
  "treboR-Uyl9",
  "Xy1!Xtrebor",
  "trebor",
  "REBECCA#1x",
  "Xy1!robERt",
  "Xy1!liHuaXy",
  "Xy1!Zhangsan",
  "Xy1!sanZhang",
  "Xy1!Bobby1",
  "PASSWORD123",
  "Password123",
  "password123",
  "a1!b1!c1!d1!e1!",
  "Abc111!x",
  "Ab1!ccccc",
  "Ab#1xyz",
  "Abc1xyz",
  "Ab#1😀😀😀",
  "Ab#1密码密码密",
  "Ab#1密码密码密码密码",
  "Fresh#Start12345678",
  "lowercase12",
];

export async function probePasswords({ api, account, control }: Steps): Promise<void> {
  await account({
    mobile: "13500000001",
    email: "bobb@example.com",
    username: "Robert",
    name: "张三",
    password: "Fresh#Start1",
  });
  await control("PATCH", "policy", { code_resend_seconds: 0 });
  for (const [index, password] of [...PASSWORDS, "Fresh#Start1"].entries()) {
    const code = String(100_000 + index);
    const planted = await control("POST", "codes", { to: "13500000001", scene: "FORGET_PWD_SMS", code });
    const body = { mobile: "13500000001", verify_code: planted["code"] ?? code, password };
    await api("pwd/update-by-mobile", body);
  }
  for (const mobile of ["13500000009", "12", ""])
    await api("pwd/update-by-mobile", { mobile, verify_code: "1", password: "Good#Pass1" });
}
