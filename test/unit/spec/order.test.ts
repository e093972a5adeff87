/** The order in which openapi.yaml evaluates the checks, against the order in which the pages print their errors. */
import { expect, test } from "vitest";
import { operation, operations, refusalsOf } from "./documents.ts";
import { seeds } from "./seeds.ts";

/** One page prints the errors of both calls to `pwd/update-by-mobile`. */
const pages = [
  ...seeds,
  ...seeds
    .filter(({ operationId }) => operationId === "updatePasswordByMobile")
    .map((seed) => ({ ...seed, operationId: "resetPasswordByMobile" })),
];

const orders = [
  {
    operationId: "sendSms",
    departure: "",
    moved: [],
    added: [],
    codes: [
      "IDAAS.SDK.PARAM.0001",
      "IDAAS.SDK.PARAM.0002",
      "IDAAS.SDK.PARAM.0003",
      "IDAAS.SDK.USER.0004",
      "IDAAS.SDK.PARAM.0007",
      "IDAAS.SDK.PARAM.0008",
      "IDAAS.SDK.CAPTCHA.0003",
      "IDAAS.SDK.CAPTCHA.0004",
      "IDAAS.SDK.CAPTCHA.0005",
      "IDAAS.SDK.CAPTCHA.0006",
    ],
  },
  {
    operationId: "updateMobile",
    departure:
      "USER.0020 and MOBILE.0002 precede CAPTCHA.0007, as only a well-formed number can have got a code to compare",
    moved: ["USER.0020", "MOBILE.0002"],
    added: [],
    codes: [
      "IDAAS.SDK.PARAM.0001",
      "IDAAS.SDK.PARAM.0002",
      "IDAAS.SDK.PARAM.0003",
      "IDAAS.SDK.PARAM.0015",
      "IDAAS.SDK.PARAM.0016",
      "IDAAS.SDK.PARAM.0009",
      "IDAAS.SDK.USER.0020",
      "IDAAS.SDK.MOBILE.0002",
      "IDAAS.SDK.CAPTCHA.0007",
      "IDAAS.SDK.USER.0035",
      "IDAAS.SDK.USER.0001",
    ],
  },
  {
    operationId: "updateEmail",
    departure: "USER.0021 precedes CAPTCHA.0007, as no code can have been sent to a malformed address",
    moved: ["USER.0021"],
    added: [],
    codes: [
      "IDAAS.SDK.PARAM.0001",
      "IDAAS.SDK.PARAM.0002",
      "IDAAS.SDK.PARAM.0003",
      "IDAAS.SDK.PARAM.0015",
      "IDAAS.SDK.PARAM.0016",
      "IDAAS.SDK.PARAM.0009",
      "IDAAS.SDK.USER.0021",
      "IDAAS.SDK.CAPTCHA.0007",
      "IDAAS.SDK.USER.0036",
      "IDAAS.SDK.USER.0001",
    ],
  },
  {
    operationId: "updatePasswordByMobile",
    departure:
      "USER.0004 and USER.0001 precede CAPTCHA.0007, as the code is looked up under the account's own number, and PARAM.0016 is added",
    moved: ["USER.0004", "USER.0001"],
    added: ["PARAM.0016"],
    codes: [
      "IDAAS.SDK.PARAM.0001",
      "IDAAS.SDK.PARAM.0002",
      "IDAAS.SDK.PARAM.0003",
      "IDAAS.SDK.PARAM.0016",
      "IDAAS.SDK.PARAM.0009",
      "IDAAS.SDK.USER.0004",
      "IDAAS.SDK.USER.0001",
      "IDAAS.SDK.CAPTCHA.0007",
      "IDAAS.SDK.USER.0006",
      "IDAAS.SDK.PWD.0001",
      "IDAAS.SDK.PWD.0002",
      "IDAAS.SDK.PWD.0003",
      "IDAAS.SDK.PWD.0004",
      "IDAAS.SDK.PWD.0005",
      "IDAAS.SDK.PWD.0006",
      "IDAAS.SDK.PWD.0007",
    ],
  },
  {
    operationId: "resetPasswordByMobile",
    departure: "USER.0004 and USER.0001 precede CAPTCHA.0007, as the code is looked up under the number of an account",
    moved: ["USER.0004", "USER.0001"],
    added: [],
    codes: [
      "IDAAS.SDK.PARAM.0001",
      "IDAAS.SDK.PARAM.0002",
      "IDAAS.SDK.PARAM.0003",
      "IDAAS.SDK.PARAM.0009",
      "IDAAS.SDK.USER.0004",
      "IDAAS.SDK.USER.0001",
      "IDAAS.SDK.CAPTCHA.0007",
      "IDAAS.SDK.USER.0006",
      "IDAAS.SDK.PWD.0001",
      "IDAAS.SDK.PWD.0002",
      "IDAAS.SDK.PWD.0003",
      "IDAAS.SDK.PWD.0004",
      "IDAAS.SDK.PWD.0005",
      "IDAAS.SDK.PWD.0006",
      "IDAAS.SDK.PWD.0007",
    ],
  },
];

test.each(pages)("x-ciam-printed of $operationId is the table of its page, in the page's order", (page) => {
  expect(operation(page.operationId)["x-ciam-printed"]).toEqual(page.rows.map(({ code }) => code));
});

for (const { operationId, departure, codes } of orders) {
  test(`${operationId} evaluates its errors in the printed order${departure && `, but ${departure}`}`, () => {
    const evaluated = refusalsOf(operationId).map(({ error_code }) => error_code);
    expect(evaluated.filter((code, index) => code !== evaluated[index - 1])).toEqual(codes);
  });
}

test.each(orders)("the expected order of $operationId has no other departures from the printed order", (order) => {
  const others = new Set([...order.moved, ...order.added].map((code) => `IDAAS.SDK.${code}`));
  const printed =
    pages.find(({ operationId }) => operationId === order.operationId)?.rows.map(({ code }) => code) ?? [];
  expect(order.codes.filter((code) => !others.has(code))).toEqual(printed.filter((code) => !others.has(code)));
});

test.each(orders)("openapi.yaml says where $operationId departs from print", ({ operationId, moved, added }) => {
  const source = operation(operationId)["x-ciam-checks-source"];
  if (operationId === "resetPasswordByMobile") {
    expect(source).toMatch(/^inferred: .*The order is that of the signed-in call/s);
  } else {
    expect(source).toMatch(/^printed\b/);
    for (const code of [...moved, ...added]) expect(source).toContain(code);
  }
});

test.each(operations)("the order of $operationId is called printed or inferred, with a reason", (entry) => {
  expect(entry["x-ciam-checks-source"]).toMatch(/^(printed|inferred)[:,] \S+/);
});

test.each(operations)("no check of $operationId is evaluated twice", (entry) => {
  expect(entry["x-ciam-checks"]).toEqual([...new Set(entry["x-ciam-checks"])]);
});
