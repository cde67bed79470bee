const cookieName = 'fenghuo_session';

export interface SessionCookie {
  token: string;
  /** Seconds the browser keeps it; 0 takes it away. */
  maxAgeS: number;
  /** Over https only. */
  secure: boolean;
}

/** Value of `Set-Cookie`. No script reads it, no foreign page sends it. */
export function writeSessionCookie({ token, maxAgeS, secure }: SessionCookie): string {
  const parts = [`${cookieName}=${token}`, 'Path=/', `Max-Age=${maxAgeS}`, 'HttpOnly', 'SameSite=Strict'];
  return [...parts, ...(secure ? ['Secure'] : [])].join('; ');
}

/** Token in a `Cookie` header; null when there is none that could be one. */
export function readSessionCookie(header: string | undefined): string | null {
  for (const pair of (header ?? '').split(';')) {
    const [name, value] = pair.split('=', 2);
    if (name?.trim() === cookieName && value !== undefined && /^[\w-]{43}$/.test(value.trim()))
      return value.trim();
  }
  return null;
}
