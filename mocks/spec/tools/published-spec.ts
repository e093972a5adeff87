/**
 * The published openapi.yaml: the hand-written one with the catalogue as standard `examples`, so that Prism, Swagger UI and
 * readers get every documented error for nothing. A development tool.
 */
import { readFile } from "node:fs/promises";
import { parseDocument } from "yaml";
import { type Document, readSpec, type Spec, type SpecOperation, type Wording } from "./read-spec.ts";

/** The text of the published file. */
export async function publishedSpec(file: URL): Promise<string> {
  const spec = await readSpec(file);
  const published = parseDocument(await readFile(file, "utf8"));
  const refused: Document = spec.document.components.responses.Refused;
  for (const { path, method } of spec.operations) {
    const sharing = spec.operations.filter((other) => other.path === path && other.method === method);
    const content = { ...refused.content["application/json"], examples: examplesOf(sharing, spec.errors) };
    const response = { description: refused.description, content: { "application/json": content } };
    published.setIn(["paths", path, method.toLowerCase(), "responses", "400"], published.createNode(response));
  }
  published.deleteIn(["components", "responses", "Refused"]);
  return published.toString({ lineWidth: 0 });
}

interface Example {
  summary: string;
  value: { error_code: string; error_msg: string };
}

/** Keyed by error code, and by error code and `-zh` for the Chinese text. */
function examplesOf(operations: readonly SpecOperation[], errors: Spec["errors"]): Record<string, Example> {
  const examples: Record<string, Example> = {};
  for (const { checks, dialect } of operations) {
    for (const check of checks) {
      const wording = errors[check]?.[dialect] as Wording;
      const { error_code } = wording;
      const summary = String(errors[check]?.["summary"]);
      examples[error_code] ??= { summary, value: { error_code, error_msg: exampleText(wording, "en") } };
      examples[`${error_code}-zh`] ??= { summary, value: { error_code, error_msg: exampleText(wording, "zh") } };
    }
  }
  return examples;
}

function exampleText({ error_msg, example_params }: Wording, language: "en" | "zh"): string {
  return error_msg[language].replace(
    /\{(\d)\}/g,
    (placeholder, index) => example_params?.[language][index] ?? placeholder,
  );
}
