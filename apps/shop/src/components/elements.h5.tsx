// The few elements that screens are built of, for browsers: real HTML, so that keyboards, readers and search work. Taro's
// own components for H5 are custom elements of 60 KB and more.
import { createElement, useEffect, useRef } from 'react'
import type { AreaProps, BoxProps, FieldProps, PictureProps, PressProps, WordsProps } from './element-props'

export function Box({ as = 'div', className, style, label, role, hidden, children }: BoxProps) {
  const modal = role === 'dialog' || undefined
  const props = { className, style, role, 'aria-label': label, 'aria-hidden': hidden, 'aria-modal': modal }
  return createElement(as, props, children)
}

export function Words({ className, label, hidden, children }: WordsProps) {
  return (
    <span
      className={className}
      role={label === undefined ? undefined : 'img'}
      aria-label={label}
      aria-hidden={hidden}
    >
      {children}
    </span>
  )
}

export function Picture({ src, alt, className = '', eager = false }: PictureProps) {
  return (
    <img
      className={`ll-img ${className}`}
      src={src}
      alt={alt}
      loading={eager ? 'eager' : 'lazy'}
      decoding="async"
    />
  )
}

export function Press(props: PressProps) {
  const { className = '', style, label, role = 'button', on, current, disabled, onPress, children } = props
  const button = useRef<HTMLButtonElement>(null)
  const chosenTab = role === 'tab' && on === true
  // More tabs than fit scroll sideways; a link may open one that is out of sight.
  useEffect(() => {
    if (chosenTab) button.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [chosenTab])
  return (
    <button
      ref={button}
      type="button"
      className={`ll-press ${typeof children === 'string' ? 'll-press-text' : ''} ${className}`}
      style={style}
      role={role === 'button' ? undefined : role}
      aria-label={label}
      aria-checked={role === 'tab' || role === 'button' ? undefined : on}
      aria-selected={role === 'tab' ? on : undefined}
      aria-pressed={role === 'button' ? on : undefined}
      aria-current={current ? 'page' : undefined}
      disabled={disabled}
      onClick={(event) => {
        event.stopPropagation()
        onPress?.()
      }}
    >
      {children}
    </button>
  )
}

const INPUT_KINDS = {
  text: { type: 'text' },
  digits: { type: 'text', inputMode: 'numeric' },
  phone: { type: 'tel', inputMode: 'tel' },
  password: { type: 'password' },
  search: { type: 'search', enterKeyHint: 'search' },
} as const

export function Field(props: FieldProps) {
  const {
    value,
    onValue,
    label,
    placeholder,
    kind = 'text',
    maxLength = 200,
    invalid,
    autoFocus,
    className = '',
  } = props
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (autoFocus) input.current?.focus()
  }, [autoFocus])
  return (
    <input
      ref={input}
      className={`ll-input ${className}`}
      {...INPUT_KINDS[kind]}
      value={value}
      placeholder={placeholder}
      maxLength={maxLength}
      aria-label={label}
      aria-invalid={invalid}
      onChange={(event) => onValue(event.target.value)}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && !event.nativeEvent.isComposing) props.onEnter?.()
      }}
    />
  )
}

export function Area({ value, onValue, label, placeholder, maxLength, className = '' }: AreaProps) {
  return (
    <textarea
      className={`ll-area ${className}`}
      value={value}
      placeholder={placeholder}
      maxLength={maxLength}
      rows={2}
      aria-label={label}
      onChange={(event) => onValue(event.target.value)}
    />
  )
}
