/** The steps that Redis carries out at once, in Lua. Each gets the four keys of a sandbox: records, expiring, messages, requests. */
import { createHash } from "node:crypto";

export interface Script {
  readonly source: string;
  readonly sha: string;
}

function script(source: string): Script {
  return { source, sha: createHash("sha1").update(source).digest("hex") };
}

const KEPT = 1_000;

/** More than one write can add, so that expired records do not accumulate. */
const PURGED_PER_COMMIT = 16;

/** Lua cannot pass more than some thousand arguments. */
const AT_ONCE = 1_000;

/** Each use of a sandbox prolongs its life. */
const PROLONG = `
for i = 1, 4 do redis.call('EXPIRE', KEYS[i], ARGV[1]) end`;

/** Writes a record: field, JSON text (empty to delete it), time at which it expires (empty for never). */
const WRITE = `
local function write(field, text, expires)
  if text == '' then redis.call('HDEL', KEYS[1], field) else redis.call('HSET', KEYS[1], field, text) end
  if expires == '' then redis.call('ZREM', KEYS[2], field) else redis.call('ZADD', KEYS[2], expires, field) end
end`;

/**
 * ARGV: idle seconds, time, number of reads, number of changes; a field and a text for each read; three values for each change; then
 * the number of a key and a text for each log entry. Returns the number and the current text of each read that is outdated. If
 * there is one, nothing is written.
 */
export const COMMIT = script(`${WRITE}
local reads, changes = tonumber(ARGV[3]), tonumber(ARGV[4])
local outdated = {}
for before = 0, reads - 1, ${AT_ONCE} do
  local last = math.min(before + ${AT_ONCE}, reads)
  local fields = {}
  for i = before + 1, last do fields[i - before] = ARGV[3 + 2 * i] end
  local texts = redis.call('HMGET', KEYS[1], unpack(fields))
  for i = before + 1, last do
    local text = texts[i - before] or ''
    if text ~= ARGV[4 + 2 * i] then
      outdated[#outdated + 1] = i
      outdated[#outdated + 1] = text
    end
  end
end
local at = 5 + 2 * reads
if #outdated > 0 then return outdated end
for _ = 1, changes do
  write(ARGV[at], ARGV[at + 1], ARGV[at + 2])
  at = at + 3
end
while at < #ARGV do
  redis.call('XADD', KEYS[tonumber(ARGV[at])], 'MAXLEN', '=', ${KEPT}, '0-*', 'json', ARGV[at + 1])
  at = at + 2
end
if changes > 0 then
  local due = redis.call('ZRANGEBYSCORE', KEYS[2], '-inf', ARGV[2], 'LIMIT', 0, ${PURGED_PER_COMMIT})
  if #due > 0 then
    redis.call('HDEL', KEYS[1], unpack(due))
    redis.call('ZREM', KEYS[2], unpack(due))
  end
end
${PROLONG}
return outdated`);

/** ARGV: idle seconds, number of records; three values for each record; then an id and a text for each message. */
export const LOAD = script(`${WRITE}
redis.call('DEL', KEYS[1], KEYS[2], KEYS[3], KEYS[4])
local at = 3
for _ = 1, tonumber(ARGV[2]) do
  write(ARGV[at], ARGV[at + 1], ARGV[at + 2])
  at = at + 3
end
while at < #ARGV do
  redis.call('XADD', KEYS[3], '0-' .. ARGV[at], 'json', ARGV[at + 1])
  at = at + 2
end
${PROLONG}
return 0`);

/** Returns all fields and texts of the records, and all messages. */
export const DUMP = script(`
return { redis.call('HGETALL', KEYS[1]), redis.call('XRANGE', KEYS[3], '-', '+') }`);
