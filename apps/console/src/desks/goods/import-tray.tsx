import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { CircleCheck, FileSpreadsheet, TriangleAlert, X } from 'lucide-react'
import { useRef, useState, type DragEvent } from 'react'

import { api } from '../../api.ts'
import { useNotice } from '../../ui/notice.ts'
import { Refusal } from '../../ui/states.tsx'
import { cleanRows, csvText, importVerdict, faultsCsv, type ImportReport } from './import-model.ts'

const save = (name: string, text: string) => {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/csv' }))
  const link = Object.assign(document.createElement('a'), { href: url, download: name })
  link.click()
  URL.revokeObjectURL(url)
}

/** Import from CSV: looks first and says that nothing has changed; writes all rows or none. */
export const ImportTray = ({ close }: { close: () => void }) => {
  const [file, setFile] = useState<{ name: string; csv: string }>()
  const queries = useQueryClient()
  const notice = useNotice()
  const send = useMutation({
    mutationFn: (input: { csv: string; dryRun: boolean }) =>
      api('POST /console/v1/product-imports', { body: input }),
    onSuccess: async (report) => {
      if (!report.applied) return
      notice.success(`导好了：新增 ${report.added} 个，改 ${report.changed} 个`)
      await queries.invalidateQueries({ queryKey: ['goods'] })
      close()
    },
  })
  const look = async (chosen: File | undefined) => {
    if (!chosen) return
    const csv = csvText(new Uint8Array(await chosen.arrayBuffer()))
    setFile({ name: chosen.name, csv })
    send.mutate({ csv, dryRun: true })
  }
  return (
    <section className="tray" aria-label="导入商品">
      <header>
        <FileSpreadsheet size={18} aria-hidden="true" />
        <b className="clip">{file?.name ?? '导入商品和价格'}</b>
        <button type="button" className="bare" onClick={close} aria-label="关掉">
          <X size={16} />
        </button>
      </header>
      {!send.data && <Drop look={(chosen) => void look(chosen)} busy={send.isPending} />}
      <Refusal error={send.error} />
      {send.data && file && (
        <Report
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
        accept=".csv,text/csv"
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

const Drop = ({ look, busy }: { look: (file: File | undefined) => void; busy: boolean }) => {
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
        <p>正在逐行查，还没有改动任何商品…</p>
      ) : (
        <>
          <p>把 CSV 拖到这里。会先逐行查一遍，这一步不改任何商品。</p>
          <div className="tray-buttons">
            <FileButton label="选文件" look={look} primary />
            <Button type="text" onClick={() => save('商品导入模板.csv', importTemplate)}>
              下载模板
            </Button>
          </div>
        </>
      )}
    </div>
  )
}

interface ReportProps {
  report: ImportReport
  busy: boolean
  again: (file: File | undefined) => void
  apply: () => void
}

const Verdict = ({ report }: { report: ImportReport }) => {
  const fine = report.faults.length === 0
  return (
    <p className="tray-verdict">
      {fine ? <CircleCheck size={16} aria-hidden="true" /> : <TriangleAlert size={16} aria-hidden="true" />}
      <span>
        还没有改动任何商品。<b>{importVerdict(report)}</b>
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

const Faults = ({ faults }: { faults: ImportReport['faults'] }) => (
  <ul className="tray-faults">
    {faults.slice(0, shownFaults).map((fault, index) => (
      <li key={index}>
        <em>{fault.line === 1 ? '表头' : `第 ${fault.line} 行`}</em>
        {fault.line > 1 && <b className="nowrap">{fault.barcode || '没有条码'}</b>}
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

const Report = ({ report, busy, again, apply }: ReportProps) => {
  const clean = cleanRows(report)
  const bad = report.rows - clean
  const faulty = report.faults.length > 0
  const writes = report.added + report.changed
  return (
    <>
      <Verdict report={report} />
      <Counts clean={clean} bad={bad} />
      {faulty && <Faults faults={report.faults} />}
      {faulty ? (
        <div className="tray-buttons">
          <Button onClick={() => save('导入错误.csv', faultsCsv(report.faults))}>下载错误表</Button>
          <FileButton label="修好重传" look={again} primary />
        </div>
      ) : (
        <div className="tray-buttons">
          <FileButton label="换一个文件" look={again} />
          <Button type="primary" loading={busy} disabled={writes === 0} onClick={apply}>
            导入 {writes} 个商品
          </Button>
        </div>
      )}
    </>
  )
}

const importTemplate = '\uFEFF条码,名称,副标题,分类,单位,价格,线上价,门店,货位,上架,称重,特产\r\n'
