import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { CircleAlert } from 'lucide-react'
import { useState } from 'react'
import { Link } from 'react-router'

import { api } from '../../api.ts'
import { useMay } from '../../session.ts'
import { useScope } from '../../shell/scope.ts'
import { Card } from '../../ui/card.tsx'
import { useNotice } from '../../ui/notice.ts'
import { PageHead } from '../../ui/page-head.tsx'
import { Bones, EmptyState, ErrorState, Refusal } from '../../ui/states.tsx'
import { Label, StateTag } from '../../ui/state-tag.tsx'
import {
  ageWords,
  byWorry,
  gapWords,
  kindWords,
  standingOf,
  termsWords,
  topicWords,
  type Source,
} from './model.ts'
import { SourcePanel } from './source-panel.tsx'
import { StoresPanel } from './stores-panel.tsx'
import { FeedTabs } from './tabs.tsx'
import { UploadPanel } from './upload-panel.tsx'
import './feeds.css'

const Stores = ({ source, now }: { source: Source; now: number }) => {
  const { storeWords, path } = useScope()
  if (source.stores.length === 0)
    return <p className="feed-none">还没有对照门店：它说的门店编码，我们不知道是哪一家。</p>
  return (
    <table className="plain-table feed-stores">
      <thead>
        <tr>
          <th>门店</th>
          <th>对方编码</th>
          <th>库存数据</th>
          <th className="num">最近一次</th>
          <th className="num">留着没卖的</th>
        </tr>
      </thead>
      <tbody>
        {source.stores.toSorted(byWorry).map((store) => {
          const { word, tone } = standingOf(store)
          return (
            <tr key={store.code} className={tone === 'alarm' ? 'feed-old' : ''}>
              <td>{storeWords(store.storeId)}</td>
              <td className="quiet">{store.code}</td>
              <td>
                <StateTag tone={tone}>{word}</StateTag>
              </td>
              <td className="num">{store.stock ? ageWords(store.toldAt, now) : '—'}</td>
              <td className="num">
                {store.buffered > 0 ? (
                  <Link className="go" to={path(`/stock?store=${store.storeId}`)}>
                    {store.buffered} 样
                  </Link>
                ) : (
                  '—'
                )}
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

/** What keeps a source from being right: numbers that are missing, rows that were refused. */
const Troubles = ({ source, may }: { source: Source; may: boolean }) => {
  const { path } = useScope()
  const queries = useQueryClient()
  const notice = useNotice()
  const retry = useMutation({
    mutationFn: () =>
      api('POST /console/v1/feed-sources/:sourceCode/retries', { params: { sourceCode: source.code } }),
    onSuccess: async ({ tried, mended }) => {
      notice.success(`重收了 ${tried} 行，收进来 ${mended} 行`)
      await queries.invalidateQueries({ queryKey: ['feeds'] })
    },
  })
  if (source.gaps.length === 0 && source.openFaults === 0) return null
  return (
    <ul className="feed-troubles">
      {source.gaps.length > 0 && (
        <li>
          <CircleAlert size={15} aria-hidden="true" />
          <span>
            序号缺 <b>{gapWords(source.gaps.slice(0, 5))}</b>
            {source.gaps.length > 5 && ` 等 ${source.gaps.length} 段`}，请对方补发；补来了这里自己消失
          </span>
        </li>
      )}
      {source.openFaults > 0 && (
        <li>
          <CircleAlert size={15} aria-hidden="true" />
          <span>
            <b>{source.openFaults.toLocaleString('zh-CN')}</b> 行没收进来。
            <Link className="go" to={path(`/feeds/runs?source=${source.code}&only=refused`)}>
              看为什么
            </Link>
          </span>
          {may && (
            <Button size="small" loading={retry.isPending} onClick={() => retry.mutate()}>
              改好了，再收一次
            </Button>
          )}
          <Refusal error={retry.error} />
        </li>
      )}
    </ul>
  )
}

type Panel = 'edit' | 'stores' | 'upload'
const SourceCard = ({
  source,
  now,
  open,
}: {
  source: Source
  /** By the server's clock. */
  now: number
  open: (panel: Panel) => void
}) => {
  const { path } = useScope()
  const may = useMay('feeds.write')
  return (
    <Card
      className="feed-card"
      title={
        <>
          {source.name} <small className="quiet">{source.code}</small>
        </>
      }
      note={`${kindWords[source.kind]} · 报${source.topics.map((topic) => topicWords[topic]).join('、')} · ${
        source.heardAt ? `${ageWords(source.heardAt, now)}报过` : '还没报过'
      }`}
      extra={
        <>
          {!source.active && <Label tone="amber">停用</Label>}
          <Link to={path(`/feeds/${source.code}/goods`)}>
            <Button size="small">商品对照 {source.goodsMapped || ''}</Button>
          </Link>
          {may && (
            <>
              <Button size="small" onClick={() => open('stores')}>
                门店和分类对照
              </Button>
              <Button size="small" onClick={() => open('upload')} disabled={!source.active}>
                上传文件
              </Button>
              <Button size="small" onClick={() => open('edit')}>
                改
              </Button>
            </>
          )}
        </>
      }
    >
      <Troubles source={source} may={may} />
      <Stores source={source} now={now} />
      {source.topics.includes('stock') && <p className="feed-terms quiet small">{termsWords(source)}</p>}
    </Card>
  )
}

/** 数据同步: who tells us of goods, prices and stock, how old their word is, and what is missing. */
export default function FeedsPage() {
  const may = useMay('feeds.write')
  const [panel, setPanel] = useState<{ kind: Panel | 'new'; code?: string }>()
  const { data, isPending, isError, error, refetch } = useQuery({
    queryKey: ['feeds', 'sources'],
    queryFn: () => api('GET /console/v1/feed-sources'),
    refetchInterval: 15_000,
  })
  const source = data?.items.find(({ code }) => code === panel?.code)
  const close = () => setPanel(undefined)
  return (
    <div className="list-page">
      <PageHead title="数据同步" note="ERP、收银系统或专人导的文件，报商品、价格和库存">
        {may && (
          <Button type="primary" onClick={() => setPanel({ kind: 'new' })}>
            新增来源
          </Button>
        )}
      </PageHead>
      <div className="desk-room">
        <div className="desk-room-list">
          <FeedTabs />
          {isPending && <Bones lines={6} />}
          {isError && <ErrorState title="来源没取回来" error={error} retry={() => void refetch()} />}
          {data?.items.length === 0 && (
            <EmptyState
              title="还没有来源"
              text="先新增一个，再说它的门店编码是哪家店。没有接口也行：导出表格（.xlsx 或 CSV）上传，或放进约定的文件夹。"
            />
          )}
          {data?.items.map((each) => (
            <SourceCard
              key={each.code}
              source={each}
              now={Date.parse(data.asOf)}
              open={(kind) => setPanel({ kind, code: each.code })}
            />
          ))}
        </div>
        {panel?.kind === 'new' && <SourcePanel key="new" close={close} />}
        {panel?.kind === 'edit' && source && <SourcePanel key={source.code} source={source} close={close} />}
        {panel?.kind === 'stores' && source && (
          <StoresPanel key={source.code} source={source} close={close} />
        )}
        {panel?.kind === 'upload' && source && (
          <UploadPanel key={source.code} source={source} folder={data?.folder === true} close={close} />
        )}
      </div>
    </div>
  )
}
