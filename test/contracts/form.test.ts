/** The form case of an operation judges the form of all its responses, and the other cases do not repeat it. */
import { expect, test } from "vitest";
import { controlTarget } from "../../contracts/index.ts";
import { runAll } from "../../contracts/runner/run-all.ts";
import { packagedSpec } from "../../contracts/spec/spec-file.ts";
import { createMock } from "../../mocks/index.ts";

interface Plain {
  readonly status: number;
  readonly body: string;
}

/** A run of all cases of one operation against the mock, whose responses at this path are altered. */
async function run(operation: string, path: string, alter: (response: Plain) => Plain) {
  const mock = createMock();
  const target = await controlTarget({
    baseUrl: "http://ciam.test",
    async fetch(url, init) {
      const response = await mock.fetch(url, init);
      if (!url.endsWith(path)) return response;
      const { status, body } = alter({ status: response.status, body: await response.text() });
      return new Response(body === "" ? null : body, { status, headers: response.headers });
    },
  });
  const only = [`${operation}/success`, `${operation}/form`, `${operation}/*-missing`, `${operation}/client-unknown`];
  const { cases } = await runAll(packagedSpec(), target, { seed: "form", version: "0", only });
  return {
    form: cases.find(({ axis }) => axis === "form"),
    others: cases.filter(({ axis }) => axis !== "form").map(({ outcome }) => outcome),
  };
}

const UPDATE = ["updateMobile", "profile/update-mobile"] as const;
const LOGIN = ["loginByMobileCode", "login/mobile-verify-code"] as const;
const PHONE = ["genauthUpdatePhone", "/update-phone"] as const;

const onSuccess = (change: (response: Plain) => Plain) => (response: Plain) =>
  response.status === 200 && !response.body.includes("error_code") ? change(response) : response;
const withFields = (change: (fields: Record<string, unknown>) => object) => (response: Plain) => ({
  ...response,
  body: JSON.stringify(change(JSON.parse(response.body))),
});

test.each<[string, readonly [operation: string, path: string], (response: Plain) => Plain, string]>([
  [
    "an empty object where no body is printed",
    UPDATE,
    onSuccess((response) => ({ ...response, body: "{}" })),
    "finding",
  ],
  ["a text where no body is printed", UPDATE, onSuccess((response) => ({ ...response, body: "OK" })), "failed"],
  ["a success with status 201", UPDATE, onSuccess((response) => ({ ...response, status: 201 })), "failed"],
  ["a field that is not printed", LOGIN, onSuccess(withFields((all) => ({ ...all, refresh_token: "r" }))), "finding"],
  ["a printed field that is left out", LOGIN, onSuccess(withFields(({ expire: _, ...all }) => all)), "failed"],
  ["null for a printed field", LOGIN, onSuccess(withFields((all) => ({ ...all, expire: null }))), "failed"],
  ["null for a field that may be left out", PHONE, onSuccess(withFields((all) => ({ ...all, data: null }))), "finding"],
  [
    "a refusal with a field that is not printed",
    UPDATE,
    (response) => (response.status === 400 ? withFields((all) => ({ ...all, request_id: "1" }))(response) : response),
    "finding",
  ],
  [
    "a refusal with status 422",
    UPDATE,
    (response) => (response.status === 400 ? { ...response, status: 422 } : response),
    "failed",
  ],
])("%s: the form case says so, once", async (_what, [operation, path], alter, outcome) => {
  const { form, others } = await run(operation, path, alter);
  expect({ outcome: form?.outcome, reason: form?.reason }).toEqual({ outcome, reason: expect.stringMatching(/\S/) });
  expect(form?.exchanges[form.violations[0]?.exchange ?? -1]?.operation).toBe(operation);
  expect(new Set(others)).toEqual(new Set(["passed"]));
  expect(others.length).toBeGreaterThan(4);
});
