/** Red, green, blue from 0 to 255. */
export type Colour = readonly [red: number, green: number, blue: number];
export type Corner = readonly [x: number, y: number];

/** A picture of RGB bytes that shapes are drawn on, the later over the earlier. Pixels outside are left out. */
export class Canvas {
  readonly width: number;
  readonly height: number;
  readonly bytes: Uint8ClampedArray;

  constructor(width: number, height: number) {
    this.width = width;
    this.height = height;
    this.bytes = new Uint8ClampedArray(width * height * 3);
  }

  copyFrom(other: Canvas): void {
    this.bytes.set(other.bytes);
  }

  /** Rows that fade from one colour to another, from `top` to `bottom`. */
  fade(top: number, bottom: number, from: Colour, to: Colour): void {
    for (let y = Math.max(0, Math.floor(top)); y < Math.min(this.height, bottom); y++) {
      const share = (y - top) / (bottom - top);
      const colour = mix(from, to, share);
      this.#row(y, 0, this.width, colour, 1);
    }
  }

  rectangle(x: number, y: number, width: number, height: number, colour: Colour, opacity = 1): void {
    for (let row = Math.max(0, Math.round(y)); row < Math.min(this.height, Math.round(y + height)); row++)
      this.#row(row, x, x + width, colour, opacity);
  }

  /** A convex or concave outline, filled by the even-odd rule. */
  polygon(corners: readonly Corner[], colour: Colour, opacity = 1): void {
    const rows = corners.map(([, y]) => y);
    const [top, bottom] = [
      Math.max(0, Math.ceil(Math.min(...rows))),
      Math.min(this.height, Math.max(...rows)),
    ];
    for (let y = top; y < bottom; y++) {
      const crossings = crossingsAt(corners, y + 0.5);
      for (let i = 0; i + 1 < crossings.length; i += 2)
        this.#row(y, crossings[i]!, crossings[i + 1]!, colour, opacity);
    }
  }

  /** A round cloud that thins out to its edge; `glow` adds light instead of covering. */
  puff(x: number, y: number, rx: number, ry: number, colour: Colour, opacity: number, glow = false): void {
    const { width, height, bytes } = this;
    const bottom = Math.min(height - 1, Math.floor(y + ry));
    for (let row = Math.max(0, Math.ceil(y - ry)); row <= bottom; row++) {
      const dy = (row - y) / ry;
      const last = Math.min(width - 1, Math.floor(x + rx));
      for (let column = Math.max(0, Math.ceil(x - rx)); column <= last; column++) {
        const far = dy * dy + ((column - x) / rx) ** 2;
        if (far >= 1) continue;
        const share = opacity * (1 - far) * (1 - far);
        const at = (row * width + column) * 3;
        for (let part = 0; part < 3; part++) {
          const old = bytes[at + part]!;
          bytes[at + part] = old + share * (glow ? colour[part]! : colour[part]! - old);
        }
      }
    }
  }

  /** Darkens towards the corners, as a cheap lens does. */
  vignette(strength: number): void {
    const { width, height, bytes } = this;
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++) {
        const far = ((x / width - 0.5) ** 2 + (y / height - 0.5) ** 2) * 2;
        const at = (y * width + x) * 3;
        for (let part = 0; part < 3; part++) bytes[at + part] = bytes[at + part]! * (1 - strength * far);
      }
  }

  #row(y: number, from: number, to: number, colour: Colour, opacity: number): void {
    const { width, bytes } = this;
    const last = Math.min(width, Math.round(to));
    for (let x = Math.max(0, Math.round(from)); x < last; x++) {
      const at = (y * width + x) * 3;
      for (let part = 0; part < 3; part++) {
        const old = bytes[at + part]!;
        bytes[at + part] = old + opacity * (colour[part]! - old);
      }
    }
  }
}

function mix(from: Colour, to: Colour, share: number): Colour {
  return [
    from[0] + (to[0] - from[0]) * share,
    from[1] + (to[1] - from[1]) * share,
    from[2] + (to[2] - from[2]) * share,
  ];
}

function crossingsAt(corners: readonly Corner[], y: number): number[] {
  const found: number[] = [];
  for (const [i, [x0, y0]] of corners.entries()) {
    const [x1, y1] = corners[(i + 1) % corners.length]!;
    if (y0 <= y !== y1 <= y) found.push(x0 + ((y - y0) / (y1 - y0)) * (x1 - x0));
  }
  return found.sort((a, b) => a - b);
}
