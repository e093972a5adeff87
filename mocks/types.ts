/** `ciam-testkit/types`: openapi.yaml as types, for a typed client such as openapi-fetch. */
export type { components, operations, paths } from "./spec/openapi.gen.ts";
