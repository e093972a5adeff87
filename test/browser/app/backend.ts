/**
 * Which API the page talks to: `worker` is the mock inside it, `same-origin` whatever answers where the page came from, anything
 * else the address of one, such as http://127.0.0.1:4010. By `?api=` in the page's address, or by VITE_API when Vite starts.
 */
const chosen = new URLSearchParams(location.search).get("api") ?? import.meta.env["VITE_API"] ?? "worker";

export const isMocked = chosen === "worker";

/** What the paths of the API follow. */
export const baseUrl: string = isMocked || chosen === "same-origin" ? "" : chosen;
