/** The catalogue: every operation and error of openapi.yaml with texts and sources, and every policy key. */
import { expect, test } from "vitest";
import { assumptions } from "../../../mocks/core/policy.ts";
import { assumptions as genauthAssumptions } from "../../../mocks/dialects/genauth/policy.ts";
import { stillMock } from "../../support/mock/api.ts";
import { controlHttp } from "../../support/mock/control-http.ts";
import { operations, catalogue as written } from "../spec/documents.ts";

const { done } = controlHttp(stillMock());
const catalogue = await done("readCatalogue");

test("the catalogue has every operation with its checks in order", () => {
  const found = catalogue.operations.map(({ operation, method, path, errors }) => ({
    operationId: operation,
    method,
    path,
    checks: errors.map(({ check }) => check),
  }));
  const wanted = operations.map(({ operationId, method, path, "x-ciam-checks": checks }) => ({
    operationId,
    method,
    path,
    checks,
  }));
  expect(found).toHaveLength(wanted.length);
  expect(found).toEqual(expect.arrayContaining(wanted));
});

test("each error has the texts, the source and the reason of openapi.yaml", () => {
  for (const { dialect, errors } of catalogue.operations) {
    for (const { check, summary, text, source, reason, also } of errors) {
      const { summary: said, bamboocloud, genauth } = written[check] ?? {};
      const wording = dialect === "genauth" ? genauth : bamboocloud;
      const words = dialect === "genauth" ? genauth?.message : bamboocloud?.error_msg;
      expect({ summary, text, source, reason, also }).toEqual({
        summary: said,
        text: words,
        source: wording?.source,
        reason: wording?.reason,
        also: wording?.also ?? [],
      });
    }
  }
});

test("a text that no page shows is marked as inferred, per language", () => {
  const errors = catalogue.operations.flatMap((operation) => operation.errors);
  const sourcesOf = (wanted: string) => errors.find(({ check }) => check === wanted)?.text_source;
  expect(sourcesOf("device-incomplete")).toEqual({ en: "documented", zh: "documented" });
  expect(errors.some(({ source, text_source }) => source === "documented" && text_source.zh === "inferred")).toBe(true);
});

test("each error of the catalogue can be scheduled as it is listed", async () => {
  const mock = stillMock();
  for (const { operation, errors } of catalogue.operations) {
    for (const { check, error } of errors) await mock.faults.add({ operation, check, error });
  }
  const armed = catalogue.operations.reduce((sum, { errors }) => sum + errors.length, 0);
  expect(await mock.faults.list()).toHaveLength(armed);
});

test("the catalogue has every policy key with default, source and dialect defaults", () => {
  const common = catalogue.policy.filter(({ dialect }) => dialect === undefined);
  expect(common.map(({ description: _text, values: _choices, ...entry }) => entry)).toEqual(
    Object.entries(assumptions).map(([key, { default: value, source }]) => ({ key, default: value, source })),
  );
  const own = catalogue.policy.filter(({ dialect }) => dialect === "genauth");
  expect(own.map(({ key }) => key)).toEqual([...Object.keys(genauthAssumptions), "code_ttl_seconds"]);
  expect(own.at(-1)).toMatchObject({ default: 60 });
  expect(common.length + own.length).toBe(catalogue.policy.length);
});

test("each policy key has the description and the choices of control.yaml", () => {
  const entries = catalogue.policy.map(({ key, description, values }) => ({ key, description, values }));
  expect(entries).toContainEqual({ key: "code_length", description: "Number of digits of a code.", values: undefined });
  expect(entries).toContainEqual({
    key: "genauth_http_status",
    description: expect.stringContaining("`mirror`"),
    values: ["always-200", "mirror"],
  });
});

test("the catalogue has every scene with its channel", () => {
  expect(catalogue.scenes).toContainEqual({ scene: "UPDATE_EMAIL_EMS", dialect: "bamboocloud", channel: "email" });
  expect(catalogue.scenes).toContainEqual({ scene: "CHANNEL_BIND_PHONE", dialect: "genauth", channel: "sms" });
});
