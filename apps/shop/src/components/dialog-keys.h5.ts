import { useEffect, useRef } from 'react'

const FOCUSABLE = ['button:not(:disabled)', 'input', 'textarea', 'iframe']
  .flatMap((each) => [`.ll-sheet ${each}`, `.ll-overlay ${each}`])
  .join(', ')

/** A dialog takes the focus, keeps Tab inside, closes on Escape, and gives the focus back. */
export function useDialogKeys(onClose: () => void): void {
  const close = useRef(onClose)
  close.current = onClose
  useEffect(() => {
    const before = document.activeElement
    const inside = () => [...document.querySelectorAll<HTMLElement>(FOCUSABLE)]
    const frame = requestAnimationFrame(() => inside()[0]?.focus())
    const hear = (event: KeyboardEvent) => {
      if (event.key === 'Escape') close.current()
      if (event.key !== 'Tab') return
      const all = inside()
      const edge = event.shiftKey ? all[0] : all[all.length - 1]
      const other = event.shiftKey ? all[all.length - 1] : all[0]
      const at = document.activeElement
      if (at !== edge && all.some((each) => each === at)) return
      event.preventDefault()
      other?.focus()
    }
    addEventListener('keydown', hear)
    return () => {
      cancelAnimationFrame(frame)
      removeEventListener('keydown', hear)
      if (before instanceof HTMLElement) before.focus()
    }
  }, [])
}
