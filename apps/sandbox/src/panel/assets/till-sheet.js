// One sheet over the till at a time: a dialog that traps the keyboard, closes with Esc, and gives the scan box its focus back.
import { el } from './dom.js'

const dialog = document.querySelector('#sheet')
/** What is said at the bottom must stand above the sheet that it is about. */
const said = document.querySelector('#toast')
let whenClosed = () => {}

/**
 * @param {string} name a class for its size
 * @param {string} title
 * @param {(Node | null)[]} children
 * @param {() => void} [closed] what to do when somebody leaves without finishing
 */
export const openSheet = (name, title, children, closed = () => {}) => {
  whenClosed = closed
  dialog.className = `sheet-${name}`
  dialog.replaceChildren(
    el(
      'header',
      {},
      el('h2', {}, title),
      el(
        'button',
        { type: 'button', class: 'shut', 'aria-label': '关闭', onclick: () => dialog.close() },
        '×',
      ),
    ),
    ...children.filter((child) => child !== null),
    said,
  )
  if (!dialog.open) dialog.showModal()
  dialog.querySelector('[data-first]')?.focus()
}

/** Closes it without taking that for leaving. */
export const shutSheet = () => {
  whenClosed = () => {}
  if (dialog.open) dialog.close()
}
export const isSheetOpen = () => dialog.open

dialog.addEventListener('close', () => {
  // Told of a moment later: the next sheet may be up by then.
  if (dialog.open) return
  document.body.append(said)
  dialog.replaceChildren()
  const leave = whenClosed
  whenClosed = () => {}
  leave()
  document.querySelector('#scan')?.focus()
})
