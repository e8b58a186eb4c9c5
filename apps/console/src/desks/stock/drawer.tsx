import { Button } from 'antd'
import { X } from 'lucide-react'
import { useEffect, useState } from 'react'
import { Link } from 'react-router'

import { useMay } from '../../session.ts'
import { useKeys } from '../../shell/keyboard.ts'
import { useScope } from '../../shell/scope.ts'
import { Thumb } from '../../ui/thumb.tsx'
import { AdjustForm } from './adjust-form.tsx'
import { Ledger } from './ledger.tsx'
import { rawSellable, signed, type Level } from './model.ts'
import { SafetyForm } from './safety-form.tsx'

const Sum = ({ level }: { level: Level }) => {
  const raw = rawSellable(level)
  return (
    <>
      <dl className="sum" aria-label="可售怎么来的">
        <Term word="在手" count={level.onHand} />
        <span aria-hidden="true">−</span>
        <Term word="预占" count={level.reserved} tone="navy" />
        <span aria-hidden="true">−</span>
        <Term word="安全" count={level.safety} tone="amber" />
        <span aria-hidden="true">−</span>
        <Term word="活动锁" count={level.locked} />
        {level.expired > 0 && (
          <>
            <span aria-hidden="true">−</span>
            <Term word="过期停售" count={level.expired} tone="red" />
          </>
        )}
        {level.buffer > 0 && (
          <>
            <span aria-hidden="true">−</span>
            <Term word="缓冲" count={level.buffer} tone="red" />
          </>
        )}
        <span aria-hidden="true">=</span>
        <Term word="可售" count={level.available} tone={level.available > 0 ? 'leaf' : 'red'} />
      </dl>
      {raw < 0 && (
        <p className="sum-note small">
          算出来是 {signed(raw)}，按 0 卖。
          {level.onHand < level.reserved
            ? '在手不够交已下的单，先去补货或退款。'
            : level.buffer > 0
              ? '门店的库存数据太旧，缓冲把剩下的留住了；收到新的就恢复。'
              : '安全库存把剩下的都留住了。'}
        </p>
      )}
    </>
  )
}

const Term = ({ word, count, tone = '' }: { word: string; count: number; tone?: string }) => (
  <div className={`term ${tone && `term-${tone}`}`}>
    <dd>{count}</dd>
    <dt>{word}</dt>
  </div>
)

/** One SKU in one store: the sum, the ways to change it, and every change it ever had. Pushes; never covers. */
export const StockDrawer = ({ level, close }: { level: Level; close: () => void }) => {
  const [editing, setEditing] = useState<'adjust' | 'safety'>()
  const mayAdjust = useMay('stock.adjust')
  const { path } = useScope()
  useKeys([{ keys: 'Escape', label: '关掉库存账', run: close }])
  useEffect(() => document.getElementById('stock-drawer')?.focus({ preventScroll: true }), [])
  return (
    <aside className="stock-drawer" id="stock-drawer" tabIndex={-1} aria-label={`${level.name} 库存账`}>
      <header>
        <Thumb src={level.picture?.s} size={44} />
        <div>
          <h2>
            <Link to={path(`/goods/${level.productId}`)}>{level.name}</Link>
          </h2>
          <p className="quiet small">
            {[level.storeId, level.barcode, level.shelf].filter(Boolean).join(' · ')}
          </p>
        </div>
        <button type="button" className="bare" onClick={close} aria-label="关掉">
          <X size={18} />
        </button>
      </header>
      <Sum level={level} />
      {level.coverDays !== null && (
        <p className="sum-note small quiet">安全库存跟着销量走：留 {level.coverDays} 天的量，每夜重算。</p>
      )}
      {mayAdjust && !editing && (
        <div className="drawer-actions">
          <Button type="primary" onClick={() => setEditing('adjust')}>
            调整在手
          </Button>
          <Button onClick={() => setEditing('safety')}>改安全库存</Button>
        </div>
      )}
      {editing === 'adjust' && <AdjustForm level={level} close={() => setEditing(undefined)} />}
      {editing === 'safety' && <SafetyForm level={level} close={() => setEditing(undefined)} />}
      <Ledger level={level} />
    </aside>
  )
}
