/**
 * Which API the page uses: `worker` is the mock in the page, `same-origin` the page's own server, anything else an address such
 * as http://127.0.0.1:4010. Set by `?api=` in the page's address, or by VITE_API when Vite starts.
 */
const chosen = new URLSearchParams(location.search).get("api") ?? import.meta.env["VITE_API"] ?? "worker";

export const isMocked = chosen === "worker";

/** The prefix of the API's paths. */
export const baseUrl: string = isMocked || chosen === "same-origin" ? "" : chosen;
