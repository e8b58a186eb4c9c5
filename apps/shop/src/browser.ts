// Styles that WXSS does not take are the browser's alone: browser.h5.ts.
export const hasOwnStyles = false
