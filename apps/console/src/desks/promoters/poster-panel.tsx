import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { Download, Printer, QrCode } from 'lucide-react'

import { api } from '../../api.ts'
import { SidePanel } from '../../ui/side-panel.tsx'
import { Bones, ErrorState } from '../../ui/states.tsx'

const save = (picture: string, name: string): void => {
  const link = document.createElement('a')
  link.href = picture
  link.download = `${name}.${picture.startsWith('data:image/png') ? 'png' : 'jpg'}`
  link.click()
}

/** The store's own code as a poster for its door: printed as it stands here, or the bare code as a file for one's own design. */
export const PosterPanel = ({ storeId, close }: { storeId: string; close: () => void }) => {
  const drawn = useQuery({
    queryKey: ['guide-code', storeId],
    queryFn: () => api('POST /console/v1/stores/:storeId/guide-code', { params: { storeId } }),
    staleTime: Infinity,
  })
  return (
    <SidePanel title="门店海报" icon={QrCode} note="每次打印都是同一个码" close={close}>
      {drawn.isPending && <Bones lines={6} />}
      {drawn.isError && (
        <ErrorState title="码没画出来" error={drawn.error} retry={() => void drawn.refetch()} />
      )}
      {drawn.data && (
        <>
          <div className="guide-poster">
            <p className="guide-poster-shop">{drawn.data.code.storeName}</p>
            <h3>微信扫一扫，线上下单，到店就取</h3>
            <img src={drawn.data.picture} alt={`${drawn.data.code.storeName}的小程序码`} />
            <p>打开的就是本店，货和价格都是这家店的</p>
          </div>
          <footer>
            <Button type="primary" size="large" block icon={<Printer size={16} />} onClick={() => print()}>
              打印这张海报
            </Button>
            <Button
              block
              icon={<Download size={15} />}
              onClick={() => save(drawn.data.picture, `${drawn.data.code.storeName}-小程序码`)}
            >
              只要码的图片
            </Button>
          </footer>
        </>
      )}
    </SidePanel>
  )
}
