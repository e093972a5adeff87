/** E-mail addresses: which texts are valid, and their canonical form. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { localPart, parseEmail } from "../../../mocks/core/email.ts";
import { stillMock } from "../../support/mock/api.ts";

const LABEL = "a".repeat(63);

test.each([
  ["zhangsan@qq.com", "zhangsan@qq.com"],
  ["15201657312@163.com", "15201657312@163.com"],
  ["ZhangSan@QQ.Com", "zhangsan@qq.com"],
  ["first.last+tag@mail.example.co.uk", "first.last+tag@mail.example.co.uk"],
  ["a@b.cd", "a@b.cd"],
  ["_@x-y.example", "_@x-y.example"],
  ["o'brien@example.ie", "o'brien@example.ie"],
  ["#!$%&'*/=?^`{|}~@example.com", "#!$%&'*/=?^`{|}~@example.com"],
  ["someone@xn--fiqs8s.xn--fiqs8s", "someone@xn--fiqs8s.xn--fiqs8s"],
  [`${"a".repeat(64)}@example.com`, `${"a".repeat(64)}@example.com`],
  [`a@${LABEL}.com`, `a@${LABEL}.com`],
])("%s is accepted and stored as %s", (written, expected) => {
  expect(parseEmail(written)).toBe(expected);
});

test.each([
  ["nothing", ""],
  ["a blank", " "],
  ["no at sign", "zhangsan.qq.com"],
  ["two at signs", "zhangsan@home@qq.com"],
  ["nothing before the at sign", "@qq.com"],
  ["nothing after the at sign", "zhangsan@"],
  ["a domain without a dot", "zhangsan@localhost"],
  ["a domain that ends with a dot", "zhangsan@qq.com."],
  ["a domain that begins with a dot", "zhangsan@.qq.com"],
  ["two dots in the domain", "zhangsan@qq..com"],
  ["a label that begins with a dash", "zhangsan@-qq.com"],
  ["a label that ends with a dash", "zhangsan@qq-.com"],
  ["a label of 64 characters", `a@${LABEL}a.com`],
  ["an underscore in the domain", "zhangsan@q_q.com"],
  ["65 characters before the at sign", `${"a".repeat(65)}@example.com`],
  ["255 characters", `${"a".repeat(63)}@${`${"b".repeat(62)}.`.repeat(3)}cc`],
  ["a blank before it", " zhangsan@qq.com"],
  ["a blank after it", "zhangsan@qq.com "],
  ["a line end after it", "zhangsan@qq.com\n"],
  ["a blank within it", "zhang san@qq.com"],
  ["a name before it", "Zhang San <zhangsan@qq.com>"],
  ["a quoted local part", '"zhang san"@qq.com'],
  ["two addresses", "a@qq.com,b@qq.com"],
  ["a second line", "zhangsan@qq.com\nbcc: lisi@qq.com"],
  ["an address of numbers", "zhangsan@[127.0.0.1]"],
  ["letters that are not ASCII", "张三@qq.com"],
  ["a domain that is not ASCII", "zhangsan@例子.中国"],
  ["a full-width at sign", "zhangsan＠qq.com"],
  ["a Kelvin sign for a k", "\u212A@qq.com"],
])("%s is not an e-mail address", (_what, written) => {
  expect(parseEmail(written)).toBeUndefined();
});

test("an address may have 254 characters", () => {
  const longest = `${"a".repeat(62)}@${`${"b".repeat(62)}.`.repeat(3)}cc`;
  expect(longest).toHaveLength(254);
  expect(parseEmail(longest)).toBe(longest);
});

const anyAddress = fc.emailAddress({ size: "small" }).filter((address) => address.length <= 254);

test("every ordinary address is accepted, and its canonical form does not change again", () => {
  fc.assert(
    fc.property(anyAddress, (address) => {
      const form = parseEmail(address);
      expect(form).toBe(address.toLowerCase());
      expect(parseEmail(form)).toBe(form);
    }),
    { numRuns: 500 },
  );
});

test("addresses are compared without regard to case", () => {
  fc.assert(
    fc.property(anyAddress, (address) => {
      expect(parseEmail(address.toUpperCase())).toBe(parseEmail(address));
    }),
    { numRuns: 500 },
  );
});

test("the local part is the text before the at sign", () => {
  fc.assert(
    fc.property(anyAddress, (address) => {
      expect(`${localPart(address)}@`).toBe(address.slice(0, address.lastIndexOf("@") + 1));
    }),
  );
});

test("a value that is not a text is not an e-mail address", () => {
  fc.assert(
    fc.property(fc.anything(), (value) => {
      if (typeof value !== "string") expect(parseEmail(value)).toBeUndefined();
    }),
  );
  expect(parseEmail(["zhangsan@qq.com"])).toBeUndefined();
});

test("any text gives a result, and an address needs an at sign and a later dot", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: "binary" }), fc.string()), (written) => {
      const form = parseEmail(written);
      if (!/^[^@]+@[^@]+\.[^@]+$/.test(written)) expect(form).toBeUndefined();
    }),
    { numRuns: 1_000 },
  );
});

test.each([
  ["letters", "a".repeat(100_000)],
  ["letters before an at sign", `${"a".repeat(100_000)}@qq.com`],
  ["letters after an at sign", `a@${"b".repeat(100_000)}`],
  ["labels after an at sign", `a@${"b.".repeat(50_000)}`],
  ["dashes after an at sign", `a@b${"-".repeat(100_000)}`],
  ["at signs", "@".repeat(100_000)],
  ["dots", `a@${".".repeat(100_000)}`],
])("a hundred thousand characters of %s are not an e-mail address", (_what, written) => {
  expect(parseEmail(written)).toBeUndefined();
});

test("an account created with an upper case address stores it in lower case and takes every case", async () => {
  const mock = stillMock();
  const account = await mock.accounts.create({ email: "ZhangSan@QQ.com" });
  expect(account.email).toBe("zhangsan@qq.com");
  expect(await mock.accounts.read(account.id)).toEqual(account);
  for (const email of ["zhangsan@qq.com", "ZHANGSAN@QQ.COM"]) {
    await expect(mock.accounts.create({ email })).rejects.toThrow("another account has this email");
  }
});

test("createAccount refuses a malformed e-mail address", async () => {
  const mock = stillMock();
  await expect(mock.accounts.create({ email: "zhangsan" })).rejects.toThrow("email is malformed");
  await expect(mock.accounts.create({ email: "" })).rejects.toThrow("email");
});

test("addresses that differ in a dot or a tag are different", async () => {
  const mock = stillMock();
  await mock.accounts.create({ email: "zhang.san@qq.com" });
  await expect(mock.accounts.create({ email: "zhangsan@qq.com" })).resolves.toMatchObject({ email: "zhangsan@qq.com" });
  await expect(mock.accounts.create({ email: "zhangsan+1@qq.com" })).resolves.toMatchObject({
    email: "zhangsan+1@qq.com",
  });
});
