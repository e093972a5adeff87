/** So many small POST requests by `fetch`, sixteen at a time: the baseline of the contract suite. Arguments: URL, count. */
const [url, count] = process.argv.slice(2);
const AT_ONCE = 16;
let left = Number(count);

async function sendUntilDone() {
  while (left > 0) {
    left -= 1;
    const headers = { "content-type": "application/json" };
    const response = await fetch(url, { method: "POST", headers, body: '{"mobile":"15201657312"}' });
    await response.text();
  }
}

await Promise.all(Array.from({ length: AT_ONCE }, sendUntilDone));
