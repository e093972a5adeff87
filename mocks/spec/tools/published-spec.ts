/**
 * Makes the published openapi.yaml: adds the error catalogue as standard `examples`, which Prism and Swagger UI show. A
 * development tool.
 */
import { readFile } from "node:fs/promises";
import { parseDocument } from "yaml";
import { type Document, readSpec, type Spec, type SpecOperation, spoken, type Wording } from "./read-spec.ts";

/** The text of the published file. */
export async function publishedSpec(file: URL): Promise<string> {
  const spec = await readSpec(file);
  const published = parseDocument(await readFile(file, "utf8"));
  const refused: Document = spec.document.components.responses.Refused;
  for (const { path, method, dialect } of spec.operations) {
    const sharing = spec.operations.filter((other) => other.path === path && other.method === method);
    const examples = examplesOf(sharing, spec.errors);
    const responses = ["paths", path, method.toLowerCase(), "responses"];
    if (refusesWith200(spec, dialect)) {
      const path = [...responses, "200", "content", "application/json", "examples"];
      for (const [name, example] of Object.entries(examples))
        published.setIn([...path, name], published.createNode(example));
    } else {
      const content = { ...refused.content["application/json"], examples };
      const response = { description: refused.description, content: { "application/json": content } };
      published.setIn([...responses, "400"], published.createNode(response));
    }
  }
  published.deleteIn(["components", "responses", "Refused"]);
  return published.toString({ lineWidth: 0 });
}

/** Whether the dialect's errors have the same HTTP status as its successes. */
function refusesWith200({ errors }: Spec, dialect: string): boolean {
  return Object.values(errors).some((entry) => typeof entry[dialect] === "object" && "statusCode" in entry[dialect]);
}

interface Example {
  summary: string;
  value: Readonly<Record<string, unknown>>;
}

/** The examples by error code, and by error code with `-zh` for the Chinese text. */
function examplesOf(operations: readonly SpecOperation[], errors: Spec["errors"]): Record<string, Example> {
  const examples: Record<string, Example> = {};
  for (const { checks, dialect } of operations) {
    for (const check of checks) {
      const wording = errors[check]?.[dialect] as Wording;
      // A slash would separate two parts of a reference's path.
      const name = spoken(wording).code.replace("/", "-");
      const summary = String(errors[check]?.["summary"]);
      examples[name] ??= { summary, value: exampleBody(wording, "en") };
      examples[`${name}-zh`] ??= { summary, value: exampleBody(wording, "zh") };
    }
  }
  return examples;
}

function exampleBody(wording: Wording, language: "en" | "zh"): Readonly<Record<string, unknown>> {
  const text = exampleText(wording, language);
  if ("error_code" in wording) return { error_code: wording.error_code, error_msg: text };
  const { statusCode, apiCode } = wording;
  return { statusCode, message: text, ...(apiCode === undefined ? {} : { apiCode }) };
}

function exampleText(wording: Wording, language: "en" | "zh"): string {
  const params = wording.example_params?.[language];
  return spoken(wording).texts[language].replace(/\{(\d)\}/g, (placeholder, index) => params?.[index] ?? placeholder);
}
