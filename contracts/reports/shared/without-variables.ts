/** Removes from a text what differs from request to request. Then equal texts have the same cause. */

/** Each id, time, long number and masked secret becomes the same text. */
export function withoutVariables(text: string): string {
  return text
    .replace(/<([a-z_]+?)_\d+>/g, "<$1>")
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:?\d\d)?/g, "*")
    .replace(/\b[\da-f]{8}(?:-?[\da-f]{4}){3}-?[\da-f]{12}\b/gi, "*")
    .replace(/\b(?=[a-f]*\d)[\da-f]{12,}\b/gi, "*")
    .replace(/\b\d{6,}\b/g, "*");
}
