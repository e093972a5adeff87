/** A client that writes down every response of a backend, without what differs between two equal backends. */
import type { Backend } from "../backend.ts";

export type Fields = Readonly<Record<string, unknown>>;

export interface Client {
  /** Sends a request, writes the response down, and returns its body. */
  send(method: string, path: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<Fields>;
  /** A Bamboocloud call with its headers, below `/api/v2/sdk/`. */
  api(path: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<Fields>;
  /** A GenAuth call, below `/api/v3/`. */
  genauth(path: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<Fields>;
  control(method: string, path: string, body?: unknown): Promise<Fields>;
  note(text: string): void;
  readonly lines: readonly string[];
}

const DEVICE = { "x-operating-sys-version": "os", "x-device-fingerprint": "print", "x-agent": "agent" };

export function clientOf({ fetch, clientId }: Backend): Client {
  const lines: string[] = [];

  const send: Client["send"] = async (method, path, body, headers = {}) => {
    const text = body === undefined || typeof body === "string" ? body : JSON.stringify(body);
    const response = await fetch(`http://probe.test${path}`, {
      method,
      headers,
      ...(text === undefined ? {} : { body: text }),
    });
    const got = await response.text();
    const shown = ["content-type", "retry-after", "allow", "access-control-allow-origin"].map((name) =>
      response.headers.get(name),
    );
    lines.push(`${method} ${stable(path)} ${stable(text ?? "")}: ${response.status} ${shown} ${stable(got)}`);
    return fieldsOf(got);
  };
  const json = { "content-type": "application/json" };
  const methodFor = (body: unknown) => (body === undefined ? "GET" : "POST");
  return {
    send,
    api: (path, body, headers = {}) =>
      send(methodFor(body), `/api/v2/sdk/${path}`, body, { ...DEVICE, ...json, "x-client-id": clientId, ...headers }),
    genauth: (path, body, headers = {}) =>
      send(methodFor(body), `/api/v3/${path}`, body, { ...json, "x-authing-app-id": clientId, ...headers }),
    control: (method, path, body) => send(method, `/__testkit/${path}`, body, { "x-client-id": clientId }),
    note: (text) => lines.push(stable(text)),
    lines,
  };
}

function fieldsOf(text: string): Fields {
  try {
    return Object(JSON.parse(text));
  } catch {
    return {};
  }
}

/** Random texts become their form: `<32>` for a token, 9 for each digit of a code and A for each letter. */
function stable(text: string): string {
  return text
    .replace(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, "<uuid>")
    .replace(/eyJ[\w-]+\.[\w-]+\.[\w-]+/g, "<jwt>")
    .replace(/[\w~-]{30,}/g, (token) => `<${token.length}>`)
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "<time>")
    .replace(/("(?:code|verify_code|\w*PassCode)"\s*:\s*")([^"]*)/g, (_, name, code) => name + formOf(code))
    .replace(/"offset_seconds"\s*:\s*\d+/g, '"offset_seconds"')
    .replace(/"text"\s*:\s*"[^"]*"/g, '"text"')
    .replace(/"(x|id)"\s*:\s*"?[\d.]+"?/g, '"$1"')
    .replace(/\\"x\\":-?[\d.]+/g, "x");
}

function formOf(code: string): string {
  return code.replace(/\d/g, "9").replace(/[A-Z9]/g, (one) => (/[A-Z]/.test(code) ? "A" : one));
}
