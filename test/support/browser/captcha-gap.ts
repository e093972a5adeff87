/** Finds the gap of a slider captcha in its two pictures, as a person does, without the solution. */
import { type DecodedPng, decode } from "fast-png";

/** The distance of the gap from the left, in pixels of the picture. Takes two PNG files in base64. */
export function gapOf(background: string, piece: string): number {
  const picture = decode(Buffer.from(background, "base64"));
  const jigsaw = decode(Buffer.from(piece, "base64"));
  const places = Array.from({ length: picture.width - jigsaw.width + 1 }, (_, x) => x);
  const misfits = places.map((x) => misfit(picture, jigsaw, x));
  return misfits.indexOf(Math.min(...misfits));
}

/** In the gap the picture is a darker copy of the piece. */
function misfit(picture: DecodedPng, piece: DecodedPng, left: number): number {
  let sum = 0;
  for (let y = 0; y < piece.height; y++) {
    for (let x = 0; x < piece.width; x++) {
      if (at(piece, x, y, 3) < 255) continue;
      for (const channel of [0, 1, 2])
        sum += Math.abs(at(picture, left + x, y, channel) - at(piece, x, y, channel) / 2);
    }
  }
  return sum;
}

function at({ data, width, channels }: DecodedPng, x: number, y: number, channel: number): number {
  return data[(y * width + x) * channels + channel] ?? 0;
}
