/** Bodies that are not a JSON object, or that a server cannot read as one. */
import type { Draft } from "../../../world/world.ts";

export type RawBody = NonNullable<Draft["rawBody"]>;

/** By what is wrong with them. */
export function brokenBodies(valid: Readonly<Record<string, unknown>>): Readonly<Record<string, RawBody>> {
  return {
    "an empty body": "",
    "a body without an end": '{"mobile":',
    "a body that is not JSON": "mobile=1",
    "the body null": "null",
    "an array": "[]",
    "an array of texts": '["x"]',
    "a text": '"x"',
    "a number": "42",
    "the body true": "true",
    "an object without fields": "{}",
    "arrays in arrays, 20,000 levels deep": "[".repeat(20_000),
    "objects in objects, 5,000 levels deep": `${'{"x":'.repeat(5_000)}1${"}".repeat(5_000)}`,
    "the character NUL": "\0",
    "a byte order mark alone": "\ufeff",
    "bytes that are not UTF-8": bytesOf(0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d),
    "a number beyond every type": '{"x":1e999999}',
    "the valid fields in __proto__": `{"__proto__":${JSON.stringify(valid)}}`,
    "the valid fields in constructor.prototype": `{"constructor":{"prototype":${JSON.stringify(valid)}}}`,
  };
}

export interface Encoded {
  /** undefined leaves it out. */
  readonly contentType: string | undefined;
  readonly contentEncoding?: string;
  readonly rawBody: RawBody;
}

/** `{"x":"y"}` in gzip, as base64. */
const GZIP = "H4sIAAAAAAAAA6tWqlCyUqpUqgUAEMnDiQkAAAA=";

/** Bodies in another format or encoding, none with the fields of the request. */
export const otherEncodings: Readonly<Record<string, Encoded>> = {
  "no content type": { contentType: undefined, rawBody: textBytes('{"x":"y"}') },
  "the content type text/plain": { contentType: "text/plain", rawBody: '{"x":"y"}' },
  "a content type that is none": { contentType: "json", rawBody: '{"x":"y"}' },
  "an unknown charset": { contentType: "application/json; charset=x-none", rawBody: '{"x":"y"}' },
  "UTF-16": { contentType: "application/json; charset=utf-16le", rawBody: utf16('{"x":"y"}') },
  "a form": { contentType: "application/x-www-form-urlencoded", rawBody: "x=y&x[]=1&x[y][z]=2&%=%zz" },
  "a form with many parts": {
    contentType: "multipart/form-data; boundary=b",
    rawBody: "--b\r\nContent-Disposition: x",
  },
  "a form with many parts and no boundary": { contentType: "multipart/form-data", rawBody: "--b--" },
  XML: { contentType: "application/xml", rawBody: '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY y "z">]><x>&y;</x>' },
  gzip: { contentType: "application/json", contentEncoding: "gzip", rawBody: gzipped() },
  "broken gzip": { contentType: "application/json", contentEncoding: "gzip", rawBody: gzipped().slice(0, 15) },
  "gzip that is none": { contentType: "application/json", contentEncoding: "gzip", rawBody: '{"x":"y"}' },
  "an unknown content encoding": { contentType: "application/json", contentEncoding: "x-none", rawBody: '{"x":"y"}' },
  "JSON after a byte order mark": { contentType: "application/json", rawBody: '\ufeff{"x":"y"}' },
};

function gzipped(): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(GZIP), (character) => character.charCodeAt(0));
}

function utf16(text: string): Uint8Array<ArrayBuffer> {
  return bytesOf(...[...text].flatMap((character) => [character.charCodeAt(0), 0]));
}

function textBytes(text: string): Uint8Array<ArrayBuffer> {
  return bytesOf(...[...text].map((character) => character.charCodeAt(0)));
}

function bytesOf(...bytes: number[]): Uint8Array<ArrayBuffer> {
  return new Uint8Array(bytes);
}
