/** Mini-programs have neither stale pages nor styles of a browser's own: see browser.h5.ts. */
export function watchBrowser(): void {
  return undefined
}
