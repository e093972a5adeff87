/**
 * The pictures of the slider captcha: a landscape with a hole, and the jigsaw piece that fits into it.
 * Runs in browsers and in Node.
 */
import { encode } from "fast-png";
import { PICTURE_HEIGHT_PX, PICTURE_WIDTH_PX, PIECE_WIDTH_PX } from "../../core/captcha.ts";
import type { Randomness } from "../../core/randomness.ts";

/** 0xRRGGBB */
type Color = number;

/** Pixels, row by row. The array rounds every value and limits it to 0 to 255. */
type Pixels = Uint8ClampedArray;

/** One color over the picture. `cover` says how much of it lies on a pixel, from 0 to 1. */
interface Layer {
  readonly color: Color;
  /** The rows and columns that it can touch, without `bottom` and `right`. Makes painting faster. */
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
  cover(x: number, y: number): number;
}

interface Palette {
  readonly zenith: Color;
  readonly horizon: Color;
  readonly sun: Color;
  /** From the farthest to the nearest. All are light enough for a visible hole. */
  readonly hills: readonly Color[];
}

/** The piece is a square. */
const PIECE_HEIGHT_PX = PIECE_WIDTH_PX;
const KNOB_RADIUS_PX = 7;
/** The length of a knob and the depth of a notch. */
const KNOB_REACH_PX = 11;
const BODY_PX = PIECE_WIDTH_PX - KNOB_REACH_PX;

const WHITE: Color = 0xffffff;
const HOLE_COLOR: Color = 0x101628;
const FIRST_RIDGE_Y = 84;
const RIDGE_STEP_PX = 22;

const PALETTES: readonly [Palette, ...Palette[]] = [
  { zenith: 0x569ede, horizon: 0xdef0fa, sun: 0xfff4c4, hills: [0x9ec2ce, 0x76ae96, 0x5c925c] },
  { zenith: 0x7068b0, horizon: 0xffc496, sun: 0xffe8aa, hills: [0xc68ea0, 0x966e96, 0x6a5c88] },
  { zenith: 0x78bec8, horizon: 0xffecce, sun: 0xfffae2, hills: [0xb0ccbe, 0x84b4a0, 0x549088] },
  { zenith: 0x5c84be, horizon: 0xfad6d6, sun: 0xffeed6, hills: [0xa8a8c8, 0xcca478, 0xa87c54] },
];

/**
 * Two PNG files in base64: `background` has the hole at column `x`; `piece` closes the hole when it is `x` pixels from the
 * left. Scenery and row depend on the token only, so another `x` moves nothing but the hole.
 */
export function drawPuzzle(x: number, randomness: Randomness, token: string): { background: string; piece: string } {
  const background = drawScenery(randomness, token);
  const piece: Pixels = new Uint8ClampedArray(PIECE_WIDTH_PX * PICTURE_HEIGHT_PX * 4);
  const top = randomness.integer(12, PICTURE_HEIGHT_PX - PIECE_HEIGHT_PX - 12, "captcha-y", token);
  for (let row = 0; row < PIECE_HEIGHT_PX; row++) {
    for (let column = 0; column < PIECE_WIDTH_PX; column++) {
      const from = ((top + row) * PICTURE_WIDTH_PX + x + column) * 3;
      const to = ((top + row) * PIECE_WIDTH_PX + column) * 4;
      movePixel(background, from, piece, to, distanceToOutline(column + 0.5, row + 0.5));
    }
  }
  return {
    background: png(PICTURE_WIDTH_PX, 3, background),
    piece: png(PIECE_WIDTH_PX, 4, piece),
  };
}

/** Copies a pixel to the piece, with a light edge, and darkens it in the background, most of all along the edge. */
function movePixel(background: Pixels, from: number, piece: Pixels, to: number, distance: number): void {
  const cover = between0And1(0.5 - distance);
  if (cover === 0) return;
  piece.set(background.subarray(from, from + 3), to);
  blend(piece, to, WHITE, 0.75 * between0And1(distance + 2));
  piece[to + 3] = 255 * cover;
  blend(background, from, HOLE_COLOR, cover * (0.5 + 0.2 * between0And1(1 + distance / 5)));
}

/** The approximate distance in pixels from this point of the piece to its outline: negative inside, positive outside. */
function distanceToOutline(x: number, y: number): number {
  const middleX = BODY_PX / 2;
  const middleY = KNOB_REACH_PX + BODY_PX / 2;
  const inset = KNOB_REACH_PX - KNOB_RADIUS_PX;
  const knob = (centerX: number, centerY: number) => length(x - centerX, y - centerY) - KNOB_RADIUS_PX;
  const body = Math.max(-x, x - BODY_PX, KNOB_REACH_PX - y, y - PIECE_HEIGHT_PX);
  const knobs = Math.min(knob(middleX, KNOB_RADIUS_PX), knob(BODY_PX + inset, middleY));
  const notches = Math.min(knob(inset, middleY), knob(middleX, PIECE_HEIGHT_PX - inset));
  const nearest = Math.min(body, knobs);
  // Inside, the nearest outline has an edge where knob and body meet. The sum of both is smooth there.
  const solid = nearest > 0 ? nearest : body + knobs - length(body, knobs);
  return Math.max(solid, -notches);
}

function drawScenery(randomness: Randomness, token: string): Pixels {
  const pixels: Pixels = new Uint8ClampedArray(PICTURE_WIDTH_PX * PICTURE_HEIGHT_PX * 3);
  const { palette, layers } = sceneryOf(randomness, token);
  paintSky(pixels, palette);
  for (const layer of layers) paint(pixels, layer);
  return pixels;
}

/** All pixels of a row are the same: one is mixed, and the others are copies. */
function paintSky(pixels: Pixels, { zenith, horizon }: Palette): void {
  const width = PICTURE_WIDTH_PX * 3;
  for (let y = 0; y < PICTURE_HEIGHT_PX; y++) {
    const start = y * width;
    blend(pixels, start, zenith, 1);
    blend(pixels, start, horizon, between0And1(y / 110));
    for (let done = 3; done < width; done *= 2) {
      pixels.copyWithin(start + done, start, start + Math.min(done, width - done));
    }
  }
}

function paint(pixels: Pixels, { color, top, bottom, left, right, cover }: Layer): void {
  const [firstX, endX] = [Math.max(0, left), Math.min(PICTURE_WIDTH_PX, right)];
  for (let y = Math.max(0, top); y < Math.min(PICTURE_HEIGHT_PX, bottom); y++) {
    for (let x = firstX; x < endX; x++) {
      const share = cover(x, y);
      if (share > 0) blend(pixels, (y * PICTURE_WIDTH_PX + x) * 3, color, share);
    }
  }
}

/** The layers before the sky, from back to front. */
function sceneryOf(randomness: Randomness, token: string): { palette: Palette; layers: Layer[] } {
  const draw = (min: number, max: number, ...parts: (string | number)[]) =>
    randomness.integer(min, max, "captcha-scenery", token, ...parts);
  const palette = PALETTES[draw(0, PALETTES.length - 1, "palette")] ?? PALETTES[0];
  const { horizon, sun, hills } = palette;
  const sunX = draw(30, PICTURE_WIDTH_PX - 30, "sun-x");
  const sunY = draw(24, 62, "sun-y");
  const layers = [
    ...sunLayers(sun, sunX, sunY),
    ...[0, 1, 2].map((n) => cloud(draw(0, PICTURE_WIDTH_PX, "cloud-x", n), draw(14, 64, "cloud-y", n))),
    ...hills.flatMap((color, n) =>
      hill(color, horizon, FIRST_RIDGE_Y + n * RIDGE_STEP_PX, draw(0, 628, "hill", n) / 100),
    ),
  ];
  return { palette, layers };
}

/** The disc, and a glow around it that fades quickly. */
function sunLayers(color: Color, sunX: number, sunY: number): Layer[] {
  const distance = (x: number, y: number) => length(x - sunX, y - sunY);
  const within = (radius: number) => ({
    top: sunY - radius,
    bottom: sunY + radius,
    left: sunX - radius,
    right: sunX + radius,
  });
  return [
    { color, ...within(60), cover: (x, y) => 0.6 * between0And1(1 - distance(x, y) / 60) ** 2 },
    { color, ...within(15), cover: (x, y) => between0And1(15 - distance(x, y)) },
  ];
}

/** Three soft balls on a flat bottom. */
function cloud(centerX: number, bottom: number): Layer {
  const ball = (x: number, y: number, offset: number, radius: number) =>
    radius - length(x - centerX - offset, y - bottom + radius / 2);
  return {
    color: WHITE,
    top: bottom - 24,
    bottom,
    left: centerX - 36,
    right: centerX + 37,
    cover(x, y) {
      return 0.7 * between0And1(Math.max(ball(x, y, -18, 9), ball(x, y, 0, 15), ball(x, y, 20, 10)) / 3);
    },
  };
}

/** A wavy ridge, and haze that thickens toward its foot. */
function hill(color: Color, haze: Color, ridgeY: number, phase: number): Layer[] {
  const ridge = Float64Array.from(
    { length: PICTURE_WIDTH_PX },
    (_, x) => ridgeY - 10 * Math.sin(x / 47 + phase) - 4 * Math.sin(x / 19 + 2 * phase),
  );
  const depth = (x: number, y: number) => y - (ridge[x] ?? 0);
  const belowRidge = { top: ridgeY - 14, bottom: PICTURE_HEIGHT_PX, left: 0, right: PICTURE_WIDTH_PX };
  return [
    { color, ...belowRidge, cover: (x, y) => between0And1(depth(x, y)) },
    { color: haze, ...belowRidge, cover: (x, y) => 0.5 * between0And1(depth(x, y) / 70) },
  ];
}

/** Mixes a color into a pixel: at cover 0 the pixel stays, at 1 the color replaces it. */
function blend(pixels: Pixels, at: number, color: Color, cover: number): void {
  mix(pixels, at, color >> 16, cover);
  mix(pixels, at + 1, (color >> 8) & 0xff, cover);
  mix(pixels, at + 2, color & 0xff, cover);
}

function mix(pixels: Pixels, at: number, value: number, cover: number): void {
  const old = pixels[at] as number;
  pixels[at] = old + (value - old) * cover;
}

/** Like Math.hypot, but several times faster. */
function length(x: number, y: number): number {
  return Math.sqrt(x * x + y * y);
}

function between0And1(value: number): number {
  return Math.min(1, Math.max(0, value));
}

function png(width: number, channels: number, data: Pixels): string {
  return base64(encode({ width, height: PICTURE_HEIGHT_PX, channels, data }));
}

/** Works in chunks where the runtime has no function for it, because the number of arguments of a call is limited. */
function base64(bytes: Uint8Array & { readonly toBase64?: () => string }): string {
  if (bytes.toBase64 !== undefined) return bytes.toBase64();
  const chunk = 8_192;
  let binary = "";
  for (let at = 0; at < bytes.length; at += chunk) binary += String.fromCharCode(...bytes.subarray(at, at + chunk));
  return btoa(binary);
}
