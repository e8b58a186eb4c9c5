// Soft packaging: bags, pouches, sacks, tissue and wipe packs. No names, no logos: colour, a band and a print.
import { art, at, line, oval, rect, scatter, shape, type Art } from './art.ts'
import { across, dark, down, light, mix, radial, slant, veil } from './colour.ts'

type Look = { readonly print?: Art; readonly accent?: string; readonly printSize?: number }

const gloss = (d: string): string =>
  shape(d, across(veil('#ffffff', 0), veil('#ffffff', 0.5), veil('#ffffff', 0)))
/** Grey bars where a real label has small print. */
const smallPrint = (x: number, y: number, width: number, colour: string): string =>
  rect(x, y, width, 2.4, 1.2, colour) + rect(x + width * 0.14, y + 4.4, width * 0.72, 2.4, 1.2, colour)

const crimp = (y: number, width: number, colour: string): string => {
  const teeth = Array.from({ length: Math.floor((width - 8) / 4) }, (_, i) => `M${6 + i * 4} ${y}v6`).join('')
  return line(teeth, dark(colour, 0.2), 0.9, 'opacity=".55"')
}

/** Pillow bag of snacks, crimped at both ends. */
export function bag(colour: string, { print, accent = '#fff6e4', printSize = 40 }: Look = {}): Art {
  const body =
    'M5 3 H67 Q69 3 68.6 6 Q65 28 66.5 48 Q68 72 69 90 Q69 94 66 94 H6 Q3 94 3 90 Q4 70 5.5 48 Q7 26 3.4 6 Q3 3 5 3Z'
  return art(
    72,
    96,
    shape(
      body,
      across(dark(colour, 0.2), `${light(colour, 0.22)}@0.22`, `${colour}@0.55`, dark(colour, 0.3)),
    ),
    shape(
      'M5.4 56 Q36 44 66.8 56 Q68 74 69 86 H3 Q4 70 5.4 56Z',
      across(dark(accent, 0.12), `${light(accent, 0.4)}@0.25`, `${accent}@0.6`, dark(accent, 0.22)),
    ),
    rect(22, 16, 28, 4.4, 2.2, veil('#ffffff', 0.92)),
    rect(27, 23, 18, 2.6, 1.3, veil('#ffffff', 0.7)),
    crimp(4.5, 72, colour) + crimp(87, 72, colour),
    gloss('M11 10 Q16 46 11 88 L18 88 Q22 46 18 10Z'),
    print === undefined ? '' : at(print, { x: 36, y: 58 + printSize * 0.52, size: printSize }),
  )
}

/** Stand-up pouch with a zip line and a folded foot. */
export function pouch(colour: string, { print, accent = '#fffaf0', printSize = 38 }: Look = {}): Art {
  return art(
    70,
    98,
    shape(
      'M6 2 H64 Q66 2 66 4 L67 84 Q67 97 35 97 Q3 97 3 84 L4 4 Q4 2 6 2Z',
      across(dark(colour, 0.18), `${light(colour, 0.26)}@0.22`, `${colour}@0.58`, dark(colour, 0.28)),
    ),
    shape('M3.4 82 Q35 94 66.8 82 Q67 97 35 97 Q3 97 3.4 82Z', veil(dark(colour, 0.5), 0.28)),
    line('M5 11 H65', dark(colour, 0.24), 1.6),
    rect(29, 4.4, 12, 3, 1.5, veil('#ffffff', 0.7)),
    oval(35, 52, 26, 28, down(light(accent, 0.5), accent)),
    rect(22, 17, 26, 4, 2, veil('#ffffff', 0.92)),
    print === undefined ? '' : at(print, { x: 35, y: 52 + printSize * 0.5, size: printSize }),
    gloss('M9 13 Q12 50 9 88 L15 88 Q18 50 15 13Z'),
  )
}

/** Upright woven or paper sack of five kilograms. */
export function sack(colour: string, { print, accent = '#c8472c', printSize = 40 }: Look = {}): Art {
  const body = 'M9 12 Q4 50 8 92 Q9 97 14 97 H66 Q71 97 72 92 Q76 50 71 12 Z'
  return art(
    80,
    99,
    shape(
      'M11 14 Q12 4 8 1 H72 Q68 4 69 14Z',
      across(dark(colour, 0.16), `${light(colour, 0.3)}@0.3`, dark(colour, 0.2)),
    ),
    shape(
      body,
      across(dark(colour, 0.14), `${light(colour, 0.36)}@0.26`, `${colour}@0.62`, dark(colour, 0.22)),
    ),
    line('M10 10 H70', dark(accent, 0.1), 1.3, 'stroke-dasharray="3 2.4"'),
    shape(
      'M7.4 62 Q40 54 72.8 62 Q73.4 74 72.6 84 Q40 77 7.4 84 Q6.8 74 7.4 62Z',
      across(dark(accent, 0.2), `${light(accent, 0.26)}@0.26`, `${accent}@0.6`, dark(accent, 0.26)),
    ),
    rect(25, 17, 30, 5, 2.5, accent) + smallPrint(29, 69, 22, veil('#ffffff', 0.75)),
    print === undefined ? '' : at(print, { x: 40, y: 38 + printSize * 0.5, size: printSize }),
    gloss('M15 16 Q12 52 16 93 L24 93 Q20 52 23 16Z'),
  )
}

/** Clear bag that shows its grains, with a paper header. `grain` draws one at a spot. */
export function clearBag(
  ground: string,
  header: string,
  grain: (x: number, y: number, roll: () => number) => string,
  { count = 170, seed = 7, print }: { count?: number; seed?: number; print?: Art } = {},
): Art {
  const body = 'M8 20 Q4 52 6 84 Q6 96 18 96 H56 Q68 96 68 84 Q70 52 66 20 Z'
  return art(
    74,
    98,
    shape(
      body,
      across(dark(ground, 0.2), `${light(ground, 0.14)}@0.28`, `${ground}@0.6`, dark(ground, 0.26)),
    ),
    scatter(seed, count, { x: 10, y: 29, width: 54, height: 62 }, grain),
    shape(
      body,
      across(
        veil('#3a1a2c', 0.18),
        `${veil('#ffffff', 0.2)}@0.22`,
        `${veil('#ffffff', 0)}@0.6`,
        veil('#3a1a2c', 0.24),
      ),
    ),
    shape('M14 30 Q11 56 14 84 L19 84 Q17 56 20 30Z', veil('#ffffff', 0.5)),
    shape('M5 3 H69 Q71 3 71 5 L69 26 Q37 30 5 26 L3 5 Q3 3 5 3Z', face3(header)),
    rect(24, 8, 26, 4.6, 2.3, veil('#ffffff', 0.92)) + rect(29, 15.5, 16, 2.6, 1.3, veil('#ffffff', 0.7)),
    print === undefined ? '' : oval(37, 62, 17, 17, '#fffdf7') + at(print, { x: 37, y: 74, size: 24 }),
  )
}

const face3 = (colour: string): string =>
  across(dark(colour, 0.16), `${light(colour, 0.24)}@0.26`, `${colour}@0.6`, dark(colour, 0.2))

/** Low soft pack lying on its base: tissue, wipes, napkins. `lid` adds a flip lid of that colour. */
export function softPack(
  colour: string,
  { print, accent = '#ffffff', lid, printSize = 26 }: Look & { lid?: string } = {},
): Art {
  return art(
    110,
    62,
    shape(
      'M12 16 Q4 16 3 24 L2 52 Q2 60 11 60 H99 Q108 60 108 52 L107 24 Q106 16 98 16Z',
      down(light(colour, 0.2), `${colour}@0.5`, dark(colour, 0.2)),
    ),
    shape(
      'M14 5 H96 Q103 5 106 16 Q108 27 98 27 H12 Q2 27 4 16 Q7 5 14 5Z',
      down(light(colour, 0.6), light(colour, 0.3)),
    ),
    shape('M2.6 40 Q55 34 107.6 40 L108 52 Q108 60 99 60 H11 Q2 60 2 52Z', veil(accent, 0.55)),
    line('M6 20 L3 56 M104 20 L107 56', veil(dark(colour, 0.4), 0.3), 1),
    lid === undefined
      ? ''
      : rect(36, 8, 38, 14, 6, down(light(lid, 0.5), lid)) + rect(40, 10, 30, 3, 1.5, veil('#ffffff', 0.6)),
    rect(66, 34, 26, 4, 2, veil('#ffffff', 0.9)) + rect(66, 41, 18, 2.6, 1.3, veil('#ffffff', 0.75)),
    print === undefined ? '' : at(print, { x: 32, y: 44 + printSize * 0.4, size: printSize }),
  )
}

/** Standing soft pack with pleated top: nappies, pads, many rolls. */
export function plumpPack(colour: string, { print, accent = '#ffffff', printSize = 42 }: Look = {}): Art {
  const body = 'M10 14 Q4 16 4 26 L3 82 Q3 95 15 95 H81 Q93 95 93 82 L92 26 Q92 16 86 14 Q48 6 10 14Z'
  return art(
    96,
    97,
    shape('M34 12 Q36 1 48 1 Q60 1 62 12 L57 13 Q56 6 48 6 Q40 6 39 13Z', dark(colour, 0.06)),
    shape(body, slant(light(colour, 0.42), `${colour}@0.5`, dark(colour, 0.24))),
    shape('M10 14 Q48 6 86 14 Q91 16 92 24 Q48 17 4 24 Q5 16 10 14Z', veil('#ffffff', 0.4)),
    oval(48, 56, 31, 30, down(light(accent, 0.6), accent)),
    rect(30, 26, 36, 5, 2.5, veil('#ffffff', 0.95)),
    print === undefined ? '' : at(print, { x: 48, y: 57 + printSize * 0.5, size: printSize }),
    shape('M9 26 Q7 56 9 86 L15 88 Q13 56 16 24Z', veil('#ffffff', 0.45)),
  )
}

/** Shallow tray of fresh goods, seen from above the counter; `inside` lies in a field 84 × 44 from (8, 4). */
export function tray(colour: string, ...inside: string[]): Art {
  return art(
    100,
    62,
    shape('M12 4 H88 Q91 4 92 7 L98 48 H2 L8 7 Q9 4 12 4Z', down(light(colour, 0.3), dark(colour, 0.04))),
    shape('M15 8 H85 L91 47 H9Z', down(dark(colour, 0.2), dark(colour, 0.08))),
    ...inside,
    shape(
      'M2 46 Q50 51 98 46 L94.6 57 Q93.4 61 89 61 H11 Q6.6 61 5.4 57Z',
      down(light(colour, 0.35), `${colour}@0.4`, dark(colour, 0.22)),
    ),
    line('M2.4 46.6 Q50 51.6 97.6 46.6', veil('#ffffff', 0.8), 1.5),
    shape('M18 8 L30 8 L18 46 L10 46Z', veil('#ffffff', 0.16)),
  )
}

/** Clear lidded punnet for berries: the goods show through the front. */
export function punnet(...inside: string[]): Art {
  const glass = '#dff0f6'
  return art(
    100,
    70,
    shape('M8 14 H92 L96 30 H4Z', veil(glass, 0.75)),
    ...inside,
    shape(
      'M4 26 H96 L90 64 Q89.4 68 85 68 H15 Q10.6 68 10 64Z',
      down(veil('#ffffff', 0.2), veil(glass, 0.04), veil('#bcd9e4', 0.42)),
    ),
    rect(2, 23.5, 96, 5.6, 2.8, down(veil('#ffffff', 0.95), veil('#cfe4ec', 0.9))),
    line('M28 32 L31 64 M72 32 L69 64', veil('#ffffff', 0.34), 1),
    shape('M10 32 L17 32 L20 62 L15 64Z', veil('#ffffff', 0.34)),
    oval(50, 67.4, 34, 0.9, veil(mix(glass, '#32606c', 0.5), 0.4)),
  )
}

/** A white plate seen from the front and above, for cooked food. */
export const plate = (rim = '#ffffff'): Art =>
  art(
    120,
    46,
    oval(60, 25, 59, 20, down(light(rim, 0.5), dark(rim, 0.16))),
    oval(60, 23, 57, 18.5, down('#ffffff', mix(rim, '#dfe2f0', 0.6))),
    oval(60, 24, 42, 12, radial(0.5, 0.4, 0.6, '#f3f3fa', '#dcdfee')),
    oval(60, 25, 40, 10.6, '#f8f8fd'),
  )
