import { useMutation } from '@tanstack/react-query'
import { Button } from 'antd'
import { CircleCheck, FileSpreadsheet, TriangleAlert, X } from 'lucide-react'
import { useRef, useState, type DragEvent } from 'react'

import { Refusal } from './states.tsx'
import { cleanRows, importText, importVerdict, faultsCsv, type ImportReport } from './import-model.ts'
import './import-tray.css'

const save = (name: string, text: string) => {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/csv' }))
  const link = Object.assign(document.createElement('a'), { href: url, download: name })
  link.click()
  URL.revokeObjectURL(url)
}

/** What is imported, and how it is said. */
export interface Importing {
  /** 商品; in sentences 「还没有改动任何商品」. */
  things: string
  /** 个, 张. */
  unit: string
  title: string
  /** What names a row: 条码, 卡号. */
  about: string
  template: { name: string; text: string }
  send: (input: { csv: string; dryRun: boolean }) => Promise<ImportReport>
  done: (report: ImportReport) => Promise<void>
}

/** Import from CSV or .xlsx: looks first and says that nothing has changed; writes all rows or none. */
export const ImportTray = ({ importing, close }: { importing: Importing; close: () => void }) => {
  const [file, setFile] = useState<{ name: string; csv: string }>()
  const [unread, setUnread] = useState(false)
  const { things, title, send: ask, done } = importing
  const send = useMutation({
    mutationFn: ask,
    onSuccess: async (report) => {
      if (!report.applied) return
      await done(report)
      close()
    },
  })
  const look = async (chosen: File | undefined) => {
    if (!chosen) return
    setUnread(false)
    try {
      const csv = await importText(chosen)
      setFile({ name: chosen.name, csv })
      send.mutate({ csv, dryRun: true })
    } catch {
      setUnread(true)
    }
  }
  return (
    <section className="tray" aria-label={`导入${things}`}>
      <header>
        <FileSpreadsheet size={18} aria-hidden="true" />
        <b className="clip">{file?.name ?? title}</b>
        <button type="button" className="bare" onClick={close} aria-label="关掉">
          <X size={16} />
        </button>
      </header>
      {!send.data && (
        <Drop importing={importing} look={(chosen) => void look(chosen)} busy={send.isPending} />
      )}
      {unread && <p role="alert">这个文件读不出来。请另存为 .xlsx 或 CSV 再选。</p>}
      <Refusal error={send.error} />
      {send.data && file && (
        <Report
          importing={importing}
          report={send.data}
          busy={send.isPending}
          again={(chosen) => void look(chosen)}
          apply={() => send.mutate({ csv: file.csv, dryRun: false })}
        />
      )}
    </section>
  )
}

const FileButton = ({
  label,
  look,
  primary,
}: {
  label: string
  look: (file: File | undefined) => void
  primary?: boolean
}) => {
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <input
        ref={input}
        type="file"
        accept=".xlsx,.csv,text/csv"
        hidden
        onChange={(event) => {
          look(event.target.files?.[0])
          event.target.value = ''
        }}
      />
      <Button type={primary ? 'primary' : 'default'} onClick={() => input.current?.click()}>
        {label}
      </Button>
    </>
  )
}

interface DropProps {
  importing: Importing
  look: (file: File | undefined) => void
  busy: boolean
}
const Drop = ({ importing: { things, template }, look, busy }: DropProps) => {
  const [over, setOver] = useState(false)
  const dropped = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    look(event.dataTransfer.files[0])
  }
  return (
    <div
      className={over ? 'tray-drop tray-drop-over' : 'tray-drop'}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={dropped}
    >
      {busy ? (
        <p>正在逐行查，还没有改动任何{things}…</p>
      ) : (
        <>
          <p>把表格（.xlsx 或 CSV）拖到这里。会先逐行查一遍，这一步不改任何{things}。</p>
          <div className="tray-buttons">
            <FileButton label="选文件" look={look} primary />
            <Button type="text" onClick={() => save(template.name, template.text)}>
              下载模板
            </Button>
          </div>
        </>
      )}
    </div>
  )
}

interface ReportProps {
  importing: Importing
  report: ImportReport
  busy: boolean
  again: (file: File | undefined) => void
  apply: () => void
}

const Verdict = ({ importing: { things, unit }, report }: Pick<ReportProps, 'importing' | 'report'>) => {
  const fine = report.faults.length === 0
  return (
    <p className="tray-verdict">
      {fine ? <CircleCheck size={16} aria-hidden="true" /> : <TriangleAlert size={16} aria-hidden="true" />}
      <span>
        还没有改动任何{things}。<b>{importVerdict(report, unit)}</b>
      </span>
    </p>
  )
}

const Counts = ({ clean, bad }: { clean: number; bad: number }) => (
  <>
    <div className="tray-bar" role="img" aria-label={`${clean} 行通过，${bad} 行有错`}>
      <i style={{ flexGrow: clean }} />
      <i className="tray-bad" style={{ flexGrow: bad }} />
    </div>
    <p className="tray-counts small quiet">
      <span>{clean} 行通过</span>
      <span>{bad} 行有错</span>
    </p>
  </>
)

const shownFaults = 50

const Faults = ({ faults, about }: { faults: ImportReport['faults']; about: string }) => (
  <ul className="tray-faults">
    {faults.slice(0, shownFaults).map((fault, index) => (
      <li key={index}>
        <em>{fault.line === 1 ? '表头' : `第 ${fault.line} 行`}</em>
        {fault.line > 1 && <b className="nowrap">{fault.about || `没有${about}`}</b>}
        <span className="quiet">
          {fault.column && `${fault.column}：`}
          {fault.reason}
        </span>
      </li>
    ))}
    {faults.length > shownFaults && (
      <li className="quiet">还有 {faults.length - shownFaults} 处，在错误表里。</li>
    )}
  </ul>
)

const Report = ({ importing, report, busy, again, apply }: ReportProps) => {
  const clean = cleanRows(report)
  const bad = report.rows - clean
  const faulty = report.faults.length > 0
  const writes = report.added + report.changed
  return (
    <>
      <Verdict importing={importing} report={report} />
      <Counts clean={clean} bad={bad} />
      {faulty && <Faults faults={report.faults} about={importing.about} />}
      {faulty ? (
        <div className="tray-buttons">
          <Button onClick={() => save('导入错误.csv', faultsCsv(report.faults, importing.about))}>
            下载错误表
          </Button>
          <FileButton label="修好重传" look={again} primary />
        </div>
      ) : (
        <div className="tray-buttons">
          <FileButton label="换一个文件" look={again} />
          <Button type="primary" loading={busy} disabled={writes === 0} onClick={apply}>
            导入 {writes} {importing.unit}
            {importing.things}
          </Button>
        </div>
      )}
    </>
  )
}
