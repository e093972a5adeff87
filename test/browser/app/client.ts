/** The API, typed by its specification. */
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

/** The application that this page is to the API. */
const CLIENT_ID = "nTo1eRIub60vPb54WeE6aojPwYwImtl4";

/** The headers that every call carries. */
export function caller() {
  return {
    "X-operating-sys-version": navigator.platform,
    "X-device-fingerprint": fingerprint(),
    "X-agent": navigator.userAgent,
    "X-client-id": CLIENT_ID,
    "X-L": language(),
  };
}

/** What the API says when it refuses, in the language of the page. */
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

/** What a call gives; throws a `Refusal` instead. */
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
