import { Button } from './button'
import type { FriendButtonProps } from './pass-on-props'

/** A browser sends nothing to WeChat: there the address is copied. */
export function FriendButton({
  passing,
  label = '复制链接发给朋友',
  look = 'filled',
  className = '',
}: FriendButtonProps) {
  return (
    <Button look={look} size="full" className={className} busyText="正在复制" onPress={passing.copyLink}>
      {label}
    </Button>
  )
}
