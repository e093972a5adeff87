/** The API client, typed by the specification. */
import type { components, paths } from "ciam-testkit/types";
import createClient from "openapi-fetch";
import { baseUrl } from "./backend.ts";
import { language } from "./language.ts";
import { session } from "./session.ts";

export const api = createClient<paths>({ baseUrl });

api.use({
  onRequest({ request }) {
    const { idToken } = session() ?? {};
    if (idToken !== undefined) request.headers.set("Authorization", `Bearer ${idToken}`);
  },
});

/** The client id of this page. */
const CLIENT_ID = "nTo1eRIub60vPb54WeE6aojPwYwImtl4";

/** The headers of every call. */
export function caller() {
  return {
    "X-operating-sys-version": navigator.platform,
    "X-device-fingerprint": fingerprint(),
    "X-agent": navigator.userAgent,
    "X-client-id": CLIENT_ID,
    "X-L": language(),
  };
}

/** A refusal of the API, in the language of the page. */
export class Refusal extends Error {
  readonly code: string;

  constructor({ error_code, error_msg }: components["schemas"]["Error"]) {
    super(error_msg);
    this.code = error_code;
  }
}

interface Reply<T> {
  readonly data?: T;
  readonly error?: components["schemas"]["Error"];
}

/** The result of a call; throws a `Refusal` instead. */
export async function answered<T>(call: Promise<Reply<T>>): Promise<T | undefined> {
  const { data, error } = await call;
  if (error !== undefined) throw new Refusal(error);
  return data;
}

function fingerprint(): string {
  const known = localStorage.getItem("fingerprint") ?? crypto.randomUUID();
  localStorage.setItem("fingerprint", known);
  return known;
}
