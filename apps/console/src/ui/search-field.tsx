import { Input, type InputRef } from 'antd'
import { Search } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'

import { useKeys } from '../shell/keyboard.ts'

interface SearchFieldProps {
  value: string
  change: (value: string) => void
  placeholder: string
}

/** The list's own search: applies after a short pause or on Enter, and `f` jumps into it. */
export const SearchField = ({ value, change, placeholder }: SearchFieldProps) => {
  const [typed, setTyped] = useState(value)
  const field = useRef<InputRef>(null)
  useEffect(() => setTyped(value), [value])
  useEffect(() => {
    if (typed.trim() === value) return undefined
    const timer = setTimeout(() => change(typed.trim()), 350)
    return () => clearTimeout(timer)
  }, [typed, value, change])
  useKeys([{ keys: 'f', label: '在这个列表里找', run: () => field.current?.focus() }])
  return (
    <Input
      ref={field}
      size="small"
      className="search-field"
      value={typed}
      maxLength={40}
      allowClear
      prefix={<Search size={14} aria-hidden="true" />}
      placeholder={placeholder}
      aria-label={placeholder}
      onChange={(event) => setTyped(event.target.value)}
      onPressEnter={() => change(typed.trim())}
    />
  )
}
