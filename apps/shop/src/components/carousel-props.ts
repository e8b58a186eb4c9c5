import type { ReactNode } from 'react'

export interface CarouselProps {
  label: string
  slides: { key: string; content: ReactNode }[]
  /** Where we are: dots or 「1 / 5」. */
  marks: (at: number, of: number) => ReactNode
  className?: string
}
