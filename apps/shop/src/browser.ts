// Styles that WXSS does not take, and what only a browser can suffer, are the browser's alone: browser.h5.ts.
