import { mediaUrl } from '../services/api'
import { savePicture } from '../services/album'
import type { Passing } from '../services/passing-on'
import { Button } from './button'
import { Box, Picture, Words } from './elements'
import { FriendButton } from './friend-button'
import { Sheet } from './sheet'
import { Bone } from './states'

/** The two ways to pass something on, on a page whose matter it is. Nothing is given for it, and nothing asks for it. */
export function PassOn({ passing, note }: { passing: Passing; note: string }) {
  return (
    <Box className="ll-pass-on">
      <FriendButton passing={passing} look="leaf" />
      <Button look="line" size="full" icon="camera" onPress={() => void passing.open()}>
        存海报
      </Button>
      <Box className="ll-pass-on-note">{note}</Box>
      <PosterSheet passing={passing} />
    </Box>
  )
}

/** 分享: the poster as it will be, and the ways to send it; nothing while it is closed. */
export function PosterSheet({ passing, note }: { passing: Passing; note?: string }) {
  const { share, passed } = passing
  if (!passing.isOpen) return null
  return (
    <Sheet title="分享给朋友" onClose={passing.close}>
      <Box className="ll-poster">
        {share ? (
          <Picture src={mediaUrl(share.poster)} alt={`${passed.title}的海报，带小程序码`} eager />
        ) : (
          <Bone height="100%" />
        )}
      </Box>
      {share && (
        <Box className="ll-poster-ways">
          <FriendButton passing={passing} />
          <Button
            look="soft"
            size="full"
            busyText="正在存"
            onPress={() => savePicture(mediaUrl(share.poster), '邻里海报.jpg')}
          >
            存海报
          </Button>
        </Box>
      )}
      <Box className="ll-pass-on-note">
        <Words>
          {note ?? '面对面时请朋友扫海报上的码。价格随时会变，以打开时为准；海报上只有您隐去中间的昵称'}
        </Words>
      </Box>
    </Sheet>
  )
}
