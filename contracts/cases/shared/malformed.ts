/** Clearly malformed mobile numbers and e-mail addresses: no documented or sensible rule accepts them. */

export const MALFORMED_MOBILES: readonly string[] = [
  "12345",
  "abcdefghijk",
  "1520165731",
  "+86-1520165731",
  "152016573129999999999",
  "+86-152016573129999999999",
  "00012345678",
  "1520165731x",
  "x15201657312",
  "+",
  "-",
  "+86",
  "+86-",
  "+-15201657312",
  "++86-15201657312",
  "+86-15201657312-",
  "15201657312@example.com",
  "<b>15201657312</b>",
  "15201657312' OR '1'='1",
  "15201657312; DROP TABLE accounts",
  "15201657312\n15201657313",
];

export const MALFORMED_EMAILS: readonly string[] = [
  "ada",
  "@",
  "ada@",
  "@example.com",
  "ada.example.com",
  "ada@@example.com",
  "ada@lovelace@example.com",
  "ada@.com",
  "ada@example..com",
  "ada lovelace@example.com",
  "ada@exam ple.com",
  "ada@example,com",
  "ada@example.com,eve@example.com",
  "<b>ada@example.com</b>",
  "<script>alert(1)</script>@example.com",
  "ada@example.com' OR '1'='1",
  "ada@example.com; DROP TABLE accounts",
  "ada@example.com\nBcc: eve@example.com",
];

/** More than ten thousand characters of the kind that the valid value has. */
export const VERY_LONG = {
  mobile: "0".repeat(10_240),
  email: ".example".repeat(1_280),
  code: "0".repeat(10_240),
} as const;
