import type { Page } from 'playwright-core'

/** Sides of what can be pressed, in pixels. */
export const TARGET_MIN = { normal: 44, elder: 60 } as const

/** What keeps a page from being read, pressed or heard: nameless controls, pale text, small targets, overflow. */
export function unreadable(page: Page, face: keyof typeof TARGET_MIN = 'normal'): Promise<string[]> {
  return page.evaluate((targetMin) => {
    const AA = 4.5
    const AA_LARGE = 3
    const faults: string[] = []
    const shown = (element: Element) => element.getClientRects().length > 0
    const say = (what: string, element: Element) =>
      faults.push(
        `${what}: ${element.tagName.toLowerCase()}.${element.className} ${(element.textContent ?? '').slice(0, 24)}`,
      )

    type Colour = [red: number, green: number, blue: number, alpha: number]
    const colourOf = (css: string): Colour => {
      const [red = 0, green = 0, blue = 0, alpha = 1] = (css.match(/[\d.]+/g) ?? []).map(Number)
      return [red, green, blue, alpha]
    }
    const over = (top: Colour, below: Colour): Colour => {
      const mix = (i: 0 | 1 | 2) => top[i] * top[3] + below[i] * (1 - top[3])
      return [mix(0), mix(1), mix(2), 1]
    }
    const light = ([red, green, blue]: Colour) => {
      const linear = [red, green, blue].map((value) => {
        const share = value / 255
        return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
      })
      return 0.2126 * (linear[0] ?? 0) + 0.7152 * (linear[1] ?? 0) + 0.0722 * (linear[2] ?? 0)
    }
    /** The colour behind an element, or null when a picture or gradient lies there: then a person has to look. */
    const behind = (element: Element): Colour | null => {
      const layers: Colour[] = []
      for (let each: Element | null = element; each; each = each.parentElement) {
        const style = getComputedStyle(each)
        if (style.backgroundImage !== 'none') return null
        const colour = colourOf(style.backgroundColor)
        if (colour[3] > 0) layers.unshift(colour)
        if (colour[3] === 1) break
      }
      return layers.reduce<Colour>((below, top) => over(top, below), [255, 255, 255, 1])
    }

    /** A small pill may be pressed above and below what is drawn. */
    const reach = (control: Element): number => {
      const { position, top, bottom } = getComputedStyle(control, '::after')
      const beyond = (inset: string) => Math.max(0, -Number.parseFloat(inset))
      return position === 'absolute' ? (beyond(top) || 0) + (beyond(bottom) || 0) : 0
    }

    for (const control of document.querySelectorAll('button, a, input, textarea')) {
      if (!shown(control)) continue
      const name = control.getAttribute('aria-label') ?? control.textContent ?? ''
      if (name.trim() === '') say('no name', control)
      // A field is pressed by the box around it.
      const isField = control.matches('input, textarea')
      const { width, height } = (
        isField && control.parentElement ? control.parentElement : control
      ).getBoundingClientRect()
      if (Math.min(width, height + reach(control)) < targetMin - 0.5)
        say(`small target ${width}×${height}`, control)
      if (control.querySelector('button, a, input')) say('a control inside a control', control)
    }
    for (const picture of document.querySelectorAll('img'))
      if (!picture.hasAttribute('alt')) say('no alt', picture)
    if (document.querySelectorAll('.taro_page_show main').length > 1) faults.push('more than one main')
    for (const ground of document.querySelectorAll('html, .taro_page'))
      if (ground.scrollWidth > innerWidth) faults.push('wider than the phone')

    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    while (walker.nextNode()) {
      const element = walker.currentNode.parentElement
      if (!element || !walker.currentNode.nodeValue?.trim() || !shown(element)) continue
      if (element.matches('script, style, noscript')) continue
      const style = getComputedStyle(element)
      const ground = behind(element)
      if (!ground) continue
      const words = over(colourOf(style.color), ground)
      const [a, b] = [light(words), light(ground)]
      const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)
      const size = Number.parseFloat(style.fontSize)
      const isLarge = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 600)
      if (contrast < (isLarge ? AA_LARGE : AA)) say(`contrast ${contrast.toFixed(2)}`, element)
      if (size < 12) say(`text of ${size} px`, element)
    }
    return [...new Set(faults)]
  }, TARGET_MIN[face])
}
