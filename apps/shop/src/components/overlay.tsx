/** Mini-programs have WeChat itself for signing in and paying: nothing is laid over a page. */
export function Overlay() {
  return null
}
