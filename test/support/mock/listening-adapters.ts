/** Every adapter that listens, on a free port of this machine, closed when the test is over. */
import { onTestFinished } from "vitest";
import { servePrism } from "../../../mocks/adapters/prism.ts";
import { stillMock } from "./api.ts";
import { built, dev, type Kind, started } from "./dev-server.ts";
import { SELF_SIGNED_CERTIFICATE as cert, SELF_SIGNED_KEY as key } from "./self-signed.ts";
import { served } from "./served.ts";

export interface ListeningAdapter {
  readonly name: string;
  /** Resolves to the address, without a slash at the end. */
  open(controlToken?: string): Promise<string>;
}

const given = (controlToken?: string) => (controlToken === undefined ? {} : { controlToken });

/** Over plain HTTP/1. */
export const listeningAdapters: readonly ListeningAdapter[] = [
  { name: "serve", open: async (token) => (await served(stillMock(), given(token))).url },
  {
    name: "Prism",
    async open(token) {
      const prism = await servePrism(stillMock(), { port: 0, ...given(token) });
      onTestFinished(() => prism.close());
      return prism.url;
    },
  },
  { name: "Vite's dev server", open: async (token) => (await started(dev, given(token))).url() },
  { name: "Vite's preview", open: async (token) => (await started(built, given(token))).url() },
];

/** Over TLS and HTTP/2. */
export const encryptedAdapters: readonly ListeningAdapter[] = [
  { name: "Vite's dev server over TLS", open: (token) => encrypted(dev, token) },
  { name: "Vite's preview over TLS", open: (token) => encrypted(built, token) },
];

async function encrypted(kind: Kind, token: string | undefined): Promise<string> {
  const https = { cert, key };
  const { url } = await started(kind, given(token), (config) => ({
    ...config,
    server: { ...config.server, https },
    preview: { ...config.preview, https },
  }));
  return url();
}
