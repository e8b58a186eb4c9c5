/** Where to go after signing in: only a path of this console, whatever the address says. */
export const safeNext = (next: string | null): string =>
  next && /^\/(?![/\\])/.test(next) && !next.startsWith('/login') ? next : '/'
