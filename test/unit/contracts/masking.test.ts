/** No masked text contains a secret, in any written form. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { reportedExchanges } from "../../../contracts/runner/reported-exchange.ts";
import { secretsOf } from "../../../contracts/world/masking.ts";
import { nationalPart } from "../../../contracts/world/receivers.ts";
import type { Recorded } from "../../../contracts/world/world.ts";
import { anySecret, type Secret, traceOf, writtenIn } from "../../support/contracts/secrets.ts";

/** As the world stores them. */
function knowing(secrets: readonly Secret[]) {
  const known = secretsOf();
  for (const { name, text } of secrets) known.add(name, name === "mobile" ? nationalPart(text) : text);
  return known;
}

function recorded(given: Partial<Recorded> = {}, sent: Partial<Recorded["sent"]> = {}): Recorded {
  const request = { method: "POST", url: "http://ciam.test/send", headers: {}, body: undefined, ...sent };
  return { operation: "sendSms", sent: request, response: undefined, failure: undefined, ...given } as Recorded;
}

/** As they are written in a text. */
function reported(exchange: Recorded, secrets: readonly Secret[]) {
  return reportedExchanges({ exchanges: [{ ...exchange, secrets: knowing(secrets) }] })[0];
}

const someSecrets = fc.uniqueArray(anySecret, { minLength: 1, maxLength: 5, selector: ({ text }) => text });

test("no form of a secret remains in a text or in its shell version", () => {
  const property = fc.property(
    someSecrets.chain((secrets) => fc.tuple(fc.constant(secrets), fc.array(writtenIn(secrets), { minLength: 1 }))),
    ([secrets, texts]) => {
      const { mask, asShell } = knowing(secrets);
      for (const text of [
        texts.join(" "),
        texts.join(""),
        JSON.stringify(texts),
        JSON.stringify(JSON.stringify(texts)),
      ]) {
        for (const secret of secrets) {
          expect(traceOf(secret, mask(text))).toBeUndefined();
          expect(traceOf(secret, asShell(text))).toBeUndefined();
        }
      }
    },
  );
  fc.assert(property, { numRuns: 300 });
});

test("no secret remains in a recorded exchange, in any place", () => {
  const property = fc.property(
    someSecrets.chain((secrets) => {
      const text = fc.array(writtenIn(secrets), { maxLength: 4 }).map((parts) => parts.join("/"));
      return fc.tuple(fc.constant(secrets), fc.array(text, { minLength: 7, maxLength: 7 }));
    }),
    ([secrets, [url = "", header = "", asked = "", answered = "", response = "", failure = "", other = ""]]) => {
      const sent = { url: `http://ciam.test/${url}`, headers: { "x-a": header, "x-b": other }, body: asked };
      const withResponse = recorded({ response: { status: 400, headers: { "x-c": answered }, body: response } }, sent);
      const written = JSON.stringify([reported(withResponse, secrets), reported(recorded({ failure }, sent), secrets)]);
      for (const secret of secrets) expect(traceOf(secret, written)).toBeUndefined();
    },
  );
  fc.assert(property);
});

test("a secret at the cut of a long body is masked as a whole", () => {
  const secret: Secret = { name: "captcha_token", text: "Zk9/2b+7Qm4Lw8Xe1Rt5Yu3Io6Pa0Sd=" };
  for (let before = 3_960; before < 4_010; before++) {
    const body = `${"x".repeat(before)}${secret.text} and more`;
    const written = JSON.stringify(
      reported(recorded({ response: { status: 200, headers: {}, body } }, { body }), [secret]),
    );
    expect(written).not.toContain("Zk9/2b");
    expect(written).not.toContain("0Sd=");
  }
});

test.each([
  ["15201657312", "15201657312", "<mobile>"],
  [
    "+86-15201657312",
    "+86-15201657312 or +8615201657312 or 8615201657312",
    "+86-<mobile> or +86<mobile> or 86<mobile>",
  ],
])("every form of the number %s is masked", (number, text, masked) => {
  expect(knowing([{ name: "mobile", text: number }]).mask(text)).toBe(masked);
});

test("an address is masked in any case, escaped or not", () => {
  const { mask } = knowing([{ name: "email", text: "anna.b@example.com" }]);
  expect(mask("Anna.B@EXAMPLE.com anna.b%40example.com anna.b\\u0040example.com annaxb@example.com")).toBe(
    "<email> <email> <email> annaxb@example.com",
  );
});

test("each secret has its own name, the longest matches first, and names are not masked", () => {
  const secrets = secretsOf();
  secrets.add("verify_code", "1234");
  secrets.add("mobile", "15201234999");
  secrets.add("verify_code", "987654");
  secrets.add("verify_code", "987654");
  secrets.add("verify_code", "555555");
  secrets.add("password", "verify");
  expect(secrets.mask("15201234999 1234 987654 555555 verify")).toBe(
    "<mobile> <verify_code> <verify_code_2> <verify_code_3> <password>",
  );
});

test("values too short to be recognised, and values that are not secrets, are kept", () => {
  const secrets = secretsOf();
  for (const short of ["", "123", undefined, null]) secrets.add("verify_code", short);
  expect(secrets.mask("a 123 undefined null")).toBe("a 123 undefined null");
});

test("a value that looks like a token is masked even if it was never registered", () => {
  const jwt = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ4In0.c2ln-bmF0_dXJl";
  expect(secretsOf().mask(`{"id_token":"${jwt}","a":1}`)).toBe('{"id_token":"<token>","a":1}');
  expect(secretsOf().asShell(`Bearer ${jwt}`)).toBe("Bearer $TOKEN");
});

test("in a shell the name of a variable is delimited", () => {
  const { asShell } = knowing([{ name: "mobile", text: "15201657312" }]);
  expect(asShell("15201657312, 15201657312x 152016573120 15201657312_15201657312")).toBe(
    "$MOBILE, $" + "{MOBILE}x $" + "{MOBILE}0 $" + "{MOBILE}_$MOBILE",
  );
});
