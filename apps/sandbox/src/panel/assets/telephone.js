// Whose telephone this browser is: the shopper who signed in to it last, as WeChat on a telephone is somebody's.

const KEY = 'linli.telephone'

/** @returns {string | null} the shopper's name; null while nobody signed in, or where the browser keeps nothing */
export const whoseTelephone = () => {
  try {
    return localStorage.getItem(KEY)
  } catch {
    return null
  }
}

/** @param {string} shopper */
export const nowTelephoneOf = (shopper) => {
  try {
    localStorage.setItem(KEY, shopper)
  } catch {
    // A browser that keeps nothing asks again.
  }
}
