/** `ciam-testkit/types`: the types of openapi.yaml, for a typed client such as openapi-fetch. */
export type { components, operations, paths } from "./spec/openapi.gen.ts";
