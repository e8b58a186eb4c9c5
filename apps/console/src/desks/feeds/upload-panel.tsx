import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Checkbox, DatePicker, Radio } from 'antd'
import dayjs from 'dayjs'
import { FileUp } from 'lucide-react'
import { useRef, useState } from 'react'
import { Link } from 'react-router'

import { api } from '../../api.ts'
import { useScope } from '../../shell/scope.ts'
import { SidePanel } from '../../ui/side-panel.tsx'
import { Refusal } from '../../ui/states.tsx'
import { topicWords, type Source, type Topic } from './model.ts'

const columns: Record<Topic, string> = {
  stock: '门店、商品编码（或条码）、数量；要报增减就写 序号、时间、增减',
  prices: '门店、商品编码（或条码）、价格，可加 线上价、划线价',
  products: '商品编码、条码、名称、单位、分类',
}

/** Takes in a CSV or an .xlsx: what it is about, and from when its figures are. */
export const UploadPanel = ({
  source,
  folder,
  close,
}: {
  source: Source
  folder: boolean
  close: () => void
}) => {
  const { path } = useScope()
  const [topic, setTopic] = useState<Topic>(source.topics.at(-1) ?? 'stock')
  const [asOf, setAsOf] = useState(dayjs())
  const [absent, setAbsent] = useState(false)
  const [file, setFile] = useState<File>()
  const input = useRef<HTMLInputElement>(null)
  const queries = useQueryClient()
  const send = useMutation({
    mutationFn: (chosen: File) =>
      api('POST /console/v1/feed-sources/:sourceCode/files', {
        params: { sourceCode: source.code },
        query: {
          topic,
          asOf: asOf.toISOString(),
          name: chosen.name,
          ...(absent && topic === 'stock' ? { absent: 'none' as const } : {}),
        },
        bytes: chosen,
        contentType: 'application/octet-stream',
      }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['feeds'] }),
  })
  return (
    <SidePanel
      title={`给${source.name}上传文件`}
      icon={FileUp}
      close={close}
      note={send.data ? '已交上去' : '还没交'}
    >
      <form
        className="side-form"
        onSubmit={(event) => {
          event.preventDefault()
          if (file) send.mutate(file)
        }}
      >
        <fieldset className="field field-wide">
          <legend>文件里是</legend>
          <Radio.Group
            value={topic}
            onChange={(event) => setTopic(event.target.value as Topic)}
            options={source.topics.map((each) => ({ value: each, label: topicWords[each] }))}
          />
          <p className="field-help">列：{columns[topic]}。Excel 的 .xlsx（读第一张表）或 CSV 都行。</p>
        </fieldset>
        <div className="field field-wide">
          <label htmlFor="feed-as-of">这些数是什么时候的</label>
          <DatePicker
            id="feed-as-of"
            showTime={{ format: 'HH:mm' }}
            format="YYYY-MM-DD HH:mm"
            allowClear={false}
            value={asOf}
            maxDate={dayjs()}
            onChange={(value) => value && setAsOf(value)}
          />
          <p className="field-help">从对方系统导出的时间。之后我们卖出去的会自动减掉，写晚了就会多卖。</p>
        </div>
        {topic === 'stock' && (
          <Checkbox checked={absent} onChange={(event) => setAbsent(event.target.checked)}>
            文件里没有的商品当作卖完（报过的才算）
          </Checkbox>
        )}
        <input
          ref={input}
          type="file"
          accept=".xlsx,.csv,text/csv"
          hidden
          onChange={(event) => {
            setFile(event.target.files?.[0])
            send.reset()
          }}
        />
        <p>
          <Button onClick={() => input.current?.click()}>{file ? '换一个文件' : '选文件'}</Button>{' '}
          <span className="quiet">{file?.name}</span>
        </p>
        <footer>
          {folder && (
            <p className="quiet small">
              也可以放进服务器的文件夹「{source.code}」，文件名写成 库存-20261123-0930.xlsx（或
              .csv），十几秒内自动收。
            </p>
          )}
          <Refusal error={send.error} />
          {send.data ? (
            <Link className="go" to={path(`/feeds/runs?source=${source.code}`)}>
              <Button type="primary" size="large" block>
                看收得怎么样
              </Button>
            </Link>
          ) : (
            <Button
              type="primary"
              size="large"
              block
              htmlType="submit"
              disabled={!file}
              loading={send.isPending}
            >
              交上去
            </Button>
          )}
        </footer>
      </form>
    </SidePanel>
  )
}
