import { useState } from 'react'
import { Button } from '../../../components/button'
import { Box } from '../../../components/elements'
import { askToTell, useOffered } from '../../../services/subscribe'

/** After paying is when somebody wants to know: asked once, by a press of their own, and nothing depends on the answer. */
export function TellWhenReady() {
  const offered = useOffered('order.ready')
  const [told, setTold] = useState(false)
  if (told)
    return (
      <Box className="ll-quiet" role="status">
        备好了就发微信告诉您，「消息」里也有
      </Box>
    )
  if (!offered) return null
  return (
    <Button
      size="full"
      look="soft"
      icon="bell"
      busyText="正在问微信"
      onPress={async () => setTold(await askToTell('order.ready', 'order.refunded'))}
    >
      备好了发微信告诉我
    </Button>
  )
}
