/** The two pictures of the slider captcha, decoded: the piece fills the hole at x and nowhere else. */
import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { utf8ToBytes } from "@noble/hashes/utils.js";
import fc from "fast-check";
import { type DecodedPng, decode } from "fast-png";
import { expect, onTestFinished, test } from "vitest";
import { seededRandomness } from "../../../../mocks/core/randomness.ts";
import { drawPuzzle } from "../../../../mocks/dialects/bamboocloud/puzzle-picture.ts";

const WIDTH = 310;
const HEIGHT = 155;
const PIECE_WIDTH = 47;
/** As wide as the light edge of the piece. */
const EDGE = 2;
const X = 163;
const TOKEN = "0f8c6a1d2b3e4f5061728394a5b6c7d8";

type Pixels = DecodedPng["data"];
type Point = readonly [column: number, row: number];

const anyX = fc.integer({ min: 100, max: 262 });
const anyToken = fc.stringMatching(/^[0-9a-f]{32}$/);
const RUNS = { numRuns: 15 };

const randomness = seededRandomness("test", (key, message) => hmac(sha256, utf8ToBytes(key), utf8ToBytes(message)));

test("the background is 310 by 155 pixels; the piece is 47 by 155 with transparency", () => {
  const { background, piece } = draw(X, TOKEN);
  expect([background.width, background.height, background.channels, background.depth]).toEqual([310, 155, 3, 8]);
  expect([piece.width, piece.height, piece.channels, piece.depth]).toEqual([47, 155, 4, 8]);
});

test("both pictures are plain base64, together at most 60 kB", () => {
  fc.assert(
    fc.property(anyX, anyToken, (x, token) => {
      const { background, piece } = drawPuzzle(x, randomness, token);
      for (const text of [background, piece]) expect(text).toMatch(/^[A-Za-z0-9+/]+={0,2}$/);
      expect(background.length + piece.length).toBeLessThan(60_000);
    }),
    RUNS,
  );
});

test("the piece at x restores every pixel of the hole", () => {
  fc.assert(
    fc.property(anyX, anyToken, (x, token) => {
      const puzzle = draw(x, token);
      expect(wrongPixels(puzzle, x, x, token)).toBe(0);
    }),
    RUNS,
  );
});

test.each([-8, -3, -1, 1, 3, 8])("the piece %i pixels away from x leaves the hole open", (shift) => {
  const puzzle = draw(X, TOKEN);
  expect(wrongPixels(puzzle, X, X + shift, TOKEN)).toBeGreaterThan(20);
});

test("the picture has a visible edge at the hole until the piece is at x", () => {
  const puzzle = draw(X, TOKEN);
  expect(stepAtLeftEdge(puzzle, puzzle.background.data, X)).toBeGreaterThan(30);
  expect(stepAtLeftEdge(puzzle, compose(puzzle, X), X)).toBeLessThan(10);
  expect(stepAtLeftEdge(puzzle, compose(puzzle, X + 8), X)).toBeGreaterThan(30);
});

test("the hole is clearly darker than the original picture, whatever the scenery", () => {
  fc.assert(
    fc.property(anyX, anyToken, (x, token) => {
      const { background, piece } = draw(x, token);
      const scenery = sceneryOf(token);
      const darkening = inside(piece).map(
        ([column, row]) => brightness(scenery, x + column, row) - brightness(background.data, x + column, row),
      );
      expect(Math.min(...darkening)).toBeGreaterThan(25);
    }),
    RUNS,
  );
});

test("the hole begins at column x, is 47 pixels wide and has exactly the piece's shape", () => {
  fc.assert(
    fc.property(anyX, anyToken, (x, token) => {
      const { background, piece } = draw(x, token);
      const scenery = sceneryOf(token);
      const changed = changedPixels(scenery, background.data);
      const columns = changed.map(([column]) => column);
      expect([Math.min(...columns), Math.max(...columns)]).toEqual([x, x + PIECE_WIDTH - 1]);
      expect(changed.filter(([column, row]) => alpha(piece, column - x, row) === 0)).toEqual([]);
      const lighter = ([column, row]: Point) =>
        brightness(background.data, column, row) >= brightness(scenery, column, row);
      expect(changed.filter(lighter)).toEqual([]);
    }),
    RUNS,
  );
});

test("the piece is a 47 by 47 jigsaw piece with knobs and notches, transparent around", () => {
  fc.assert(
    fc.property(anyX, anyToken, (x, token) => {
      const { piece } = draw(x, token);
      const shape = points(PIECE_WIDTH).filter(([column, row]) => alpha(piece, column, row) > 0);
      const rows = shape.map(([, row]) => row);
      const top = Math.min(...rows);
      expect(Math.max(...rows) - top).toBe(46);
      expect(shape.length).toBeGreaterThan(1_000);
      const opaque = (column: number, row: number) => alpha(piece, column, top + row) === 255;
      expect([opaque(18, 2), opaque(44, 29), opaque(3, 14)], "knobs and body").toEqual([true, true, true]);
      expect([opaque(2, 29), opaque(18, 44), opaque(2, 2), opaque(44, 2)], "notches and corners").not.toContain(true);
    }),
    RUNS,
  );
});

test("the same token gives the same pictures", () => {
  expect(drawPuzzle(X, randomness, TOKEN)).toEqual(drawPuzzle(X, randomness, TOKEN));
});

test("the pictures are the same in a runtime that cannot write base64 itself", () => {
  const own = Object.getOwnPropertyDescriptor(Uint8Array.prototype, "toBase64");
  const pictures = drawPuzzle(X, randomness, TOKEN);
  Reflect.deleteProperty(Uint8Array.prototype, "toBase64");
  onTestFinished(() => void (own && Object.defineProperty(Uint8Array.prototype, "toBase64", own)));
  expect(drawPuzzle(X, randomness, TOKEN)).toEqual(pictures);
});

test("another token gives other scenery", () => {
  fc.assert(
    fc.property(anyToken, anyToken, (one, other) => {
      fc.pre(one !== other);
      const changed = changedPixels(draw(X, one).background.data, draw(X, other).background.data);
      expect(changed.length).toBeGreaterThan(10_000);
    }),
    RUNS,
  );
});

test("the height of the hole differs between tokens", () => {
  const heights = ["a", "b", "c", "d", "e"].map((token) => inside(draw(X, token).piece)[0]?.[1]);
  expect(new Set(heights).size).toBeGreaterThan(1);
});

interface Puzzle {
  background: DecodedPng;
  piece: DecodedPng;
}

function draw(x: number, token: string): Puzzle {
  const { background, piece } = drawPuzzle(x, randomness, token);
  return { background: decode(bytes(background)), piece: decode(bytes(piece)) };
}

function bytes(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}

/** The picture without a hole: joined from two pictures of this token with holes far apart. */
function sceneryOf(token: string): Pixels {
  const holeAtLeft = draw(100, token).background.data;
  const holeAtRight = draw(262, token).background.data;
  return Uint8Array.from(holeAtLeft, (value, at) => (columnOf(at) < 200 ? (holeAtRight[at] ?? 0) : value));
}

function columnOf(at: number): number {
  return Math.floor(at / 3) % WIDTH;
}

/** The background with the piece over it, as a browser draws it. */
function compose({ background, piece }: Puzzle, offset: number): Pixels {
  const composed = Uint8Array.from(background.data);
  for (const [column, row] of points(PIECE_WIDTH)) {
    const share = alpha(piece, column, row) / 255;
    const to = (row * WIDTH + offset + column) * 3;
    const from = (row * PIECE_WIDTH + column) * 4;
    for (const channel of [0, 1, 2]) {
      const over = piece.data[from + channel] ?? 0;
      composed[to + channel] = Math.round(over * share + (composed[to + channel] ?? 0) * (1 - share));
    }
  }
  return composed;
}

/** The number of pixels in the hole at x that differ from the scenery when the piece is at `offset`. */
function wrongPixels(puzzle: Puzzle, x: number, offset: number, token: string): number {
  const changed = changedPixels(sceneryOf(token), compose(puzzle, offset));
  const wrong = new Set(changed.map(String));
  return inside(puzzle.piece).filter(([column, row]) => wrong.has(String([x + column, row]))).length;
}

/** The mean change of brightness from just before column x to just inside the hole. */
function stepAtLeftEdge({ piece }: Puzzle, pixels: Pixels, x: number): number {
  const rows = inside(piece).flatMap(([column, row]) => (column === EDGE ? [row] : []));
  const steps = rows.map((row) => Math.abs(brightness(pixels, x - 1, row) - brightness(pixels, x + EDGE, row)));
  return steps.reduce((sum, step) => sum + step, 0) / steps.length;
}

/** The points of the piece that are not part of its light edge. */
function inside(piece: DecodedPng): Point[] {
  const reach = Array.from({ length: 2 * EDGE + 1 }, (_, n) => n - EDGE);
  return points(PIECE_WIDTH).filter(([column, row]) =>
    reach.every((right) => reach.every((down) => alpha(piece, column + right, row + down) === 255)),
  );
}

function changedPixels(before: Pixels, after: Pixels): Point[] {
  return points(WIDTH).filter(([column, row]) => {
    const at = (row * WIDTH + column) * 3;
    return [0, 1, 2].some((channel) => before[at + channel] !== after[at + channel]);
  });
}

function points(width: number): Point[] {
  return Array.from({ length: width * HEIGHT }, (_, at): Point => [at % width, Math.floor(at / width)]);
}

/** Zero outside the piece's picture. */
function alpha(piece: DecodedPng, column: number, row: number): number {
  if (column < 0 || column >= PIECE_WIDTH) return 0;
  return piece.data[(row * PIECE_WIDTH + column) * 4 + 3] ?? 0;
}

function brightness(pixels: Pixels, column: number, row: number): number {
  const at = (row * WIDTH + column) * 3;
  return ((pixels[at] ?? 0) + (pixels[at + 1] ?? 0) + (pixels[at + 2] ?? 0)) / 3;
}
