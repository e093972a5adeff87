/** Variants of the form of requests and responses. */
import type { Variants } from "./variant.ts";

export const responseVariants: Variants = {
  "an empty object on success": {
    does: "A success without content has the body {}.",
    because: "The pages print no body. Frameworks write an empty object for it.",
    options: { emptySuccess: "object" },
  },
  "no content type on success": {
    does: "A success without content has no content type.",
    because: "Two pages print no content type.",
    options: { emptySuccess: "bare" },
  },
  "more fields in errors": {
    does: "An error also has request_id and timestamp.",
    because: "Clients ignore fields that they do not know.",
    options: { errorExtras: true },
  },
  "no charset": {
    does: "The content type is application/json.",
    because: "The pages print it so.",
    options: { contentType: "application/json", compactJson: true },
  },
  "a gateway that throttles": {
    does: "A gateway refuses one request in forty with 429 and Retry-After.",
    because: "A gateway in front of an API may throttle. That says nothing about the API.",
    options: { gateway: { every: 40 } },
  },
  "a gateway that throttles in HTML": {
    does: "A gateway refuses one request in thirty with 429, Retry-After and a page in HTML.",
    because: "A gateway in front of an API may throttle. That says nothing about the API.",
    options: { gateway: { every: 30, form: "html" } },
  },
  "a gateway that is busy": {
    does: "A gateway refuses one request in fifty with 503, Retry-After and a page in HTML.",
    because: "503 with Retry-After asks the client to come again. It says nothing about the API.",
    options: { gateway: { every: 50, status: 503, form: "html" } },
  },
  "malformed JSON as missing fields": {
    does: "A body that is not a JSON object counts as one without fields.",
    because: "No page says what such a body gets.",
    options: { malformedBody: "missing-fields" },
  },
  "malformed JSON as a problem document": {
    does: "A body that is not a JSON object gets a problem document with 400.",
    because: "No page says what such a body gets.",
    options: { malformedBody: "problem" },
  },
  "415 without JSON": {
    does: "A request without Content-Type: application/json gets 415.",
    because: "The pages require this header.",
    options: { malformedBody: "unsupported" },
  },
  "unknown fields are refused": {
    does: "A request with an unknown field is refused.",
    because: "No page says that other fields are allowed.",
    options: { unknownFields: "refused" },
  },
  "numbers as texts": {
    does: "A JSON number counts as the text of its digits.",
    because: "Frameworks convert it so, and no page says otherwise.",
    options: { numbersAsTexts: true },
  },
  "blanks are a value": {
    does: "A text of blanks is a value, not a missing field.",
    because: "The pages say empty, not blank.",
    options: { blankFields: "value" },
  },
  "an empty header is there": {
    does: "An empty header is a header.",
    because: "The pages say that a header is required, not that it has a value.",
    options: { emptyHeaders: "value" },
  },
  "English by default": {
    does: "Without X-L, a refusal is in English.",
    because: "No page says which language is the default.",
    options: { figures: { default_language: "en" } },
  },
  "exact languages": {
    does: "X-L is zh or en. Any other value counts as none.",
    because: "The pages show zh.",
    options: { language: "exact" },
  },
  "the language of the browser": {
    does: "Without X-L, Accept-Language decides.",
    because: "No page says what happens without X-L.",
    options: { language: "accept-language" },
  },
  "HTML for unknown paths": {
    does: "An unknown path gets a page in HTML.",
    because: "No page is about other paths.",
    options: { unknownPath: "html" },
  },
  "problem documents for unknown paths": {
    does: "An unknown path gets a problem document.",
    because: "No page is about other paths.",
    options: { unknownPath: "problem" },
  },
  "a trailing slash": {
    does: "A path may end with a slash.",
    because: "No page is about other paths.",
    options: { trailingSlash: true },
  },
  "paths without case": {
    does: "A path is compared without case.",
    because: "No page is about other paths.",
    options: { pathCase: true },
  },
  "HEAD and OPTIONS": {
    does: "OPTIONS gets 204, and HEAD the status of GET.",
    because: "HTTP defines both, and the pages do not mention them.",
    options: { headAndOptions: true },
  },
  "CORS headers": {
    does: "Every response allows all origins.",
    because: "Browsers need it, and the pages do not mention it.",
    options: { cors: true },
  },
};
