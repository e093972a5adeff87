/** The control protocol over `fetch`: calls, and the stream of events. Knows nothing of the page. */

/** @import { Ask, ControlEvent } from "./control-call.d.ts" */

/** The server has answered, and the answer is no. */
export class Refusal extends Error {
  /**
   * @param {number} status
   * @param {{ title?: string, detail?: string }} problem
   */
  constructor(status, { title = `HTTP ${status}`, detail }) {
    super(detail === undefined ? title : `${title}: ${detail}`);
    this.status = status;
  }

  /** The server wants its control token. */
  get isLocked() {
    return this.status === 401;
  }
}

/** The server has not answered. */
export class Unreachable extends Error {}

/** @typedef {{ readonly clientId: string | undefined, readonly token: string }} Access The sandbox; none is the default one. */

/**
 * @param {Access} access
 * @returns {Ask}
 */
export function asking(access) {
  return async (method, path, { path: params = {}, query = {}, body } = {}) => {
    const response = await send(access, urlOf(path, params, query), {
      method: method.toUpperCase(),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return text === "" ? undefined : JSON.parse(text);
  };
}

/**
 * The events from now on. It begins once the server listens, and ends with the connection; throws as a call does.
 * @param {Access} access
 * @param {AbortSignal} signal
 * @returns {Promise<AsyncGenerator<ControlEvent, void>>}
 */
export async function listening(access, signal) {
  const { body } = await send(access, urlOf("/__testkit/events", {}, {}), { method: "GET", signal });
  return events(body ?? new ReadableStream());
}

/** @param {ReadableStream<Uint8Array<ArrayBuffer>>} stream */
async function* events(stream) {
  const reader = stream.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  for (;;) {
    const { done, value = "" } = await reader.read();
    if (done) return;
    const paragraphs = (text + value).split("\n\n");
    text = paragraphs.pop() ?? "";
    for (const event of paragraphs.map(eventIn)) if (event !== undefined) yield event;
  }
}

/**
 * @param {string} paragraph
 * @returns {ControlEvent | undefined}
 */
function eventIn(paragraph) {
  const type = /^event: (.*)$/m.exec(paragraph)?.[1];
  const data = /^data: (.*)$/m.exec(paragraph)?.[1];
  if (type === undefined || data === undefined) return undefined;
  // What the server says is what control.yaml says; its own tests hold it to that.
  return /** @type {ControlEvent} */ ({ type, data: JSON.parse(data) });
}

/**
 * The page lies where the protocol does, whatever a dev server has put before it.
 * @param {string} path
 * @param {Readonly<Record<string, string>>} params
 * @param {Readonly<Record<string, string | number | undefined>>} query
 */
function urlOf(path, params, query) {
  const filled = path.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(params[name] ?? ""));
  const url = new URL(filled.replace(/^\/__testkit\/?/, "./"), document.baseURI);
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== "") url.searchParams.set(name, String(value));
  }
  return url;
}

/**
 * @param {Access} access
 * @param {URL} url
 * @param {RequestInit} init
 */
async function send({ clientId, token }, url, init) {
  const headers = {
    accept: "application/json",
    ...(clientId === undefined ? {} : { "x-client-id": clientId }),
    ...(token === "" ? {} : { authorization: `Bearer ${token}` }),
    ...(init.body === undefined ? {} : { "content-type": "application/json" }),
  };
  const response = await fetch(url, { ...init, headers }).catch((error) => {
    throw new Unreachable(String(error), { cause: error });
  });
  if (response.ok) return response;
  throw new Refusal(response.status, await response.json().catch(() => ({})));
}
