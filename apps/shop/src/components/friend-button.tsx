import { Button } from '@tarojs/components'
import type { FriendButtonProps } from './pass-on-props'

/** WeChat's own button for a message to friends: what it says comes from the page's `usePassingOn`. */
export function FriendButton({ label = '发给微信好友', look = 'filled', className = '' }: FriendButtonProps) {
  return (
    <Button
      className={`ll-button ll-button-${look} ll-button-full ll-native-button ${className}`}
      openType="share"
    >
      {label}
    </Button>
  )
}
