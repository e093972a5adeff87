/** Mobile numbers: the published country rules, other countries, and the canonical form. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { nationalPart, parseMobile } from "../../../mocks/core/mobile.ts";
import { stillMock } from "../../support/mock/api.ts";

/** As the documents print them, without the commas in the classes of digits. */
const PUBLISHED = [
  ["86", /^(\+86){0,1}-?1\d{10}$/],
  ["852", /^(\+852){1}-?0{0,1}[1456789](?:\d{7}|\d{8}|\d{12})$/],
  ["886", /^(\+886){1}-?[679](?:\d{7}|\d{8})$/],
  ["853", /^(\+853){1}-?0{0,1}[1456789](?:\d{7}|\d{8}|\d{12})$/],
] as const;

/** The part after the area code, by the same rules. */
const NATIONAL = [
  ["86", /^1\d{10}$/],
  ["852", /^0?[1456789](?:\d{7}|\d{8}|\d{12})$/],
  ["886", /^[679](?:\d{7}|\d{8})$/],
  ["853", /^0?[1456789](?:\d{7}|\d{8}|\d{12})$/],
] as const;

const anyDigits = fc.stringMatching(/^\d{0,17}$/);
const canonical = (text: unknown) => parseMobile(text)?.canonical;

test.each([
  ["15201657312", "+86-15201657312", "plain"],
  ["-15201657312", "+86-15201657312", "plain"],
  ["+8615201657312", "+86-15201657312", "joined"],
  ["+86-15201657312", "+86-15201657312", "dashed"],
  ["+85251234567", "+852-51234567", "joined"],
  ["+852-51234567", "+852-51234567", "dashed"],
  ["+852-051234567", "+852-051234567", "dashed"],
  ["+852512345678", "+852-512345678", "joined"],
  ["+8525123456789012", "+852-5123456789012", "joined"],
  ["+886912345678", "+886-912345678", "joined"],
  ["+886-61234567", "+886-61234567", "dashed"],
  ["+85361234567", "+853-61234567", "joined"],
  ["+12025550123", "+1-2025550123", "joined"],
  ["+1-2025550123", "+1-2025550123", "dashed"],
  ["+447911123456", "+44-7911123456", "joined"],
  ["+79161234567", "+7-9161234567", "joined"],
  ["+971-501234567", "+971-501234567", "dashed"],
  ["+93701234567", "+93-701234567", "joined"],
  ["+351912345678", "+351-912345678", "joined"],
])("%s means %s", (written, expected, spelling) => {
  const national = expected.slice(expected.indexOf("-") + 1);
  expect(parseMobile(written)).toEqual({ canonical: expected, national, spelling });
});

test.each([
  ["nothing", ""],
  ["a blank", " "],
  ["a plus", "+"],
  ["a dash", "-"],
  ["a plus and a dash", "+-"],
  ["ten digits", "1520165731"],
  ["twelve digits", "152016573120"],
  ["a home number that begins with 2", "25201657312"],
  ["two dashes", "--15201657312"],
  ["two dashes after the area code", "+86--15201657312"],
  ["a dash within the number", "+86-152-01657312"],
  ["a dash at the end", "+8615201657312-"],
  ["the area code without its plus", "8615201657312"],
  ["the area code with 00", "008615201657312"],
  ["the area code in brackets", "(+86)15201657312"],
  ["two pluses", "++8615201657312"],
  ["a blank before it", " 15201657312"],
  ["a blank after it", "15201657312 "],
  ["a line end after it", "15201657312\n"],
  ["a line end after it, and an area code", "+86-15201657312\n"],
  ["a line end before it, and an area code", "\n+86-15201657312"],
  ["a blank within it", "+86 15201657312"],
  ["a China number with ten digits", "+86-1520165731"],
  ["a China number that begins with 0", "+86-05201657312"],
  ["a Hong Kong number without its area code", "51234567"],
  ["a Hong Kong number of ten digits", "+852-5123456789"],
  ["a Hong Kong number that begins with 2", "+852-21234567"],
  ["a Hong Kong number with two zeros", "+852-0051234567"],
  ["a comma from the published class", "+852-,1234567"],
  ["a Taiwan number that begins with 8", "+886-812345678"],
  ["a Taiwan number with a zero", "+886-0912345678"],
  ["a Macao number that begins with 3", "+853-31234567"],
  ["an area code that begins with 0", "+0-123456789"],
  ["three digits after the area code", "+1-202"],
  ["thirteen digits after an area code of no published rule", "+971-1234567890123"],
  ["full-width digits", "１５２０１６５７３１２"],
  ["Arabic digits", "+86-١٥٢٠١٦٥٧٣١٢"],
  ["letters", "1520165731a"],
  ["an e-mail address", "15201657312@163.com"],
])("%s is not a mobile number", (_what, written) => {
  expect(parseMobile(written)).toBeUndefined();
});

test("a number is valid exactly when the published rules of its area code allow it", () => {
  fc.assert(
    fc.property(fc.constantFrom(...PUBLISHED), fc.constantFrom("", "-"), anyDigits, ([code, rule], dash, digits) => {
      const written = `+${code}${dash}${digits}`;
      expect(parseMobile(written) !== undefined, written).toBe(rule.test(written));
    }),
    { numRuns: 2_000 },
  );
});

test("without an area code only the rule for China allows a number", () => {
  const [[, china]] = PUBLISHED;
  const digits = fc.oneof(anyDigits, fc.stringMatching(/^1\d{9,11}$/));
  fc.assert(
    fc.property(fc.constantFrom("", "-"), digits, (dash, national) => {
      const written = dash + national;
      expect(parseMobile(written) !== undefined, written).toBe(china.test(written));
    }),
    { numRuns: 1_000 },
  );
});

test.each(NATIONAL)("every number of +%s has one canonical form in every spelling", (code, national) => {
  fc.assert(
    fc.property(fc.stringMatching(national), (number) => {
      const expected = `+${code}-${number}`;
      const plain = code === "86" ? [number, `-${number}`] : [];
      const spellings = { plain, joined: [`+${code}${number}`], dashed: [`+${code}-${number}`] };
      for (const [spelling, texts] of Object.entries(spellings)) {
        for (const written of texts) {
          expect(parseMobile(written)).toEqual({ canonical: expected, national: number, spelling });
        }
      }
      expect(nationalPart(expected)).toBe(number);
    }),
  );
});

/** Texts that look like a number of any country, most of them with a dash somewhere. */
const numberLike = fc
  .tuple(fc.stringMatching(/^[1-9]\d{0,3}$/), fc.constantFrom("", "-"), fc.stringMatching(/^\d{4,12}$/))
  .map(([code, dash, number]) => `+${code}${dash}${number}`);

test("the canonical form of a canonical form is the same", () => {
  fc.assert(
    fc.property(fc.oneof(numberLike, fc.stringMatching(/^1\d{10}$/)), (written) => {
      const form = canonical(written);
      if (form !== undefined) expect(parseMobile(form)).toMatchObject({ canonical: form, spelling: "dashed" });
    }),
    { numRuns: 2_000 },
  );
});

test("the dash after the area code is optional", () => {
  fc.assert(
    fc.property(numberLike, (written) => {
      const form = canonical(written);
      if (form !== undefined) expect(canonical(form.replace("-", "")), written).toBe(form);
    }),
    { numRuns: 2_000 },
  );
});

test.each(["+8-12345678", "+88-6912345678", "+21-12345678", "+35-1912345678"])(
  "%s has no assigned area code",
  (written) => {
    expect(parseMobile(written)).toBeUndefined();
  },
);

test("a value that is not a text is not a mobile number", () => {
  fc.assert(
    fc.property(fc.anything(), (value) => {
      if (typeof value !== "string") expect(parseMobile(value)).toBeUndefined();
    }),
  );
  expect(parseMobile(15_201_657_312)).toBeUndefined();
});

test("a text with other characters than digits, plus and dash is not a mobile number", () => {
  const garbage = fc.oneof(fc.string({ unit: "binary" }), fc.string(), fc.stringMatching(/^\+?[\d\s().-]{8,20}$/));
  fc.assert(
    fc.property(garbage, (written) => {
      if (!/^[+\d-]+$/.test(written)) expect(parseMobile(written)).toBeUndefined();
    }),
    { numRuns: 1_000 },
  );
});

test.each([
  ["digits", "1".repeat(100_000)],
  ["digits after a plus", `+${"8".repeat(100_000)}`],
  ["digits after an area code", `+86-${"1".repeat(100_000)}`],
  ["dashes", "-".repeat(100_000)],
  ["pluses", "+".repeat(100_000)],
  ["digits and dashes by turns", "+1-".repeat(33_334)],
])("a hundred thousand characters of %s are not a mobile number", (_what, written) => {
  expect(parseMobile(written)).toBeUndefined();
});

test.each(["15201657312", "-15201657312", "+8615201657312", "+86-15201657312"])(
  "an account created with %s has the canonical number, which is taken in every form",
  async (mobile) => {
    const mock = stillMock();
    const account = await mock.accounts.create({ mobile });
    expect(account.mobile).toBe("+86-15201657312");
    expect(await mock.accounts.read(account.id)).toEqual(account);
    for (const other of ["15201657312", "-15201657312", "+8615201657312", "+86-15201657312"]) {
      await expect(mock.accounts.create({ mobile: other })).rejects.toThrow("another account has this mobile");
    }
  },
);

test("createAccount refuses a malformed mobile number", async () => {
  const mock = stillMock();
  await expect(mock.accounts.create({ mobile: "12345" })).rejects.toThrow("mobile is malformed");
  await expect(mock.accounts.create({ mobile: "" })).rejects.toThrow("mobile");
});

test("the same digits with another area code are another number", async () => {
  const mock = stillMock();
  await mock.accounts.create({ mobile: "+852-61234567" });
  await expect(mock.accounts.create({ mobile: "+853-61234567" })).resolves.toMatchObject({ mobile: "+853-61234567" });
});
