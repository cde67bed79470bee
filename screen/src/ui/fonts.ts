/** Shipped fonts. Noto Sans SC comes in slices by unicode range: a browser fetches those that a page needs. */
import '@fontsource/noto-sans-sc/500.css';
import '@fontsource/noto-sans-sc/700.css';
import '@fontsource/barlow/latin-500.css';
import '@fontsource/barlow/latin-700.css';
