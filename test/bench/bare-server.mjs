/**
 * The baseline: node:http alone. Parses the same JSON, does two map look-ups and returns the given bytes. Runs as a process
 * with port, status and body as arguments.
 */
import { createServer } from "node:http";

const [port, status, body = ""] = process.argv.slice(2);
const length = String(Buffer.byteLength(body));
const headers =
  body === "" ? { "content-length": length } : { "content-type": "application/json", "content-length": length };
const accounts = new Map([["15201657312", "a"]]);
const codes = new Map([["123456", "b"]]);
let found = 0;

const server = createServer((request, response) => {
  const chunks = [];
  request.on("data", (chunk) => chunks.push(chunk));
  request.on("end", () => {
    const text = Buffer.concat(chunks).toString();
    const fields = text === "" ? {} : JSON.parse(text);
    if (accounts.has(fields.mobile) || codes.has(fields.verify_code)) found += 1;
    response.writeHead(Number(status), headers).end(body);
  });
});
server.listen(Number(port), "127.0.0.1", () => process.stdout.write("ready\n"));
process.once("SIGTERM", () => {
  process.stderr.write(`${found} found\n`);
  process.exit(0);
});
