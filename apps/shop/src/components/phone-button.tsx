import { Button } from '@tarojs/components'

interface PhoneButtonProps {
  bound: boolean
  onCode: (code: string) => Promise<void>
}

/** WeChat's own button for the phone number: the shopper agrees in WeChat's sheet and we get a one-time code. */
export function PhoneButton({ bound, onCode }: PhoneButtonProps) {
  if (process.env.TARO_ENV !== 'weapp') return null
  return (
    <Button
      className="ll-button ll-button-soft ll-button-full ll-phone-button"
      openType="getPhoneNumber"
      onGetPhoneNumber={({ detail }) => {
        if (detail.code) void onCode(detail.code)
      }}
    >
      {bound ? '换绑手机号' : '绑定手机号'}
    </Button>
  )
}
