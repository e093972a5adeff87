/** Signs id_tokens with RS256. The key is fixed, so that the same run gives the same tokens. It is public and proves nothing. */
import { utf8ToBytes } from "@noble/hashes/utils.js";
import type { Sign } from "../core/tokens.ts";

const KEY_ID = "ciam-testkit";

/** Not a secret: it is part of the published package. A system that trusts this key trusts every user of the package. */
const PRIVATE_KEY = {
  kty: "RSA",
  n: "svyHQKYlkf2QrQkQfb1KDlBro92GJEiwa5YeXG8g_l64hz962uak-eDMtNpekMmWUhDyVzDvz5PVyj9Ed6I_2zNYEgghwTwwCq8TJ1ky4NK_8EoRzdj-JzBBCBA-hUF5RdWZ3HS8ncShk2sjkEs4gfw_GCWo1OXZeJFMmegPaPJMpmkUXYLHKb2qkJRd4roHw_gi47rRrHsOXL3bHy3ZdITvYa3cKPFS_GAXtuKiHe3MCnjCYcm6ko5kCjaehDl0QUrRz6RiQuK5JmsvY4kf32CNrc9BSf8zQEs8t96jUASzfSkjjXfTGPSkAymUCDzUEAQXvn7FBHtVhWW4J5vkAw",
  e: "AQAB",
  d: "AjVKSzc4_2_SeRzUlR7xyNDB-qwYcOb0rKNi0dZzi1qB8I-eVGYZYvNHTvxrOwz9XLTDe9QpZYHvidFb3lm1SZI4lyJ-SB2egqVdw-1xhnJogSGcAUndHRpj1SJvPKBLwv2ZO4vXR99FJ5LXm1injyYth368PwZKHeO-FJbw3f7VtR4P7pe3ZHtl7fJ1DBs_by8E7o1VPX_HGxPGCy-gvGTTPLa6-pq031a0d6aNSjPchV4eCahi_HUQTQwcGInFNPwBHccopocRTy0c4t962RkpSAjI7GZzqI_9UsuipzmIDWAJSDqBK9VxCPKytceg5cFJFJ3L8StCuKxaLTBcAQ",
  p: "5ExGPTtE2iQRFj6CsBLe4ezlXwfg5d_F-K4SuS1LSng5NhAA84hdz59525h1CeGHrNHBmb-Qay20qazquzwuqYuVRE4kTs4SCUxU854ut0WMEOqmnDDiYUXE-kFTzXg3JqZ2L3n-uW_MN5eoWTNmmH83GOUbjAiT0ea8jSqrJ3M",
  q: "yLR3s2FXDJ8iMMVIHmSzsbw07HrhgFlNocfuUuhSSajN3ftwC6qYvqmdF9OtjNoXqnvu0b08D7e_ZfBVJrT15BieWBYvAvbuSj6OBhOBoanI7S-XdIMFKRZqDZIZ_yddUI_qmPlIMVJLMCNmPDMq6lNRar430PPh5FDwM8mljTE",
  dp: "dM4dpdh8Osv3PhVPkjylcpxdIskKJTLfvIN7qujku75VLzby9acQsFjc5SDUyPBuFVrgngRoJJ4m8CU7l_6LtU1oWqFMbFF84ur-EAMfzb80kbcs9X8BZFlpFc10zgyy0wCaOWJGlKQBrXPXu4PT-zQjgYY_GN-OmfdfAy8QkMc",
  dq: "aPW_16ZjIK2j8r9pHMPrGVrkjnsgrL-HEsD8yIzIY88Mgjc4_FDl-me3SLuhehSf5b9UQIlm_I1KYeQSk-B06ylYvZY0VaePLHKUUWcoFsQ02J1X5k2SiE85fQlX4RDUAwqQVBmhgHGZ8n3AvGDB47NY06rQg8zW6FDPnTWqBzE",
  qi: "ZkKv8IEd3meHgecTeCA_L62rYv_jFOya6y28tozbbtkq7k-b1Obyvkqty7n_zJQs5-Emva0yQt7UphKA4bRe6-NXPxr-wLlMwiWrenq6usdUjGuYTmfO7DDsp4OpYY1ht2yHZhM2pBzXQ7DNrRNQApMPDLGxgjOhIuqvFXm-g2M",
};

const ALGORITHM = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" };

export const signWithTestKey: Sign = async (claims) => {
  const subtle = webCrypto();
  const header = { alg: "RS256", kid: KEY_ID, typ: "JWT" };
  const content = [header, claims].map((part) => base64url(utf8ToBytes(JSON.stringify(part)))).join(".");
  key ??= subtle.importKey("jwk", PRIVATE_KEY, ALGORITHM, false, ["sign"]);
  const signature = await subtle.sign(ALGORITHM.name, await key, utf8ToBytes(content));
  return `${content}.${base64url(new Uint8Array(signature))}`;
};

let key: Promise<CryptoKey> | undefined;

function webCrypto(): SubtleCrypto {
  const subtle: SubtleCrypto | undefined = globalThis.crypto?.subtle;
  if (subtle !== undefined) return subtle;
  throw new Error(
    "The mock cannot sign a token, because crypto.subtle is missing. Open the page on localhost or over https. " +
      "In jsdom, set globalThis.crypto to the webcrypto of node:crypto.",
  );
}

function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
}

/** The public key as the keys of a JSON Web Key Set. */
export async function testKeys(): Promise<readonly Record<string, unknown>[]> {
  const { kty, n, e } = PRIVATE_KEY;
  return [{ kty, n, e, kid: KEY_ID, alg: "RS256", use: "sig" }];
}
