import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Checkbox, Modal } from 'antd'
import { useState } from 'react'

import { api } from '../../api.ts'
import { useScope } from '../../shell/scope.ts'
import { useNotice } from '../../ui/notice.ts'
import { Bones, Refusal } from '../../ui/states.tsx'

/** The dark bar that takes the foot of the list while rows are selected. */
export const BulkBar = ({ ids, done }: { ids: readonly string[]; done: () => void }) => {
  const [onShelf, setOnShelf] = useState<boolean>()
  return (
    <div className="bulk-bar" role="toolbar" aria-label="对选中的商品">
      已选 <b>{ids.length}</b> 个
      <button type="button" onClick={() => setOnShelf(true)}>
        上架到门店
      </button>
      <button type="button" onClick={() => setOnShelf(false)}>
        下架
      </button>
      <small>先预览再生效</small>
      <button type="button" onClick={done} aria-label="不选了">
        <kbd>Esc</kbd>
      </button>
      {onShelf !== undefined && (
        <ShelvingDialog ids={ids} onShelf={onShelf} close={() => setOnShelf(undefined)} done={done} />
      )}
    </div>
  )
}

interface ShelvingDialogProps {
  ids: readonly string[]
  onShelf: boolean
  close: () => void
  done: () => void
}

const useShelving = ({ ids, onShelf, close, done }: ShelvingDialogProps, storeIds: string[]) => {
  const notice = useNotice()
  const queries = useQueryClient()
  const body = { productIds: [...ids], storeIds, onShelf }
  const preview = useQuery({
    queryKey: ['shelving-preview', body],
    queryFn: () => api('POST /console/v1/product-shelvings', { body: { ...body, dryRun: true } }),
    enabled: storeIds.length > 0,
    staleTime: 0,
  })
  const shelve = useMutation({
    mutationFn: () => api('POST /console/v1/product-shelvings', { body: { ...body, dryRun: false } }),
    onSuccess: async ({ changed }) => {
      notice.success(`${onShelf ? '上架' : '下架'}好了，改了 ${changed} 处`)
      await queries.invalidateQueries({ queryKey: ['goods'] })
      close()
      done()
    },
  })
  return { preview, shelve }
}

const Preview = ({
  onShelf,
  changed,
  unchanged,
}: {
  onShelf: boolean
  changed: number
  unchanged: number
}) => (
  <p>
    会{onShelf ? '上架' : '下架'} <b className="strong">{changed}</b> 处（一个商品在一家店算一处）
    {unchanged > 0 && `；${unchanged} 处本来就${onShelf ? '在架' : '没上架'}，不动`}。
    {!onShelf && '下架后顾客搜不到，已下的单照常。'}
  </p>
)

const ShelvingDialog = (props: ShelvingDialogProps) => {
  const { ids, onShelf, close } = props
  const { stores = [], storeId } = useScope()
  const [chosen, setChosen] = useState(storeId ? [storeId] : stores.map((store) => store.id))
  const { preview, shelve } = useShelving(props, chosen)
  const verb = onShelf ? '上架' : '下架'
  const changes = chosen.length > 0 ? preview.data?.changed : 0
  return (
    <Modal
      open
      title={`${verb} ${ids.length} 个商品`}
      width={480}
      okText={changes ? `${verb} ${changes} 处` : `没有要${verb}的`}
      cancelText="不做了"
      okButtonProps={{ disabled: !changes, loading: shelve.isPending }}
      onOk={() => shelve.mutate()}
      onCancel={close}
    >
      <p className="strong">在哪些店{verb}</p>
      <Checkbox.Group
        className="store-choice"
        value={chosen}
        onChange={setChosen}
        options={stores.map((store) => ({ value: store.id, label: `${store.id} ${store.name}` }))}
      />
      <div className="preview-box">
        {preview.isLoading && <Bones lines={2} />}
        <Refusal error={preview.error ?? shelve.error} />
        {chosen.length === 0 && <p className="quiet">至少选一家店。</p>}
        {chosen.length > 0 && preview.data && <Preview onShelf={onShelf} {...preview.data} />}
      </div>
    </Modal>
  )
}
