import { Button } from 'antd'
import { Download } from 'lucide-react'
import { useState } from 'react'

import type { Told } from './csv.ts'
import { useNotice } from './notice.ts'

interface CsvButtonProps<Row> {
  /** Of the file, without its ending. */
  name: string
  label?: string
  disabled?: boolean
  /** Fetches everything; tells how far it is. */
  rows: (told: Told) => Promise<readonly Row[]>
  text: (rows: readonly Row[]) => string
}

const save = (name: string, text: string): void => {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }))
  link.download = `${name}.csv`
  link.click()
  URL.revokeObjectURL(link.href)
}

/** Exports what a list shows under its filters, all pages of it, and counts while it does. */
export const CsvButton = <Row,>({
  name,
  label = '导出',
  disabled = false,
  rows,
  text,
}: CsvButtonProps<Row>) => {
  const [so, setSo] = useState<{ far: number; of: number }>()
  const notice = useNotice()
  const run = async () => {
    setSo({ far: 0, of: 0 })
    try {
      const found = await rows(setSo)
      save(name, text(found))
      notice.success(`导出了 ${found.length.toLocaleString('en-US')} 行`)
    } catch {
      notice.warn('没有导出来，请再试一次')
    } finally {
      setSo(undefined)
    }
  }
  return (
    <Button
      icon={<Download size={15} />}
      loading={so !== undefined}
      disabled={disabled}
      onClick={() => void run()}
    >
      {so && so.of > 0 ? `${so.far} / ${so.of}` : label}
    </Button>
  )
}
