/** Control calls that fail: the message has the target's own words, or names what is missing. */
import { expect, test } from "vitest";
import { ControlFailure } from "../../../contracts/index.ts";
import type { Target } from "../../../contracts/target/target.ts";
import { offering } from "../../support/contracts/test-build.ts";
import { type FakeResponse, json } from "../../support/mock/fake-server.ts";

type Use = (target: Target) => Promise<unknown> | undefined;
const TO = { to: "+86-15201657312", scene: "UPDATE_MOBILE_SMS" };

test.each<[string, FakeResponse, string]>([
  [
    "a problem with its detail",
    json({ title: "Taken", detail: "The number is taken" }, 409),
    "returned 409: The number is taken",
  ],
  ["a problem without detail", json({ title: "Taken" }, 409), "returned 409: Taken"],
  ["a refusal without words", { status: 500, body: "<html>" }, "returned 500"],
  ["forbidden", { status: 403 }, "returned 403"],
  ["a redirect", { status: 302, headers: { location: "/login" } }, "returned 302"],
  ["what is not JSON", { status: 201, body: "created" }, "returned 201 with a body that is not JSON"],
  ["nothing where something must be", { status: 201 }, 'returned 201 without "id"'],
  ["what it says elsewhere", json({ data: { id: "a" } }, 201), 'returned 201 without "id"'],
  ["null", json(null, 201), 'returned 201 without "id"'],
  ["a member that is null", json({ id: null }, 201), 'returned 201 without "id"'],
])("%s is told in the target's own words", async (_what, answer, words) => {
  const { target, baseUrl } = await offering(answer);
  await expect(target.createAccount?.({})).rejects.toThrow(
    new ControlFailure(`POST ${baseUrl}/__testkit/accounts ${words}`),
  );
});

test.each<[string, Use, string]>([
  ["passwordMatches", (t) => t.passwordMatches?.("a", "p"), "matches"],
  ["issueTokens", (t) => t.issueTokens?.("a", {}), "id_token"],
  ["captchaToken", (t) => t.captchaToken?.({ sender: "1" }), "captcha_token"],
  ["solveCaptcha", (t) => t.solveCaptcha?.("t"), "x"],
  ["plantCode", (t) => t.plantCode?.(TO), "code"],
  ["readCode", (t) => t.readCode?.(TO), "messages"],
  ["readAccount", (t) => t.readAccount?.("a"), "id"],
  ["openSandbox", (t) => t.openSandbox?.(), "client_id"],
])("%s fails on a response without its required field", async (_what, use, field) => {
  const { target } = await offering(json({ data: null }));
  await expect(use(target)).rejects.toThrow(`returned 200 without "${field}"`);
});

test("our own error message names the call without the receiver", async () => {
  const { target, baseUrl } = await offering({ status: 500 });
  await expect(target.readCode?.(TO)).rejects.toThrow(
    new ControlFailure(`GET ${baseUrl}/__testkit/messages returned 500`),
  );
});
