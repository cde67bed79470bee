/** Where tokens.css lets a phone write in its own font, and the rules of the shipped one (65 kB gzipped) would be for nothing. */
const ownFont = '(max-width: 48rem) and (pointer: coarse)';

/**
 * Fetches the rules of the shipped fonts where they are used; done when the page may be drawn, so that nothing stands in
 * another font first. `/respond` does not wait for them: it opens without a network, on a tablet, too. Never fails:
 * without them the machine's own font serves.
 */
export async function chooseFont(): Promise<void> {
  const phone = matchMedia(ownFont);
  if (phone.matches) return phone.addEventListener('change', () => void shippedFonts(), { once: true });
  const fetched = shippedFonts();
  if (location.pathname !== '/respond') await fetched;
}

async function shippedFonts(): Promise<void> {
  await import('./fonts.ts').catch(() => {});
}
