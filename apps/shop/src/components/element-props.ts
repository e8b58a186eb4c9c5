import type { CSSProperties, ReactNode } from 'react'

/** Meaning of a box in a browser; mini-programs know only views. */
export type Tag =
  | 'div'
  | 'main'
  | 'nav'
  | 'header'
  | 'section'
  | 'ul'
  | 'li'
  | 'form'
  | 'h1'
  | 'h2'
  | 'h3'
  | 'p'

export interface BoxProps {
  as?: Tag
  className?: string
  style?: CSSProperties
  /** What a screen reader says instead of the content. */
  label?: string
  role?: 'img' | 'alert' | 'status' | 'tablist' | 'radiogroup' | 'group' | 'dialog' | 'progressbar'
  /** Decoration: a screen reader passes over it. */
  hidden?: boolean
  children?: ReactNode
}

export interface WordsProps {
  className?: string
  label?: string
  hidden?: boolean
  children?: ReactNode
}

export interface PictureProps {
  src: string
  /** Empty when words beside it say the same. */
  alt: string
  className?: string
  /** Above the fold: load at once. */
  eager?: boolean
}

export interface PressProps {
  className?: string
  style?: CSSProperties
  label?: string
  role?: 'button' | 'link' | 'tab' | 'radio' | 'checkbox' | 'switch'
  /** On or off, for tabs, radios, checkboxes and switches. */
  on?: boolean
  /** The page that is open now, in a navigation bar. */
  current?: boolean
  disabled?: boolean
  onPress?: () => void
  children?: ReactNode
}

export interface FieldProps {
  value: string
  onValue: (value: string) => void
  label: string
  placeholder?: string
  kind?: 'text' | 'digits' | 'phone' | 'password' | 'search'
  maxLength?: number
  invalid?: boolean
  autoFocus?: boolean
  className?: string
  onEnter?: () => void
}

export interface AreaProps {
  value: string
  onValue: (value: string) => void
  label: string
  placeholder?: string
  maxLength: number
  className?: string
}
