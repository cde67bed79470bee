const software = /swiftshader|llvmpipe|softpipe|software|basic render/i;

let without: boolean | null = null;

/**
 * Learns from a canvas that draws with WebGL 2 whether the processor draws what this page draws. A context made only to
 * be asked costs seconds in software: when it goes, the graphics process first finishes all that it has to draw.
 */
export function learnCard(canvas: HTMLCanvasElement | OffscreenCanvas): boolean {
  if (without !== null) return without;
  const context = canvas.getContext('webgl2');
  const names = context?.getExtension('WEBGL_debug_renderer_info');
  const renderer = context?.getParameter(names?.UNMASKED_RENDERER_WEBGL ?? context.RENDERER);
  without = context === null || software.test(String(renderer));
  return without;
}

/** Where there is no map to learn from; it stays for as long as the page. */
let pixel: OffscreenCanvas | null = null;

/** Whether the processor draws. */
export function drawsWithoutCard(): boolean {
  pixel ??= without === null ? new OffscreenCanvas(1, 1) : null;
  return without ?? learnCard(pixel!);
}
