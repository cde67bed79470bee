/** The house's sign: a beacon tower with its fire. Quiet on the wall, so that red stays for what burns. */
export function Beacon() {
  return (
    <svg className="beacon" viewBox="0 0 24 24" width="1.2em" height="1.2em" aria-hidden="true">
      <path d="M8 22 9.6 13h4.8L16 22Z" fill="currentColor" opacity=".55" />
      <path
        d="M12 1.5c.8 3 3.8 4 3.8 7a3.8 3.8 0 0 1-7.6 0c0-1.5.8-2.3 1.5-3 0 1.5.8 1.5 1.5 1.5 0-2.3-.8-3 .8-5.5Z"
        fill="currentColor"
      />
    </svg>
  );
}
