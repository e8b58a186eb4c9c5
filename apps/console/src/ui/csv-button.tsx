import { Button } from 'antd'
import { Download, X } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'

import { exportedWords, MOST_ROWS, type Exported, type Exporting } from './csv.ts'
import { useNotice } from './notice.ts'

interface CsvButtonProps<Row> {
  /** Of the file, without its ending. */
  name: string
  label?: string
  disabled?: boolean
  /** Fetches everything that a file holds; tells how far it is, ends when it is called off. */
  rows: (exporting: Exporting) => Promise<Exported<Row>>
  text: (rows: readonly Row[]) => string
}

const save = (name: string, text: string): void => {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }))
  link.download = `${name}.csv`
  link.click()
  URL.revokeObjectURL(link.href)
}

/** Exports what a list shows under its filters, all pages of it, and counts while it does. Pressed again, it is called off; so is it by leaving. */
export const CsvButton = <Row,>({
  name,
  label = '导出',
  disabled = false,
  rows,
  text,
}: CsvButtonProps<Row>) => {
  const [so, setSo] = useState<{ far: number; of: number }>()
  const underWay = useRef<AbortController>()
  const notice = useNotice()
  useEffect(() => () => underWay.current?.abort(), [])
  const run = async () => {
    const off = new AbortController()
    underWay.current = off
    setSo({ far: 0, of: 0 })
    try {
      const found = await rows({ told: setSo, signal: off.signal })
      save(name, text(found.rows))
      notice[found.total > found.rows.length ? 'warn' : 'success'](exportedWords(found))
    } catch {
      if (!off.signal.aborted) notice.warn('没有导出来，请再试一次')
    } finally {
      setSo(undefined)
    }
  }
  if (so)
    return (
      <Button icon={<X size={15} />} onClick={() => underWay.current?.abort()}>
        取消导出{so.of > 0 && ` ${so.far} / ${so.of}`}
      </Button>
    )
  return (
    <Button
      icon={<Download size={15} />}
      title={`一个文件最多 ${MOST_ROWS.toLocaleString('en-US')} 行`}
      disabled={disabled}
      onClick={() => void run()}
    >
      {label}
    </Button>
  )
}
