// Tells whoever opened this page what happened: a parent window of a friendly origin, or a friendly address.
// Which origins and addresses are friendly was decided by the server; this only carries the message.

/** @returns {any} the data the server put into the page */
export const pageData = () => JSON.parse(document.querySelector('#page-data')?.textContent ?? '{}')

/**
 * @param {{ origin: string | null, returnTo: string | null }} back
 * @param {Record<string, string>} message
 * @param {Record<string, string>} query what a return address gets
 * @returns {boolean} whether anybody was told
 */
export const tell = (back, message, query) => {
  if (back.origin !== null && window.parent !== window) {
    window.parent.postMessage(message, back.origin)
    return true
  }
  if (back.origin !== null && window.opener) {
    window.opener.postMessage(message, back.origin)
    window.close()
    return true
  }
  if (back.returnTo === null) return false
  const target = new URL(back.returnTo)
  for (const [name, value] of Object.entries(query)) target.searchParams.set(name, value)
  window.location.replace(target)
  return true
}
