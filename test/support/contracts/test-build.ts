/** A test build behind HTTP, with fixed responses to control calls. */
import { type ControlTargetOptions, controlTarget } from "../../../contracts/index.ts";
import { type FakeRequest, type FakeResponse, fakeServer, json } from "../mock/fake-server.ts";
import { everyCapability } from "./capabilities.ts";

export const DESCRIPTION = { protocol: "1", name: "test build", version: "3.1", capabilities: everyCapability };

/** A test build that offers everything, and gives this response to all but the first request. */
export async function offering(
  response: FakeResponse | ((requests: FakeRequest) => FakeResponse),
  options: Partial<ControlTargetOptions> = {},
) {
  const requests: FakeRequest[] = [];
  const baseUrl = await fakeServer((request) => {
    if (request.method === "GET" && request.path === "/__testkit") return json(DESCRIPTION);
    requests.push(request);
    return typeof response === "function" ? response(request) : response;
  });
  return { target: await controlTarget({ baseUrl, ...options }), requests, baseUrl };
}
