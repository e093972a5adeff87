/** Many concurrent requests to a real server over few connections, through node:http: `fetch` is too slow for a thousand. */
import { Agent, request } from "node:http";
import { onTestFinished } from "vitest";
import type { Mock } from "../../../mocks/index.ts";
import { DEVICE } from "./api.ts";
import { served } from "./served.ts";

export interface PostResult {
  readonly status: number;
  /** Without `IDAAS.SDK.`; undefined for a success. */
  readonly error: string | undefined;
}

export type Post = (path: string, body: unknown, headers?: Readonly<Record<string, string>>) => Promise<PostResult>;

/** Posts JSON to the server over fifty connections. */
export async function manyConnections(mock: Mock): Promise<Post> {
  const { port } = await served(mock);
  const agent = new Agent({ keepAlive: true, maxSockets: 50 });
  onTestFinished(() => agent.destroy());
  return (path, body, headers = {}) =>
    new Promise((resolve, reject) => {
      const sent = { ...DEVICE, "x-client-id": mock.clientId, "content-type": "application/json", ...headers };
      const outgoing = request({ agent, host: "127.0.0.1", port, path, method: "POST", headers: sent }, (incoming) => {
        let text = "";
        incoming.setEncoding("utf8");
        incoming.on("data", (more) => {
          text += more;
        });
        incoming.on("end", () => resolve({ status: incoming.statusCode ?? 0, error: errorOf(text) }));
      });
      outgoing.on("error", reject);
      outgoing.end(JSON.stringify(body));
    });
}

/** Posts JSON in process. */
export function inProcess(mock: Mock): Post {
  return async (path, body, headers = {}) => {
    const response = await mock.fetch(`http://ciam.test${path}`, {
      method: "POST",
      headers: { ...DEVICE, "x-client-id": mock.clientId, "content-type": "application/json", ...headers },
      body: JSON.stringify(body),
    });
    return { status: response.status, error: errorOf(await response.text()) };
  };
}

function errorOf(text: string): string | undefined {
  const code: unknown = text === "" ? undefined : JSON.parse(text).error_code;
  return typeof code === "string" ? code.replace("IDAAS.SDK.", "") : undefined;
}

/** How often each response came: by error code, or by status where there is none. */
export function tally(responses: readonly PostResult[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { status, error } of responses) {
    const name = error ?? String(status);
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}
