interface PhoneButtonProps {
  bound: boolean
  onCode: (code: string) => Promise<void>
}

/** Only WeChat can vouch for a phone number; a browser has nothing to ask. */
export function PhoneButton(_props: PhoneButtonProps) {
  return null
}
