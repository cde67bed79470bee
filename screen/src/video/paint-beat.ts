/** Pictures a second: with a graphics card as many as a camera usually sends, without one as many as leave the map its time. */
const rates = { card: 15, none: 2 };

/** Whether what the page draws is drawn by the processor. */
function drawsWithoutCard(): boolean {
  const context = new OffscreenCanvas(1, 1).getContext('webgl2');
  if (context === null) return true;
  const names = context.getExtension('WEBGL_debug_renderer_info');
  const renderer = String(context.getParameter(names?.UNMASKED_RENDERER_WEBGL ?? context.RENDERER));
  context.getExtension('WEBGL_lose_context')?.loseContext();
  return /swiftshader|llvmpipe|softpipe|software|basic render/i.test(renderer);
}

/**
 * One beat for all pictures on the screen, so that they are composed together, and as seldom as the machine needs: each
 * picture that paints itself in its own time composes the page once more.
 */
class PaintBeat {
  readonly #painters = new Set<() => void>();
  #timer: ReturnType<typeof setInterval> | undefined;
  #rate: number | null = null;

  /** Calls `paint` at each beat until the returned function is called. */
  join(paint: () => void): () => void {
    this.#painters.add(paint);
    this.#rate ??= drawsWithoutCard() ? rates.none : rates.card;
    this.#timer ??= setInterval(() => {
      for (const painter of this.#painters) painter();
    }, 1_000 / this.#rate);
    return () => {
      this.#painters.delete(paint);
      if (this.#painters.size > 0) return;
      clearInterval(this.#timer);
      this.#timer = undefined;
    };
  }
}

export const paintBeat = new PaintBeat();
