/**
 * The error catalogue of openapi.yaml against the Bamboocloud pages, and the required fields of each entry. GenAuth:
 * genauth-catalogue.test.ts.
 */
import { expect, test } from "vitest";
import { catalogue, operations, refusalsOf, wordings } from "./documents.ts";
import { seeds } from "./seeds.ts";

const rows = seeds.flatMap(({ operationId, rows }) => rows.map((row) => ({ operationId, ...row })));

test.each(rows)("$operationId refuses with $code in the text of its page", ({ operationId, code, en, zh }) => {
  const responses = refusalsOf(operationId).filter(({ error_code }) => error_code === code);
  expect(responses).not.toEqual([]);
  for (const { status, error_msg } of responses) {
    expect(status).toBe(400);
    expect(error_msg.en).toBe(en);
    if (zh !== null) expect(error_msg.zh).toBe(zh);
  }
});

test.each(seeds)("the error example of $operationId is one of its errors", ({ operationId, refusal }) => {
  const responses = refusalsOf(operationId).map(({ error_code, error_msg }) => ({
    error_code,
    error_msg: error_msg.en,
  }));
  expect(responses).toContainEqual(refusal);
});

/** The texts that no page prints: from partly known pages, from sibling products, or translated back. */
const reconstructed = [
  {
    code: "IDAAS.SDK.USER.0020",
    en: "The phone number does not meet the verification rules",
    zh: "手机号不符合校验规则",
  },
  { code: "IDAAS.SDK.USER.0035", en: "Phone number already exists", zh: "手机号已存在" },
  { code: "IDAAS.SDK.MOBILE.0002", en: "An unauthenticated cell mobile number", zh: "未认证的手机号" },
  { code: "IDAAS.SDK.CAPTCHA.0002", en: "Graphic verification code verification failed", zh: "图形验证码校验失败" },
  { code: "IDAAS.SDK.USER.0005", en: "E-mail cannot be empty", zh: "邮箱不能为空" },
];

test.each(reconstructed)("the missing Chinese text of $code is the reconstructed one", ({ code, en, zh }) => {
  const texts = wordings.filter(({ error_code }) => error_code === code).map(({ error_msg }) => error_msg);
  expect(texts).not.toEqual([]);
  for (const text of texts) expect(text).toEqual({ en, zh });
});

test.each(wordings)("the Chinese text of $name is marked as inferred unless a page prints it", (wording) => {
  const printed = rows.some(({ code, zh }) => code === wording.error_code && zh !== null);
  expect(wording.source_zh).toBe(printed ? undefined : "inferred");
});

test("every code of the catalogue is printed on a page or listed here as reconstructed", () => {
  const known = new Set([...rows, ...reconstructed].map(({ code }) => code));
  expect(new Set(wordings.map(({ error_code }) => error_code))).toEqual(known);
});

test.each(Object.entries(catalogue))("%s has a kebab-case name, a summary and a wording", (name, entry) => {
  expect(name).toMatch(/^[a-z]+(-[a-z]+)*$/);
  expect(entry.summary).toMatch(/\S/);
  expect(Object.keys(entry).length).toBeGreaterThan(1);
});

test.each(wordings)("the wording of $name has both texts, a source and a reason", (wording) => {
  expect(wording.status).toBe(400);
  expect(wording.error_code).toMatch(/^IDAAS\.SDK\.[A-Z]+\.\d{4}$/);
  expect(wording.error_msg.en).toMatch(/^[ -~]+$/);
  expect(wording.error_msg.zh).toMatch(/\p{Script=Han}/u);
  expect(wording.source).toMatch(/^(documented|observed|inferred)$/);
  expect(wording.reason).toMatch(/\S/);
});

test.each(wordings)("the alternatives of $name are other codes or success", ({ also, error_code }) => {
  for (const alternative of also ?? []) {
    expect(alternative).toMatch(/^(IDAAS\.SDK\.[A-Z]+\.\d{4}|success)$/);
    expect(alternative).not.toBe(error_code);
  }
});

const bamboocloud = operations.filter((entry) => entry["x-ciam-dialect"] === "bamboocloud");

test.each(bamboocloud)("the alternatives of $operationId alone belong to its own checks", (entry) => {
  for (const [check, alternatives] of Object.entries(entry["x-ciam-also"] ?? {})) {
    expect(entry["x-ciam-checks"]).toContain(check);
    for (const alternative of alternatives) expect(alternative).toMatch(/^(IDAAS\.SDK\.[A-Z]+\.\d{4}|success)$/);
  }
});

test("the checks of all operations together are the catalogue", () => {
  const used = new Set(operations.flatMap((entry) => entry["x-ciam-checks"]));
  expect([...used].sort()).toEqual(Object.keys(catalogue).sort());
});
