// The few elements that screens are built of, for mini-programs. `elements.h5.tsx` says the same in HTML.
import { Image, Input, Text, Textarea, View } from '@tarojs/components'
import type { AreaProps, BoxProps, FieldProps, PictureProps, PressProps, WordsProps } from './element-props'

const flag = (value: boolean | undefined) => (value === undefined ? undefined : String(value))
const HEADINGS = ['h1', 'h2', 'h3']

export function Box({ as, className = '', style, label, role, hidden, children }: BoxProps) {
  const spoken = role ?? (as && HEADINGS.includes(as) ? 'heading' : undefined)
  return (
    <View
      className={className}
      style={style ?? {}}
      aria-role={spoken}
      aria-label={label}
      aria-hidden={flag(hidden)}
    >
      {children}
    </View>
  )
}

export function Words({ className = '', label, hidden, children }: WordsProps) {
  return (
    <Text className={className} aria-label={label} aria-hidden={flag(hidden)}>
      {children}
    </Text>
  )
}

export function Picture({ src, alt, className = '', eager = false }: PictureProps) {
  return (
    <Image
      className={`ll-img ${className}`}
      src={src}
      mode="aspectFill"
      webp
      lazyLoad={!eager}
      aria-label={alt}
      aria-hidden={flag(alt === '' || undefined)}
    />
  )
}

export function Press(props: PressProps) {
  const {
    className = '',
    style,
    label,
    role = 'button',
    on,
    current,
    disabled = false,
    onPress,
    children,
  } = props
  return (
    <View
      className={`ll-press ${typeof children === 'string' ? 'll-press-text' : ''} ${className}`}
      style={style ?? {}}
      hoverClass={disabled ? 'none' : 'll-pressed'}
      hoverStayTime={80}
      aria-role={role}
      aria-label={label}
      aria-checked={role === 'tab' ? undefined : flag(on)}
      aria-selected={flag(role === 'tab' ? on : current)}
      aria-disabled={flag(disabled || undefined)}
      onClick={(event) => {
        event.stopPropagation()
        if (!disabled) onPress?.()
      }}
    >
      {children}
    </View>
  )
}

export function Field(props: FieldProps) {
  const {
    value,
    onValue,
    label,
    placeholder = '',
    kind = 'text',
    maxLength = 200,
    autoFocus = false,
    className = '',
  } = props
  return (
    <Input
      className={`ll-input ${className}`}
      value={value}
      type={kind === 'digits' || kind === 'phone' ? 'number' : 'text'}
      password={kind === 'password'}
      confirmType={kind === 'search' ? 'search' : 'done'}
      placeholder={placeholder}
      placeholderClass="ll-placeholder"
      maxlength={maxLength}
      focus={autoFocus}
      aria-label={label}
      onInput={(event) => onValue(event.detail.value)}
      onConfirm={() => props.onEnter?.()}
    />
  )
}

export function Area({ value, onValue, label, placeholder = '', maxLength, className = '' }: AreaProps) {
  return (
    <Textarea
      className={`ll-area ${className}`}
      value={value}
      placeholder={placeholder}
      placeholderClass="ll-placeholder"
      maxlength={maxLength}
      autoHeight
      aria-label={label}
      onInput={(event) => onValue(event.detail.value)}
    />
  )
}
