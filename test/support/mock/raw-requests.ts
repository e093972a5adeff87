/** Two ways to the mock as functions that also take requests that no well-behaved client sends. */
import type { Mock } from "../../../mocks/index.ts";
import { DEVICE } from "./api.ts";
import { served } from "./served.ts";

interface RawRequest {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array<ArrayBuffer>;
}

export interface RawResponse {
  readonly status: number;
  readonly type: string | null;
  readonly text: string;
}

/** Sends to any path, with the API's required headers unless others are given; POST if there is a body. */
export type SendRaw = (path: string, sent?: RawRequest) => Promise<RawResponse>;

export interface Adapter {
  readonly name: string;
  open(mock: Mock): Promise<SendRaw>;
}

export const adapters: readonly Adapter[] = [
  {
    name: "mock.fetch",
    open: async (mock) => rawSender(mock, "http://ciam.test", mock.fetch),
  },
  {
    name: "the server",
    open: async (mock) => rawSender(mock, (await served(mock)).url, fetch),
  },
];

function rawSender(mock: Mock, origin: string, send: Mock["fetch"]): SendRaw {
  return async (path, { method, headers = {}, body } = {}) => {
    const response = await send(origin + path, {
      method: method ?? (body === undefined ? "GET" : "POST"),
      headers: { ...DEVICE, "x-client-id": mock.clientId, "content-type": "application/json", ...headers },
      ...(body === undefined ? {} : { body }),
    });
    return { status: response.status, type: response.headers.get("content-type"), text: await response.text() };
  };
}
